"""Renaming a package."""

from __future__ import annotations

from datetime import datetime

from tortoise.expressions import F

from gateway.auth import audit, visible
from gateway.auth.client import Client
from gateway.auth.package_function import find_package
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, bad_input
from models import Package
from models.database import in_unit_of_work
from models.rules import package_name as rule
from models.rules.decision import Refused
from models.text import folded

PATH = ("input", "name")

_WORDS = {
    rule.EMPTY: "package_name.empty",
    rule.TOO_LONG: "package_name.too_long",
    rule.CHARACTERS: "package_name.characters",
}


async def rename_package(
    viewer: Viewer, package_id: str, typed: str, version: int, client: Client, now: datetime
) -> Package:
    """Call a package otherwise: the package as it is then.

    Raises `BAD_USER_INPUT` for a name that will not do, `NOT_FOUND`, and `CONFLICT` when the package was changed meanwhile or
    its state does not allow it.
    """
    name = rule.tidied(typed)
    decision = rule.acceptable(name)
    if isinstance(decision, Refused):
        raise bad_input(_WORDS[decision.reason], path=PATH, longest=rule.LONGEST)

    async def write() -> Package:
        package = await find_package(viewer, package_id, "RENAME", ("input", "id"))
        unchanged = visible.packages(viewer).filter(id=package.id, version=version, state=package.state)
        renamed = await unchanged.update(
            name=name,
            name_key=folded(name),
            search_key=folded(f"{name}\n{package.identification}"),
            version=F("version") + 1,
        )
        if not renamed:
            raise GatewayError(ErrorCode.CONFLICT, "package.changed_meanwhile", path=("input", "version"))
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "package.rename",
            object_id=package.id,
            package_id=package.id,
            detail={"before": package.name, "after": name},
        )
        return await visible.packages(viewer).get(id=package.id)

    return await in_unit_of_work(write)
