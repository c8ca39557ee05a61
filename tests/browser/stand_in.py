"""A small gateway to look at through the explorer: the operations of its ready tabs, answered from a few fixed rows.

uvicorn runs it as a process of its own. `INTROSPECTION=off` makes it refuse introspection the way the gateway does.
"""

from __future__ import annotations

import os
from typing import Any

from graphql import GraphQLError, build_schema, graphql_sync
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.http.explorer import explorer_routes

TOKEN = "cs_5Q4x0N3kT7-stand_in"
PASSWORD = "Zwölf Bäume im Wind"

SCHEMA = build_schema("""
    type Query {
      packages(first: Int, orderBy: [PackageOrder!]): PackageConnection
      package(id: ID!): Package
      invoices(first: Int): InvoiceConnection
    }
    type Mutation { signIn(input: SignInInput!): SignInPayload!  signOut: SignOutPayload! }
    input SignInInput { login: String!  password: String!  deviceName: String  remember: Boolean }
    type SignInPayload { session: Session  errors: [UserError!]! }
    type SignOutPayload { errors: [UserError!]! }
    type Session { token: String!  kind: String!  expiresAt: String! }
    type UserError { code: String!  message: String!  path: [String!]! }
    input PackageOrder { field: PackageOrderField!  direction: Direction! }
    enum PackageOrderField { NAME }
    enum Direction { ASC DESC }
    type PackageConnection { totalCount: Int!  nodes: [Package!]!  pageInfo: PageInfo! }
    type PageInfo { hasNextPage: Boolean!  endCursor: String }
    "A hosting package."
    type Package {
      id: ID!  name: String!  identification: String  state: String!  type: PackageType!  mailboxCount: Int
      actions: [PackageAction!]!  contract: Contract  domains(first: Int): DomainConnection
    }
    type PackageType { name: String! }
    type PackageAction { name: String!  allowed: Boolean!  reason: String }
    type Contract { number: String!  tariff: Tariff!  price: Money! }
    type Tariff { name: String! }
    type Money { formatted: String! }
    type DomainConnection { totalCount: Int!  nodes: [Domain!]! }
    type Domain { name: String! }
    type InvoiceConnection { totalCount: Int!  nodes: [Invoice!]! }
    type Invoice { number: String!  issuedOn: String!  dueOn: String!  state: String!  total: Money! }
""")

PACKAGES = [
    {
        "id": f"pkg_{number:026d}",
        "name": name,
        "identification": f"web{number}",
        "state": "ACTIVE",
        "type": {"name": "Webhosting Plus"},
        "mailboxCount": number * 3,
        "domains": {"totalCount": 1, "nodes": [{"name": f"{name.lower()}.example"}]},
    }
    for number, name in enumerate(("Bäckerei", "Vereinsheim"), start=1)
]


def _sign_in(info: Any, input: dict[str, Any]) -> dict[str, Any]:
    if input["password"] == PASSWORD:
        session = {"token": TOKEN, "kind": "CUSTOMER", "expiresAt": "2999-01-31T17:45:00Z"}
        return {"session": session, "errors": []}
    refusal = {"code": "INVALID_CREDENTIALS", "message": "The login or the password is wrong.", "path": ["password"]}
    return {"session": None, "errors": [refusal]}


def _packages(info: Any, **arguments: Any) -> dict[str, Any]:
    if info.context != TOKEN:
        raise GraphQLError("Sign in first.", extensions={"code": "UNAUTHENTICATED"})
    return {"totalCount": len(PACKAGES), "nodes": PACKAGES, "pageInfo": {"hasNextPage": False}}


ROOT = {"signIn": _sign_in, "signOut": lambda info: {"errors": []}, "packages": _packages}


async def answer(request: Request) -> JSONResponse:
    body = await request.json()
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and token != TOKEN:
        error = {"message": "The token is not valid.", "extensions": {"code": "UNAUTHENTICATED"}}
        return JSONResponse({"errors": [error]}, status_code=401, headers={"WWW-Authenticate": "Bearer"})
    if os.environ.get("INTROSPECTION") == "off" and "__schema" in body["query"]:
        error = {"message": "Introspection is off.", "extensions": {"code": "INTROSPECTION_DISABLED"}}
        return JSONResponse({"errors": [error]}, status_code=400)
    result = graphql_sync(SCHEMA, body["query"], ROOT, token, body.get("variables"), body.get("operationName"))
    return JSONResponse(result.formatted)


class StrictHeaders:
    """The gateway's rule for every answer: no policy of its own means that nothing may be loaded at all."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", "default-src 'none'")
                headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, send_strict if scope["type"] == "http" else send)


application = Starlette(
    routes=[*explorer_routes(), Route("/graphql", answer, methods=["POST"])],
    middleware=[Middleware(StrictHeaders)],
)
