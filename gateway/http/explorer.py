"""The explorer page at `/explorer`: GraphiQL, built by `make explorer` and served from this machine alone.

Everything is read once when the routes are made and answered from a table of known names: no path that a request
carries ever reaches the file system.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from gateway.http.conditional import is_held

Endpoint = Callable[[Request], Awaitable[Response]]

BUILT = Path(__file__).parent / "assets" / "explorer"

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        # The editor places its lines and colours with style attributes and style elements.
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self' data:",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'none'",
    )
)
"""The page's own policy. Its assets carry it too: a worker is bound by the policy that came with its script."""

_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
)
_IMMUTABLE = "public, max-age=31536000, immutable"

_MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
        ".ttf": "font/ttf",
        ".woff": "font/woff",
        ".woff2": "font/woff2",
    }
)


@dataclass(frozen=True, slots=True)
class Asset:
    """One built file: its bytes, its media type and a strong entity tag (RFC 9110, 8.8.3)."""

    content: bytes
    media_type: str
    tag: str


def explorer_routes(built: Path = BUILT) -> list[Route]:
    """The routes of a gateway that shows the page; without a build they answer 503 and name the command for it."""
    page = built / "index.html"
    if not page.is_file():
        return [Route("/explorer", _not_built, methods=["GET"])]
    return [
        Route("/explorer", _page(page.read_bytes()), methods=["GET"]),
        Route("/explorer/assets/{file}", _assets(_read(built / "assets")), methods=["GET"]),
    ]


def _read(directory: Path) -> dict[str, Asset]:
    """The built files by name. A file of an unknown kind is left out: nothing is served on a guess."""
    assets = {}
    for path in sorted(directory.iterdir()):
        media_type = _MEDIA_TYPES.get(path.suffix)
        if media_type and path.is_file():
            content = path.read_bytes()
            assets[path.name] = Asset(content, media_type, f'"{sha256(content).hexdigest()[:32]}"')
    return assets


def _page(content: bytes) -> Endpoint:
    async def page(request: Request) -> Response:
        return Response(content, media_type="text/html", headers={**_HEADERS, "Cache-Control": "no-store"})

    return page


def _assets(assets: Mapping[str, Asset]) -> Endpoint:
    async def asset(request: Request) -> Response:
        found = assets.get(request.path_params["file"])
        if found is None:
            headers = {**_HEADERS, "Cache-Control": "no-store"}
            return PlainTextResponse("There is no such file.\n", status_code=404, headers=headers)
        # The name changes with the content, so a copy never grows old.
        headers = {**_HEADERS, "Cache-Control": _IMMUTABLE, "ETag": found.tag}
        if is_held(request.headers.get("if-none-match", ""), found.tag):
            return Response(status_code=304, headers=headers)
        return Response(found.content, media_type=found.media_type, headers=headers)

    return asset


async def _not_built(request: Request) -> Response:
    return PlainTextResponse(
        "The explorer has not been built on this machine.\n\nRun `make explorer`, then start the gateway again.\n",
        status_code=503,
        headers={**_HEADERS, "Cache-Control": "no-store"},
    )
