"""The limit: SQL written by hand for each operation, rows of the driver, dicts, orjson, an ASGI app without a framework.

It reads no GraphQL: the name of the operation says which function answers.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any

import orjson

DATABASE = json.loads(os.environ["BENCH_DATABASE"])
POSTGRES = "host" in DATABASE
SIZE = int(os.environ["BENCH_POOL"])

Fetch = Callable[[str, Sequence[Any]], Awaitable[Sequence[Any]]]

_AMONG = "= ANY($2)" if POSTGRES else "IN (SELECT value FROM json_each($2))"
_NOW = "now()" if POSTGRES else "datetime('now')"

SESSION = (
    "SELECT s.customer_id FROM session s JOIN customer c ON c.id = s.customer_id WHERE s.token_hash = $1"
    f" AND s.revoked_at IS NULL AND c.disabled_at IS NULL AND s.expires_at > {_NOW} AND s.kind = 'CUSTOMER'"
)
_PACKAGE = (
    "SELECT p.id, p.name, p.identification, p.order_number, p.state, p.created_at, p.version, k.name,"
    " (SELECT count(*) FROM mailbox m WHERE m.customer_id = $1 AND m.package_id = p.id), c.number, c.state, t.name"
)
_FROM = (
    " FROM package p JOIN package_type k ON k.id = p.type_id LEFT JOIN contract c ON c.package_id = p.id"
    " LEFT JOIN tariff t ON t.id = c.tariff_id WHERE p.customer_id = $1"
)
PACKAGES = (
    f"{_PACKAGE}, (SELECT count(*) FROM package n WHERE n.customer_id = $1){_FROM} ORDER BY p.name_key, p.id LIMIT $2"
)
DOMAINS = (
    f"SELECT package_id, name, state FROM domain WHERE customer_id = $1 AND package_id {_AMONG} ORDER BY ascii_name, id"
)
INVOICES = (
    "SELECT id, number, state, issued_on, due_on, gross_minor, currency,"
    " (SELECT count(*) FROM invoice WHERE customer_id = $1)"
    " FROM invoice WHERE customer_id = $1 ORDER BY issued_on DESC, id DESC LIMIT $2"
)
LINES = (
    "SELECT invoice_id, position, description, quantity_thousandths, unit, net_minor, currency FROM invoice_line"
    f" WHERE customer_id = $1 AND invoice_id {_AMONG} ORDER BY position"
)
PACKAGE = (
    f"{_PACKAGE}, c.starts_on, c.ends_on, c.billing_months, c.gross_minor, c.currency, t.code{_FROM} AND p.id = $2"
)
DOMAINS_OF_ONE = (
    "SELECT id, name, ascii_name, main, state, registered_on, created_at FROM domain"
    " WHERE customer_id = $1 AND package_id = $2 ORDER BY ascii_name, id LIMIT 20"
)
MAILBOXES_OF_ONE = (
    "SELECT id, address, display_name, quota_mb, used_mb FROM mailbox"
    " WHERE customer_id = $1 AND package_id = $2 ORDER BY address, id LIMIT 20"
)


if POSTGRES:
    import asyncpg

    async def _leave(connection: Any) -> None:
        """No statement here leaves state on a connection."""

    class Database:
        """A pool as large as everybody's."""

        async def open(self) -> None:
            self._pool = await asyncpg.create_pool(**DATABASE, min_size=SIZE, max_size=SIZE, reset=_leave)

        async def close(self) -> None:
            await self._pool.close()

        @asynccontextmanager
        async def reading(self) -> Any:
            async with self._pool.acquire() as connection:

                async def fetch(sql: str, values: Sequence[Any]) -> Any:
                    return await connection.fetch(sql, *values)

                yield fetch

    def keys(ids: list[str]) -> Any:
        """Ids as one parameter."""
        return ids

    def instant(value: Any) -> Any:
        """orjson writes the driver's instants."""
        return value

else:
    import aiosqlite

    class Database:  # type: ignore[no-redef]  # one kind for a process
        """One connection; its thread does the work."""

        async def open(self) -> None:
            self._connection = await aiosqlite.connect(DATABASE["path"], isolation_level=None, cached_statements=512)

        async def close(self) -> None:
            await self._connection.close()

        @asynccontextmanager
        async def reading(self) -> Any:
            async def fetch(sql: str, values: Sequence[Any]) -> Any:
                return await self._connection.execute_fetchall(sql.replace("$", "?"), values)

            yield fetch

    def keys(ids: list[str]) -> Any:
        return orjson.dumps(ids).decode()

    def instant(value: Any) -> Any:
        return f"{value[:10]}T{value[11:19]}Z"


def _package(row: Any) -> dict[str, Any]:
    return {
        "id": row[0],
        "name": row[1],
        "identification": row[2],
        "orderNumber": row[3],
        "state": row[4],
        "createdAt": instant(row[5]),
        "version": row[6],
        "type": {"name": row[7]},
        "mailboxCount": row[8],
    }


async def package_list(fetch: Fetch, customer: str, variables: dict[str, Any]) -> dict[str, Any]:
    rows = await fetch(PACKAGES, (customer, variables["first"]))
    domains = defaultdict(list)
    for package, name, state in await fetch(DOMAINS, (customer, keys([row[0] for row in rows]))):
        domains[package].append({"name": name, "state": state})
    nodes = [
        {
            **_package(row),
            "domains": {"nodes": domains[row[0]][:20]},
            "contract": {"number": row[9], "state": row[10], "tariff": {"name": row[11]}} if row[9] else None,
        }
        for row in rows
    ]
    return {"packages": {"totalCount": rows[0][12] if rows else 0, "nodes": nodes}}


async def invoices(fetch: Fetch, customer: str, variables: dict[str, Any]) -> dict[str, Any]:
    rows = await fetch(INVOICES, (customer, variables["first"]))
    lines = defaultdict(list)
    for invoice, position, description, thousandths, unit, net, currency in await fetch(
        LINES, (customer, keys([row[0] for row in rows]))
    ):
        lines[invoice].append(
            {
                "position": position,
                "description": description,
                "quantity": thousandths / 1000,
                "unit": unit,
                "net": {"minorUnits": net, "currency": currency},
            }
        )
    nodes = [
        {
            "id": row[0],
            "number": row[1],
            "state": row[2],
            "issuedOn": row[3],
            "dueOn": row[4],
            "total": {"minorUnits": row[5], "currency": row[6]},
            "lines": lines[row[0]],
        }
        for row in rows
    ]
    return {"invoices": {"totalCount": rows[0][7] if rows else 0, "nodes": nodes}}


async def one_package(fetch: Fetch, customer: str, variables: dict[str, Any]) -> dict[str, Any]:
    sought = (customer, variables["id"])
    rows = await fetch(PACKAGE, sought)
    if not rows:
        return {"package": None}
    row = rows[0]
    domains = [
        {
            "id": d[0],
            "name": d[1],
            "asciiName": d[2],
            "main": bool(d[3]),
            "state": d[4],
            "registeredOn": d[5],
            "createdAt": instant(d[6]),
        }
        for d in await fetch(DOMAINS_OF_ONE, sought)
    ]
    mailboxes = [
        {"id": m[0], "address": m[1], "displayName": m[2], "quotaMb": m[3], "usedMb": m[4]}
        for m in await fetch(MAILBOXES_OF_ONE, sought)
    ]
    contract = row[9] and {
        "number": row[9],
        "state": row[10],
        "startsOn": row[12],
        "endsOn": row[13],
        "billingMonths": row[14],
        "price": {"minorUnits": row[15], "currency": row[16]},
        "tariff": {"code": row[17], "name": row[11]},
    }
    found = {**_package(row), "domains": {"nodes": domains}, "mailboxes": {"nodes": mailboxes}, "contract": contract}
    return {"package": found}


ANSWERS = {"PackageList": package_list, "Invoices": invoices, "OnePackage": one_package}
database = Database()


async def _answer(headers: list[tuple[bytes, bytes]], body: bytes) -> tuple[int, bytes]:
    token = next((value for name, value in headers if name == b"authorization"), b"").removeprefix(b"Bearer ")
    asked = orjson.loads(body)
    async with database.reading() as fetch:
        signed_in = await fetch(SESSION, (sha256(token).hexdigest(),))
        if not signed_in:
            return 401, b"{}"
        data = await ANSWERS[asked["operationName"]](fetch, signed_in[0][0], asked["variables"])
    return 200, orjson.dumps({"data": data}, option=orjson.OPT_UTC_Z)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """The ASGI app."""
    if scope["type"] == "lifespan":
        await receive()
        await database.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await database.close()
        await send({"type": "lifespan.shutdown.complete"})
        return
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    status, answer = await _answer(scope["headers"], body)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": answer})
