"""Reading a page of docs/ to a demo: each operation is asked as printed and in order, and must give the printed answer.

How to write a section. `## Heading` starts it; it runs on a demo of its own, so nothing of one section reaches another.
An operation is a comment that says who asks, a ```graphql block, a ```json variables block if it has any, and a ```json
block with the whole answer (`{"data": …}`, with `errors` if there are some). Prose may stand around, not in between:

    <!-- as: customer raised -->
    ```graphql
    mutation ($input: UsernameSetInput!) { usernameSet(input: $input) { errors { code } } }
    ```
    ```json variables
    {"input": {"username": "katharina"}}
    ```
    ```json
    {"data": {"usernameSet": {"errors": []}}}
    ```

`as:` is `customer` (20481937), `agency` (20660128), `package` (familie-weiss.example), `anonymous`, or a token (`gws_…`,
`gwa_…`) that an earlier answer of the section printed. A caller is signed in once in a section. `raised` gives the
password again before (`reauthenticate`); the caller goes on with the new token.

What differs from demo to demo is compared by shape, without saying so: ids (`pkg_01h455vb4pex5vsknk084sn02q`), tokens
(`gws_45e771c9…`, shortened or not), dates and instants (`2026-11-23`, `2026-11-23T09:30:00Z`). Everything else has to be
equal. A printed id stands for the same row in the whole section: write it into variables (or the operation) as printed.
More comments, one a line, before the operation, say what else is different:

    <!-- language: de -->                           Accept-Language of the request; otherwise `en`
    <!-- varies: twoFactorBegin.secret other.path -->  values at these paths of `data` (and beneath them) only need the same
                                                    type; indexes of lists are left out; a text can be used later as printed
    <!-- "834921" is the code of "JBSWY3DPEHPK3PXP" -->  the printed one-time code stands for the secret's code of now
    <!-- view-as: pkg_01h4… -->                      X-View-As of the request
    <!-- mailed: gwl_1f0b… -->                      the printed token stands for the newest one of its kind in a mail
"""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from pathlib import Path

import pyotp

from tests.readme.printed import Known, PageError, Step, compare
from tests.running_demo import AGENCY, PACKAGE, PERSON, Demo

LOGINS = {"customer": PERSON, "agency": AGENCY, "package": PACKAGE}
PATIENCE = 20.0
"""Seconds a mail may take to be written."""

RAISE = (
    "mutation ($input: ReauthenticateInput!) { reauthenticate(input: $input) { session { token } errors { code } } }"
)


class Reading:
    """A section being read to a demo: who is signed in by now, and what stands for what was printed."""

    def __init__(self, demo: Demo, mails: Path) -> None:
        self._demo = demo
        self._mails = mails
        self._tokens: dict[str, str] = {}
        self._known = Known()

    def ask(self, step: Step) -> None:
        """Ask one operation and compare its answer."""
        for printed, secret in step.codes:
            self._known.values[printed] = pyotp.TOTP(self._known.put(secret)).now()
        for printed in step.mailed:
            self._known.values[printed] = self._mailed(printed.partition("_")[0])
        token = self._token(step)
        query, variables = self._known.put(step.query), self._known.put_all(step.variables)
        headers = {"X-View-As": self._known.put(step.view_as)} if step.view_as else {}
        answer = self._demo.send({"query": query, "variables": variables}, token, language=step.language, **headers)
        compare(step, answer, self._known)

    def _token(self, step: Step) -> str | None:
        if step.caller == "anonymous":
            return None
        if step.caller not in LOGINS:
            return self._known.put(step.caller)
        login = LOGINS[step.caller]
        if step.caller not in self._tokens:
            self._tokens[step.caller] = self._demo.token(login)
        if step.raised:
            given = {"password": self._demo.passwords[login]}
            payload = self._demo.ask(RAISE, self._tokens[step.caller], input=given)["reauthenticate"]
            assert payload["errors"] == []
            self._tokens[step.caller] = payload["session"]["token"]
        return self._tokens[step.caller]

    def _mailed(self, kind: str) -> str:
        """The newest token of a kind that no operation before had."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            newest = sorted(self._mails.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
            for file in newest:
                body = message_from_bytes(file.read_bytes(), policy=policy.default).get_body(("plain",))
                found = re.search(rf"\b{kind}_\w+", "" if body is None else body.get_content())
                if found is not None and found.group() not in self._known.values.values():
                    return found.group()
            time.sleep(0.1)
        raise PageError(f"no mail with a {kind}_… came")
