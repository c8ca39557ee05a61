"""Rules are decisions over plain values: they import the standard library and each other, nothing else."""

import ast
import sys
from pathlib import Path

import pytest

RULES = Path(__file__).resolve().parents[2] / "models" / "rules"


def strangers(source: str) -> list[str]:
    """Modules that a rule should not import."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append("." * node.level + (node.module or ""))
    return [n for n in names if n.split(".")[0] not in sys.stdlib_module_names and not n.startswith("models.rules")]


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.py")), ids=lambda path: path.stem)
def test_a_rule_imports_the_standard_library_only(path: Path) -> None:
    assert strangers(path.read_text(encoding="utf-8")) == []


def test_an_import_of_anything_else_is_noticed() -> None:
    assert strangers(
        "import tortoise\nfrom models import Package\nfrom models.rules.term import last_day\nimport re"
    ) == [
        "tortoise",
        "models",
    ]
