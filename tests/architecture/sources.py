"""The source of the gateway, parsed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import gateway

ROOT = Path(gateway.__file__).parent


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the gateway: its path below the package, and its syntax tree."""
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"), filename=str(path))
