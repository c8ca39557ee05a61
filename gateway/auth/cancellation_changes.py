"""What a cancellation changes, noted as it is done, so that it can be made undone to the letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tortoise.expressions import F
from tortoise.models import Model

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from models import AddOn, Contract, Domain, Package, TariffChange
from models.ids import prefix_of

_MODELS: dict[str, type[Model]] = {
    "ctr": Contract,
    "pkg": Package,
    "add": AddOn,
    "dom": Domain,
    "tch": TariffChange,
}
"""What can be changed, by how its ids begin."""

Noted = dict[str, dict[str, dict[str, Any]]]
"""By the id of a row: the columns that were changed, as they were `before` and as they were made (`after`)."""


class Changes:
    """The changes of one unit of work, in the order in which they are made."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self.noted: Noted = {}

    async def make(self, row: Model, secrets: Mapping[str, str] | None = None, **after: Any) -> None:
        """Change a row that is still as it was read. Raises `CONFLICT` when it is not.

        `secrets` are columns that were empty; their values are not noted.
        """
        before = {name: getattr(row, name) for name in after}
        empty = dict.fromkeys(secrets or {})
        versioned = "version" in row._meta.fields_map
        unchanged = before | empty | ({"version": row.version} if versioned else {})  # type: ignore[attr-defined]  # looked up above
        values = after | dict(secrets or {}) | ({"version": F("version") + 1} if versioned else {})
        stored = visible.rows_of(self._viewer, type(row)).filter(id=row.pk, **_conditions(unchanged))
        if not await stored.update(**values):
            raise GatewayError(ErrorCode.CONFLICT, "cancellation.stale", path=("input", "previewToken"))
        self.noted[str(row.pk)] = {"before": _written(before | empty), "after": _written(after)}


async def restore(viewer: Viewer, id: str, noted: Mapping[str, Mapping[str, Any]]) -> bool:
    """Make a row what it was before, unless somebody has changed since what was made of it."""
    before, after = _read(noted["before"]), _read(noted["after"])
    model = _MODELS[prefix_of(id) or ""]
    values = before | ({"version": F("version") + 1} if "version" in model._meta.fields_map else {})
    return bool(await visible.rows_of(viewer, model).filter(id=id, **_conditions(after)).update(**values))


def _conditions(values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{name}__isnull" if value is None else name: value is None or value for name, value in values.items()}


def _written(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON: days and instants as ISO 8601."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _read(values: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {"on": date.fromisoformat, "at": datetime.fromisoformat}
    return {
        name: value if value is None else kinds.get(name.rpartition("_")[2], lambda same: same)(value)
        for name, value in values.items()
    }
