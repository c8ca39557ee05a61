"""View as delegate: the customer sees a query's answer as the login of one of their packages would get it.

It looks and changes nothing: what a delegate may do is theirs to do.
"""

from __future__ import annotations

from dataclasses import replace

from gateway.auth import visible
from gateway.auth.viewer import SCOPES_OF, Viewer
from gateway.errors import ErrorCode, GatewayError, unauthenticated
from models import SessionKind
from models.ids import prefix_of

HEADER = "X-View-As"
"""The request header with the id of the package."""


async def view_as(viewer: Viewer | None, package_id: str) -> Viewer:
    """The viewer that the package login of `package_id` would be, without the power to change anything.

    Raises `UNAUTHENTICATED`, `FORBIDDEN` for anybody but the customer with a session, and `NOT_FOUND` for a package that is
    none of theirs.
    """
    if viewer is None:
        raise unauthenticated()
    if viewer.package_id is not None or viewer.api_token_id is not None:
        raise GatewayError(ErrorCode.FORBIDDEN, "view_as.customer_only")
    if prefix_of(package_id) != "pkg" or not await visible.packages(viewer).filter(id=package_id).exists():
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found")
    return replace(
        viewer,
        kind=SessionKind.PACKAGE,
        package_id=package_id,
        scopes=SCOPES_OF[SessionKind.PACKAGE],
        elevated_until=None,
        only_looking=True,
    )


def demand_changing(viewer: Viewer | None) -> None:
    """Raise `FORBIDDEN` for a mutation of somebody who only looks."""
    if viewer is not None and viewer.only_looking:
        raise GatewayError(ErrorCode.FORBIDDEN, "view_as.only_looking")
