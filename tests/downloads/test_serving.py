"""Downloads from a real `gateway serve`: a process of its own, a socket, and the process that draws."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.downloads.billing import People, open_session
from tests.downloads.reading import text

ROOT = Path(__file__).resolve().parents[2]
COMPANY = {
    "name": "Nordlicht Hosting eG", "street": "Kai 1", "postcode": "24103", "city": "Kiel", "country": "DE",
    "iban": "DE02120300000000202051", "tax_number": "20/123/45678",
}  # fmt: skip


def command(folder: Path, **settings: str) -> subprocess.Popen[bytes]:
    """`gateway serve` in `folder`, with these settings and none of this process's."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GATEWAY_")}
    given = {"GATEWAY_PORT": "0", "GATEWAY_KEYS": "1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE", **settings}
    return subprocess.Popen(
        [sys.executable, "-m", "gateway", "serve"],
        cwd=folder,
        env=inherited | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | given,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A server that answers, and its port; ended at the end."""
    process = command(folder, **settings)
    try:
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        assert line.startswith("Serving at "), line
        yield process, int(line.split()[2].rpartition(":")[2])
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


class Answer:
    """What came over the wire, to the last byte before the connection ended."""

    def __init__(self, port: int, path: str, token: str | None = None, *, method: str = "GET", body: str = "") -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Connection": "close"} | ({"Authorization": f"Bearer {token}"} if token else {})
        if body:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, body or None, headers)
        response = connection.getresponse()
        self.status, self.headers = response.status, {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()
        connection.close()


async def test_a_served_gateway_draws_stores_and_ends_with_nothing_left(
    people: People, database_url: str, tmp_path: Path
) -> None:
    token = await open_session(people.eve, at=datetime.now(UTC))
    (tmp_path / "company.json").write_text(json.dumps(COMPANY))
    with serving(tmp_path, GATEWAY_DATABASE_URL=database_url, GATEWAY_COMPANY_FILE="company.json") as (process, port):
        mutation = (
            f'mutation {{ invoiceTicketCreate(input: {{invoiceId: "{people.first.id}"}}) {{ ticket {{ path }} }} }}'
        )
        asked = Answer(port, "/graphql", token, method="POST", body=json.dumps({"query": mutation}))
        path = json.loads(asked.body)["data"]["invoiceTicketCreate"]["ticket"]["path"]

        head = Answer(port, path, method="HEAD")
        assert (head.status, head.body) == (200, b"")
        file = Answer(port, path)
        assert (file.status, file.headers["content-type"]) == (200, "application/pdf")
        assert file.headers["content-length"] == head.headers["content-length"] == str(len(file.body))
        assert "Rechnung 2026-000101" in text(file.body)
        assert "Nordlicht Hosting eG" in text(file.body)
        assert Answer(port, path).status == 404

        again = Answer(port, path.partition("?")[0], token)
        assert again.body == file.body
        assert Answer(port, path.partition("?")[0]).status == 401
        assert Answer(port, "/invoices/2026-000201.pdf", token).status == 404

        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=30)  # ends when everybody who writes to it has, the drawing process too
    assert process.returncode == 0
    assert path.partition("=")[2].encode() not in log
    assert b"ticket=" not in log
    assert b"2026-000101" not in log
    assert "stopped" in [json.loads(line)["event"] for line in log.splitlines()]


def test_the_server_does_not_start_without_the_company_it_was_told_of(database_url: str, tmp_path: Path) -> None:
    process = command(tmp_path, GATEWAY_DATABASE_URL=database_url, GATEWAY_COMPANY_FILE="nowhere.json")
    out, error = process.communicate(timeout=30)
    assert (process.returncode, out) == (2, b"")
    assert error == b"gateway: GATEWAY_COMPANY_FILE nowhere.json: No such file or directory\n"
