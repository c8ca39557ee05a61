"""The HTTP application: the routes behind the entrance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.routing import BaseRoute, Route, Router
from starlette.types import ASGIApp, Lifespan

from gateway.execution.operation import Engine
from gateway.http.admission import Admission, Admitted
from gateway.http.arrived import Arrived, Call
from gateway.http.entrance import Entrance
from gateway.http.graphql import GraphQLView
from gateway.http.health import Readiness, health_routes
from gateway.http.peer import Proxies
from gateway.http.security import Origins, SecurityHeaders, hosts_of
from gateway.settings import Settings


def http_application(
    settings: Settings,
    engine: Engine,
    readiness: Readiness,
    *,
    downloads: Sequence[Route] = (),
    calls: Sequence[Call] = (),
    others: Sequence[BaseRoute] = (),
    lifespan: Lifespan[Any] | None = None,
) -> ASGIApp:
    """The ASGI app. `downloads` and `calls` work on the database and so take a place like an operation does; `others` do not.

    Paths match exactly: nothing redirects, since a redirect would repeat the caller's `Host`.
    """
    admission = Admission(settings.requests_in_flight)
    for route in downloads:
        route.app = Admitted(route.app, admission)
    for call in calls:
        call.route.app = Arrived(Admitted(call.route.app, admission), call.most)
    view = GraphQLView(engine, admission, settings.body_limit)
    routes: list[BaseRoute] = [Route("/graphql", view, methods=["POST"]), *health_routes(readiness)]
    router = Router(
        [*routes, *downloads, *(call.route for call in calls), *others], redirect_slashes=False, lifespan=lifespan
    )
    return Entrance(
        router,
        hosts=hosts_of(settings),
        origins=Origins(settings.cors_origins),
        proxies=Proxies(settings.trusted_proxies),
        headers=SecurityHeaders(settings.hsts),
    )
