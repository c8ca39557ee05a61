"""The benchmark: this gateway beside what people would write or take instead. `python -m bench --help`."""
