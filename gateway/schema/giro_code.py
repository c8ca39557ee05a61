"""GiroCodes: what a banking app reads."""

from typing import Any

import strawberry

from gateway.auth.permissions import ReadInvoices
from gateway.resolvers import giro_code as resolve
from gateway.schema.field import column, resolver


async def _svg(root: strawberry.Parent[Any]) -> str | None:
    return await resolve.svg(root)


@strawberry.type(description="A transfer as a QR code that banking apps read (GiroCode, EPC069-12 version 2).")
class GiroCode:
    text: str | None = column(ReadInvoices, "What is in the code, for apps that draw it themselves at error level M.")
    svg: str | None = resolver(ReadInvoices, "The code as an SVG picture, with its white border.", _svg)
