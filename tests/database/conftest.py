"""Files named after one kind of database are about that kind alone."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    other = "postgres" if config.getoption("--database") == "sqlite" else "sqlite"
    strange = [item for item in items if item.path.parent == HERE and item.path.name.startswith(f"test_{other}")]
    config.hook.pytest_deselected(items=strange)
    items[:] = [item for item in items if item not in strange]
