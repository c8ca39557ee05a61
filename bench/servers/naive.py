"""The gateway's subject as most people write it: Strawberry types over Tortoise models, dataloaders, permission classes.

It has no limits, no throttles, no cursors; what it does have is what the tutorials of both libraries show.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import strawberry
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.permission import BasePermission
from strawberry.types import Info
from tortoise import Tortoise
from tortoise.functions import Count
from tortoise.models import Model

import models


class IsCustomer(BasePermission):
    """Somebody is signed in as a customer."""

    message = "Not signed in."

    def has_permission(self, source: Any, info: Info, **kwargs: Any) -> bool:
        return info.context["customer_id"] is not None


class MaySeeContracts(IsCustomer):
    """Contract data."""

    message = "Needs CONTRACT_READ."


class MaySeeInvoices(IsCustomer):
    """Invoices."""

    message = "Needs INVOICE_READ."


def field(permission: type[BasePermission] = IsCustomer, **kwargs: Any) -> Any:
    """A guarded field."""
    return strawberry.field(permission_classes=[permission], **kwargs)


def by_id(model: type[Model]) -> Callable[[list[str]], Any]:
    """Rows by their id."""

    async def load(keys: list[str]) -> list[Any]:
        found = await model.filter(id__in=keys).in_bulk(keys, "id")
        return [found.get(key) for key in keys]

    return load


def grouped(model: type[Model], column: str, *order: str) -> Callable[[list[str]], Any]:
    """Rows by what they belong to."""

    async def load(keys: list[str]) -> list[list[Any]]:
        rows = defaultdict(list)
        for row in await model.filter(**{f"{column}__in": keys}).order_by(*order):
            rows[getattr(row, column)].append(row)
        return [rows[key] for key in keys]

    return load


async def load_contracts(keys: list[str]) -> list[models.Contract | None]:
    found = {contract.package_id: contract for contract in await models.Contract.filter(package_id__in=keys)}
    return [found.get(key) for key in keys]


async def load_mailbox_counts(keys: list[str]) -> list[int]:
    counted = models.Mailbox.filter(package_id__in=keys).annotate(n=Count("id")).group_by("package_id")
    found = dict(await counted.values_list("package_id", "n"))
    return [found.get(key, 0) for key in keys]


def loaders() -> dict[str, DataLoader[Any, Any]]:
    """The dataloaders of one request."""
    return {
        "type": DataLoader(by_id(models.PackageType)),
        "tariff": DataLoader(by_id(models.Tariff)),
        "contract": DataLoader(load_contracts),
        "domains": DataLoader(grouped(models.Domain, "package_id", "ascii_name", "id")),
        "mailboxes": DataLoader(grouped(models.Mailbox, "package_id", "address", "id")),
        "mailbox_count": DataLoader(load_mailbox_counts),
        "lines": DataLoader(grouped(models.InvoiceLine, "invoice_id", "position")),
    }


@strawberry.type
class Money:
    minor_units: int = field()
    currency: str = field()


@strawberry.type
class Tariff:
    id: strawberry.ID = field(MaySeeContracts)
    code: str = field(MaySeeContracts)
    name: str = field(MaySeeContracts)


@strawberry.type
class Contract:
    id: strawberry.ID = field(MaySeeContracts)
    number: str = field(MaySeeContracts)
    state: models.ContractState = field(MaySeeContracts)
    starts_on: date = field(MaySeeContracts)
    ends_on: date | None = field(MaySeeContracts)
    billing_months: int = field(MaySeeContracts)

    @field(MaySeeContracts)
    def price(self) -> Money:
        return Money(minor_units=self.gross_minor, currency=self.currency)

    @field(MaySeeContracts)
    async def tariff(self, info: Info) -> Tariff | None:
        return await info.context["loaders"]["tariff"].load(self.tariff_id)


@strawberry.type
class Domain:
    id: strawberry.ID = field()
    name: str = field()
    ascii_name: str = field()
    main: bool = field()
    state: models.DomainState = field()
    registered_on: date | None = field()
    created_at: datetime = field()


@strawberry.type
class Domains:
    nodes: list[Domain] = field()


@strawberry.type
class Mailbox:
    id: strawberry.ID = field()
    address: str = field()
    display_name: str | None = field()
    quota_mb: int = field()
    used_mb: int = field()


@strawberry.type
class Mailboxes:
    nodes: list[Mailbox] = field()


@strawberry.type
class PackageType:
    id: strawberry.ID = field()
    name: str = field()


@strawberry.type
class Package:
    id: strawberry.ID = field()
    name: str = field()
    identification: str = field()
    order_number: str = field(MaySeeContracts)
    state: models.PackageState = field()
    created_at: datetime = field()
    version: int = field()

    @field()
    async def type(self, info: Info) -> PackageType | None:
        return await info.context["loaders"]["type"].load(self.type_id)

    @field()
    async def mailbox_count(self, info: Info) -> int:
        return await info.context["loaders"]["mailbox_count"].load(self.id)

    @field()
    async def domains(self, info: Info, first: int = 20) -> Domains:
        rows = await info.context["loaders"]["domains"].load(self.id)
        return Domains(nodes=rows[:first])

    @field()
    async def mailboxes(self, info: Info, first: int = 20) -> Mailboxes:
        rows = await info.context["loaders"]["mailboxes"].load(self.id)
        return Mailboxes(nodes=rows[:first])

    @field(MaySeeContracts)
    async def contract(self, info: Info) -> Contract | None:
        return await info.context["loaders"]["contract"].load(self.id)


@strawberry.type
class Packages:
    total_count: int = field()
    nodes: list[Package] = field()


@strawberry.type
class InvoiceLine:
    position: int = field(MaySeeInvoices)
    description: str = field(MaySeeInvoices)
    unit: str = field(MaySeeInvoices)

    @field(MaySeeInvoices)
    def quantity(self) -> float:
        return self.quantity_thousandths / 1000

    @field(MaySeeInvoices)
    def net(self) -> Money:
        return Money(minor_units=self.net_minor, currency=self.currency)


@strawberry.type
class Invoice:
    id: strawberry.ID = field(MaySeeInvoices)
    number: str = field(MaySeeInvoices)
    state: models.InvoiceState = field(MaySeeInvoices)
    issued_on: date = field(MaySeeInvoices)
    due_on: date = field(MaySeeInvoices)

    @field(MaySeeInvoices)
    def total(self) -> Money:
        return Money(minor_units=self.gross_minor, currency=self.currency)

    @field(MaySeeInvoices)
    async def lines(self, info: Info) -> list[InvoiceLine]:
        return await info.context["loaders"]["lines"].load(self.id)


@strawberry.type
class Invoices:
    total_count: int = field(MaySeeInvoices)
    nodes: list[Invoice] = field(MaySeeInvoices)


@strawberry.type
class Query:
    @field()
    async def packages(self, info: Info, first: int = 20) -> Packages:
        query = models.Package.filter(customer_id=info.context["customer_id"])
        rows = await query.order_by("name_key", "id").limit(first)
        return Packages(total_count=await query.count(), nodes=rows)

    @field()
    async def package(self, info: Info, id: strawberry.ID) -> Package | None:
        return await models.Package.get_or_none(id=id, customer_id=info.context["customer_id"])

    @field(MaySeeInvoices)
    async def invoices(self, info: Info, first: int = 20) -> Invoices:
        query = models.Invoice.filter(customer_id=info.context["customer_id"])
        rows = await query.order_by("-issued_on", "-id").limit(first)
        return Invoices(total_count=await query.count(), nodes=rows)


class App(GraphQL[dict[str, Any], None]):
    """Strawberry's view with a context for each request."""

    async def get_context(self, request: Any, response: Any) -> dict[str, Any]:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        session = await models.Session.get_or_none(
            token_hash=sha256(token.encode()).hexdigest(),
            revoked_at=None,
            expires_at__gt=datetime.now(UTC),
            customer__disabled_at=None,
        )
        return {"customer_id": session.customer_id if session else None, "loaders": loaders()}


def configuration() -> dict[str, Any]:
    """Tortoise's own clients, not the gateway's: they wait for a connection as long as it takes."""
    place, size = json.loads(os.environ["BENCH_DATABASE"]), int(os.environ["BENCH_POOL"])
    if "path" in place:
        connection = {"engine": "tortoise.backends.sqlite", "credentials": {"file_path": place["path"]}}
    else:
        credentials = {**place, "minsize": size, "maxsize": size}
        connection = {"engine": "tortoise.backends.asyncpg", "credentials": {**credentials, "password": None}}
    app = {"models": ["models"], "default_connection": "default"}
    return {"connections": {"default": connection}, "apps": {"models": app}, "use_tz": True, "timezone": "UTC"}


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    await Tortoise.init(config=configuration(), _enable_global_fallback=True)
    yield
    await Tortoise.close_connections()


schema = strawberry.Schema(Query)
application = Starlette(routes=[Route("/graphql", App(schema, graphql_ide=None))], lifespan=lifespan)
