"""GraphQL over HTTP: `POST /graphql`, one operation per request.

Source: the GraphQL-over-HTTP specification. The rules of the status are in `GraphQLView._status`.
"""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

from gateway.errors import GatewayError, bad_input
from gateway.execution.operation import Answer, Credentials, Engine
from gateway.http.admission import Admission
from gateway.http.exchange import Exchange, exchange_of
from gateway.http.log import loggable_name
from gateway.http.media import GRAPHQL_RESPONSE, is_json_in_utf8, negotiated
from gateway.http.refusal import Refusal, refusal_of
from gateway.http.request import operation_request, read_body


class GraphQLView:
    """The ASGI app behind the route. Refusals are raised; the entrance answers them."""

    def __init__(self, engine: Engine, admission: Admission, body_limit: int) -> None:
        self._engine = engine
        self._admission = admission
        self._body_limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = exchange_of(scope)
        self._negotiate(exchange)
        request = operation_request(await read_body(receive, exchange.headers, self._body_limit))
        if request.operation_name is not None:
            exchange.operation = loggable_name(request.operation_name)
        try:
            async with self._admission:
                who = Credentials(exchange.authorization, exchange.view_as)
                answer = await self._engine.answer(request, exchange.client, who, exchange.language)
        except GatewayError as error:
            raise refusal_of(error, 400 if exchange.media_type is GRAPHQL_RESPONSE else 200) from None
        await send(
            {
                "type": "http.response.start",
                "status": self._status(answer, exchange.media_type),
                "headers": (
                    (b"content-type", exchange.media_type),
                    (b"content-length", b"%d" % len(answer.body)),
                    *answer.headers,
                ),
            }
        )
        await send({"type": "http.response.body", "body": answer.body})

    @staticmethod
    def _negotiate(exchange: Exchange) -> None:
        """Settle the media type of the answer, then judge the one of the request."""
        headers = exchange.headers
        media_type = negotiated(headers.get(b"accept"))
        if media_type is None:
            raise Refusal(406, bad_input("http.accept"))
        exchange.media_type = media_type
        if not is_json_in_utf8(headers.get(b"content-type")) or b"content-encoding" in headers:
            raise Refusal(415, bad_input("http.media_type"), ((b"accept", b"application/json"),))

    @staticmethod
    def _status(answer: Answer, media_type: bytes) -> int:
        """200 for what was executed; a request error is 400 only under the media type whose clients look for it."""
        if answer.status is not None:
            return answer.status
        return 200 if answer.executed or media_type is not GRAPHQL_RESPONSE else 400
