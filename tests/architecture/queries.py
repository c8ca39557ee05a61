"""Finds where code starts a query on rows that belong to customers, other than through `gateway.auth.visible`.

What is looked for, in one module at a time: a query method called on a model (imported under any name), on a relation of a
row, or on something unknown that is not known to come from `visible`; and SQL text that names a customer's table.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tortoise.fields.relational import RelationalField
from tortoise.models import Model

import models

STARTERS = {
    "all", "annotate", "bulk_update", "earliest", "exclude", "exists", "filter", "first", "get", "get_or_create",
    "get_or_none", "in_bulk", "last", "latest", "raw", "select_for_update", "update_or_create",
}  # fmt: skip
"""Methods of a model that begin a query."""

UNMISTAKABLE = {
    "exclude",
    "filter",
    "get_or_create",
    "get_or_none",
    "in_bulk",
    "raw",
    "select_for_update",
    "update_or_create",
}
"""Those that nothing but a model, a relation or a query has."""

FETCHERS = {"fetch_related", "prefetch_related"}

MODELS: dict[str, type[Model]] = {
    name: value
    for name, value in vars(models).items()
    if isinstance(value, type) and issubclass(value, Model) and value is not Model
}

OWNED = {name for name, model in MODELS.items() if name == "Customer" or "customer" in model._meta.fields_map}
"""Models whose rows belong to a customer, and the customer itself."""

TABLES = {MODELS[name]._meta.db_table for name in OWNED}

RELATIONS = {
    name
    for model in MODELS.values()
    for field in model._meta.fields_map.values()
    if isinstance(field, RelationalField) and isinstance(name := getattr(field, "related_name", None), str)
}
"""Names under which rows lead to other rows."""

_SQL = re.compile(rf'\b(?:FROM|JOIN|UPDATE|INTO)\s+"?({"|".join(sorted(TABLES))})\b', re.IGNORECASE)


def started(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and subject (a model, a relation, a table or `?`) of every query that is started in a module."""
    names = _models_of(tree)
    judged = _judged(tree, names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for found in _SQL.finditer(node.value):
                yield node.lineno, found[1]
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        method, subject = node.func.attr, node.func.value
        if method in FETCHERS:
            yield node.lineno, "a relation"
            continue
        if method not in STARTERS:
            continue
        model = _model(subject, names)
        if model is not None:
            if model in OWNED:
                yield node.lineno, model
        elif isinstance(subject, ast.Attribute) and subject.attr in RELATIONS:
            yield node.lineno, subject.attr
        elif method in UNMISTAKABLE and _is_unknown(subject, judged):
            yield node.lineno, "?"


def _is_unknown(subject: ast.expr, judged: set[str]) -> bool:
    """A variable nobody has judged, or what some function returns."""
    if isinstance(subject, ast.Name):
        return subject.id not in judged
    return isinstance(subject, ast.Call) and isinstance(subject.func, ast.Name)


def _models_of(tree: ast.Module) -> dict[str, str]:
    """The models a module imports, by the name they have there."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "models"
        for alias in node.names
        if alias.name in MODELS
    }


def _model(subject: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(subject, ast.Name):
        return names.get(subject.id)
    if isinstance(subject, ast.Attribute) and isinstance(subject.value, ast.Name) and subject.value.id == "models":
        return subject.attr if subject.attr in MODELS else None
    return None


def _judged(tree: ast.Module, names: dict[str, str]) -> set[str]:
    """Variables that hold a query whose beginning is judged where it stands: in `visible`, or at a model."""
    return {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _begins_in_sight(node.value, names)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _begins_in_sight(value: ast.expr, names: dict[str, str]) -> bool:
    if isinstance(value, ast.IfExp):
        return _begins_in_sight(value.body, names) and _begins_in_sight(value.orelse, names)
    while isinstance(value, ast.Call | ast.Attribute | ast.Await):
        inner = value.func if isinstance(value, ast.Call) else value.value
        if isinstance(value, ast.Attribute) and isinstance(inner, ast.Name) and inner.id == "visible":
            return True
        if _model(inner, names) is not None:
            return True
        value = inner
    return False
