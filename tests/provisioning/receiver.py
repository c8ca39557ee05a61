"""A host's system of its own: takes orders, loses, delays, repeats and refuses them, and tells results by calls.

`python -m tests.provisioning.receiver JOURNAL SECRET` prints its port. What it does with an order is said by the order itself:
`desired.script` has a word for each time it comes, "ok" beyond its end. It applies an order once by its id, with a line in the
journal, and notes each arrival there. Messages are verified and signed by the library of the Standard Webhooks. Where it
calls is said with `PUT /callback`.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import urllib.request
from collections import Counter
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

TOO_LONG = 1.5
"""Seconds: longer than the tests let an answer take."""


class System:
    """What it knows: how often each order came, and which were applied."""

    def __init__(self, journal: Path, secret: str) -> None:
        self.journal = journal
        self.webhook = Webhook(secret)
        self.callback = ""
        self.arrived: Counter[str] = Counter()
        self.applied: set[str] = set()
        self.lock = threading.Lock()

    def note(self, what: str, order: dict[str, Any]) -> None:
        """A line in the journal, on the disk."""
        line = {"what": what, "id": order["id"], "package": order["packageId"], "number": order["number"]}
        with self.journal.open("a") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def word(self, order: dict[str, Any]) -> str:
        """What to do this time."""
        with self.lock:
            self.note("arrived", order)
            script, times = order["desired"].get("script", []), self.arrived[order["id"]]
            self.arrived[order["id"]] += 1
        return str(script[times]) if times < len(script) else "ok"

    def apply(self, order: dict[str, Any]) -> None:
        """Do it, unless it was done."""
        with self.lock:
            if order["id"] not in self.applied:
                self.applied.add(order["id"])
                self.note("applied", order)

    def call(self, told: dict[str, Any], times: int = 1) -> None:
        """Tell the gateway, some moments later."""
        body, id = json.dumps(told), f"msg_{told['id']}"
        time.sleep(0.05)
        for _ in range(times):
            now = datetime.now(UTC)
            headers = {
                "content-type": "application/json", "webhook-id": id, "webhook-timestamp": str(int(now.timestamp())),
                "webhook-signature": self.webhook.sign(id, now, body),
            }  # fmt: skip
            asked = urllib.request.Request(self.callback, body.encode(), headers, method="POST")
            with urllib.request.urlopen(asked, timeout=10) as answer:
                answer.read()


class Handler(BaseHTTPRequestHandler):
    """Its door."""

    system: System

    def do_PUT(self) -> None:
        self.system.callback = self._body().decode()
        self._say(200, b"")

    def do_POST(self) -> None:
        body = self._body()
        try:
            order = self.system.webhook.verify(body, dict(self.headers))
            assert order["id"] == self.headers["webhook-id"]
        except WebhookVerificationError:
            self._say(401, b"")
            return
        word = self.system.word(order)
        if word == "lose":
            self.close_connection = True
        elif word == "apply and lose":
            self.system.apply(order)
            self.close_connection = True
        elif word == "delay":
            self.system.apply(order)
            time.sleep(TOO_LONG)
            self._say(200, b'{"result": "SUCCEEDED"}')
        elif word == "fault":
            self._say(503, b"busy")
        elif word == "broken":
            self.system.apply(order)
            self._say(200, b'{"result": "SUCC')
        elif word == "redirect":
            self._say(307, b"", location=f"http://127.0.0.1:{self.server.server_address[1]}/elsewhere")
        elif word == "flood":
            self._say(200, b'{"result": "SUCCEEDED", "facts": {"a": "' + b"x" * 200_000 + b'"}}')
        elif word == "refuse":
            self._say(409, b'{"error": "QUOTA_TOO_LARGE"}')
        elif word == "accept and forget":
            self._say(202, b"")
        elif word == "accept":
            self._say(202, b"")
            self.system.apply(order)
            self.system.call({"id": order["id"], "progress": 30})
            self.system.call({"id": order["id"], "result": "SUCCEEDED", "facts": {}}, times=3)
        elif word == "accept and fail":
            self._say(202, b"")
            self.system.call({"id": order["id"], "result": "FAILED", "error": "NO_ROOM"})
        else:
            self.system.apply(order)
            self._say(200, b'{"result": "SUCCEEDED", "facts": {"tlsValidDays": 90}}')

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers["content-length"]))

    def _say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        pass


def main(journal: Path, secret: str) -> None:
    Handler.system = System(journal, secret)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
