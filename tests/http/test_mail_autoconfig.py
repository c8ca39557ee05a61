"""Settings for mail programs: everybody's, the same whether an address exists, and unmoved by whatever is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote
from xml.dom import minidom

import httpx2
import pytest

from gateway.app import assemble
from gateway.documents.company import load_company
from gateway.hosting import load_hosting
from gateway.http.health import Readiness
from gateway.http.mail_autoconfig import PATHS, MailAutoconfig
from tests.http.asking import Log, client, code
from tests.http.engines import SleepingEngine
from tests.http.running import settings


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    readiness = Readiness()
    readiness.started = True
    routes = MailAutoconfig(load_hosting(None), load_company(None)).routes()
    made = client(assemble(settings(), readiness, SleepingEngine(), others=routes))
    yield made
    await made.aclose()


@pytest.mark.parametrize("path", PATHS)
async def test_any_good_address_gets_the_settings_of_its_domain(path: str, http: httpx2.AsyncClient) -> None:
    replies = [
        await http.get(path, params={"emailaddress": address})
        for address in ("info@laden.example", "nobody-at-all@laden.example", "INFO@Laden.example")
    ]
    assert {reply.status_code for reply in replies} == {200}
    assert len({(reply.content, tuple(sorted(reply.headers.items()))) for reply in replies}) == 1
    assert replies[0].headers["content-type"] == "text/xml; charset=utf-8"
    (provider,) = minidom.parseString(replies[0].content).getElementsByTagName("emailProvider")
    assert provider.getAttribute("id") == "laden.example"
    assert [node.firstChild.data for node in provider.getElementsByTagName("hostname")] == [  # type: ignore[union-attr]  # a text
        "imap.musterhost.example", "smtp.musterhost.example",
    ]  # fmt: skip


async def test_without_an_address_they_are_those_of_the_host(http: httpx2.AsyncClient) -> None:
    reply = await http.get(PATHS[1])
    assert (reply.status_code, "%EMAILADDRESS%" in reply.text) == (200, True)
    assert 'id="musterhost.example"' in reply.text
    head = await http.head(PATHS[1])
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(reply.content)))


HOSTILE = [
    "", "info", "a@b", "a@b.example&emailaddress=c@d.example", quote("a@<script>.example"), quote('a@b.example"><x>'),
    quote("a@b.example\r\nSet-Cookie: x=y"), "%00@b.example", "a@%ED%A0%80.example", "%FF%FE@b.example", "a@%",
    "a@b.example%00", quote("&xxe;@b.example") + "%3C", "a@" + "b." * 3_000 + "example", "a" * 7_000 + "@b.example",
    quote("a@раypal.example"),
    quote("../../etc/passwd"), "%EMAILADDRESS%", "a@b.example;c@d.example", "a+b@c.example", "a@xn--a.example",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
async def test_what_is_no_address_is_refused_and_neither_echoed_nor_logged(
    query: str, http: httpx2.AsyncClient
) -> None:
    log = Log()
    reply = await http.get(f"{PATHS[0]}?emailaddress={query}")
    assert (reply.status_code, code(reply)) == (400, "BAD_USER_INPUT")
    assert "script" not in reply.text
    assert "passwd" not in reply.text
    assert "emailaddress" not in log.text
    assert "b.example" not in log.text


async def test_only_get_and_head_are_answered(http: httpx2.AsyncClient) -> None:
    reply = await http.post(PATHS[0], content=b"emailaddress=a@b.example")
    assert (reply.status_code, reply.headers["allow"]) == (405, "GET, HEAD")
