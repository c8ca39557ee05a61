"""What the tests of the command line share."""

from pathlib import Path

import pytest

ON_SQLITE = {"test_audit.py", "test_commands.py", "test_debits.py", "test_declarations.py", "test_demo.py"}
"""Processes of their own with SQLite files of their own: a run on PostgreSQL would only repeat them."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave those out of a run on PostgreSQL."""
    return True if config.getoption("--database") == "postgres" and collection_path.name in ON_SQLITE else None
