"""What every test can use, and which tests a run on PostgreSQL leaves out."""

import pytest

from tests.proofs import lines

pytest_plugins = ["tests.databases", "tests.figures", "tests.running_demo"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that asks for no database, or brings its own, says the same in every run: the run on SQLite has it."""
    if config.getoption("--database") != "postgres":
        return
    asking = [item for item in items if "database_kind" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in asking])
    items[:] = asking


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the run has shown, beside that nothing failed."""
    for line in lines():
        terminalreporter.write_line(line)
