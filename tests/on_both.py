"""Runs the tests on SQLite and, at the same time, on PostgreSQL: two processors are to be had everywhere.

What the second run says is shown after the first. The arguments are pytest's; the exit status is 1 when either run fails.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile


def main() -> int:
    """Both runs, to their end."""
    pytest = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    with tempfile.TemporaryFile() as said:
        print("On SQLite (PostgreSQL runs beside and is shown after it):", flush=True)
        # Only one of them may keep what failed last.
        on_postgres = subprocess.Popen(
            [*pytest, "-p", "no:cacheprovider", "--database=postgres"], stdout=said, stderr=subprocess.STDOUT
        )
        on_sqlite = subprocess.Popen(pytest)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # both hear it themselves and put away what they started
        failures = [on_sqlite.wait(), on_postgres.wait()]
        print("\nOn PostgreSQL:", flush=True)
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout.buffer)
    return int(any(failures))


if __name__ == "__main__":
    sys.exit(main())
