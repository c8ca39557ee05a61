"""Finding the package that something is to be done with, and asking the rule of its menu whether it can be."""

from __future__ import annotations

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from models import Package
from models.ids import prefix_of
from models.rules.decision import Refused
from models.rules.package import decide


async def find_package(viewer: Viewer, package_id: str, function: str, path: tuple[str, ...]) -> Package:
    """A package the viewer can see, with its type, on which `function` can be used now.

    Raises `NOT_FOUND` for a package of somebody else and for an id that is none, alike, and `CONFLICT` with the words of the
    menu's reason. `path` is where the input has the id.
    """
    package = None
    if prefix_of(package_id) == "pkg":
        package = await visible.packages(viewer).select_related("type").get_or_none(id=package_id)
    if package is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=path)
    decision = decide(function, package.type.functions, package.state)
    if isinstance(decision, Refused):
        raise GatewayError(ErrorCode.CONFLICT, f"refused.{decision.reason}", path=path)
    return package
