"""Whatever an operation asks and whatever values it brings: a coded answer, never a fault of ours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import dates, datetimes, just, text
from hypothesis_graphql import from_schema, nodes

from gateway.app import assemble_engine
from gateway.auth.client import Client
from gateway.errors import ErrorCode, GatewayError
from gateway.execution.operation import OperationRequest
from gateway.execution.timing import Timing
from gateway.keys import new_key_file
from gateway.schema.build import schema_text
from gateway.settings import Settings
from tests.execution.estate import NOW, make_estate

CODES = {code.value for code in ErrorCode} - {ErrorCode.INTERNAL.value}
SCALARS = {
    "Date": (dates().map(str) | text(max_size=12)).map(nodes.String),
    "DateTime": (datetimes(timezones=just(UTC)).map(datetime.isoformat) | text(max_size=30)).map(nodes.String),
}
ANYTHING = from_schema(schema_text(), mode="positive", custom_scalars=SCALARS) | from_schema(
    schema_text(), mode="negative", custom_scalars=SCALARS
)


async def test_any_operation_gets_data_or_coded_errors(
    database: str, database_url: str, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    estate = await make_estate()
    new_key_file(tmp_path / "keys")
    made = assemble_engine(Settings(database_url=database_url, key_file=tmp_path / "keys", bcrypt_cost=4), lambda: NOW)
    client, seen = Client("127.0.0.1", None, "request"), {"data": 0, "errors": 0, "refused": 0}
    refused: set[str] = set()

    async def ask(text: str, number: int) -> None:
        viewer = estate.viewers[number % len(estate.viewers)]
        request = OperationRequest(text, None, None, None)
        for _ in range(2):  # the reference, then the plan
            try:
                answer = await made.engine.answer_viewer(request, viewer, client, "en", NOW, Timing(False))
            except GatewayError as error:
                seen["refused"] += 1
                refused.add(error.code.value)
                continue
            said: dict[str, Any] = orjson.loads(answer.body)
            codes = {error["extensions"]["code"] for error in said.get("errors", [])}
            assert codes <= CODES, said
            assert answer.executed is ("data" in said)
            seen["errors" if codes else "data"] += 1

    loop, number = asyncio.get_running_loop(), iter(range(1_000_000))

    @settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(ANYTHING)
    def every(text: str) -> None:
        asyncio.run_coroutine_threadsafe(ask(text, next(number)), loop).result(60)

    await asyncio.to_thread(every)
    await made.passwords.close()
    figure(str(seen))
    assert refused <= CODES
    assert seen["data"]
