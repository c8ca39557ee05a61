"""docs/account.md says the truth: each operation is asked of a demo, as printed and in order, and gives the printed answer.

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

`as:` is `customer` (20481937), `agency` (20660128), `package` (familie-weiss.example), `anonymous`, or a `gws_…` token
that an earlier answer of the section printed. A caller is signed in once in a section. `raised` gives the password again
before (`reauthenticate`); the caller goes on with the new token.

What differs from demo to demo is compared by shape, without saying so: ids (`pkg_01h455vb4pex5vsknk084sn02q`), tokens
(`gws_45e771c9…`, shortened or not), dates and instants (`2026-11-23`, `2026-11-23T09:30:00Z`). Everything else has to be
equal. A printed id stands for the same row in the whole section: write it into variables (or the operation) as printed.
More comments, one a line, before the operation, say what else is different:

    <!-- language: de -->                           Accept-Language of the request; otherwise `en`
    <!-- varies: twoFactorBegin.secret other.path -->  values at these paths of `data` (and beneath them) only need the same
                                                    type; indexes of lists are left out; a text can be used later as printed
    <!-- "834921" is the code of "JBSWY3DPEHPK3PXP" -->  the printed one-time code stands for the secret's code of now
    <!-- mailed: gwl_1f0b… -->                      the printed token stands for the newest one of its kind in a mail
"""

from __future__ import annotations

import re
import shutil
import time
from email import message_from_bytes, policy
from pathlib import Path

import pyotp
import pytest

from tests.readme.printed import Known, PageError, Step, compare, sections
from tests.running_demo import AGENCY, PACKAGE, PERSON, ROOT, SHOWN, Demo, serving

PAGE = sections((ROOT / "docs" / "account.md").read_text(encoding="utf-8"))
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
        answer = self._demo.send({"query": query, "variables": variables}, token, language=step.language)
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


@pytest.mark.parametrize("title", [title for title, steps in PAGE.items() if steps])
def test_each_operation_of_a_section_answers_as_printed(title: str, demo_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(demo_folder, tmp_path, dirs_exist_ok=True)
    with serving(tmp_path, **SHOWN) as demo:
        reading = Reading(demo, tmp_path / "var" / "mail")
        for step in PAGE[title]:
            reading.ask(step)


STEP = """## A section

<!-- as: customer -->
```graphql
{ package(id: "pkg_01h455vb4pex5vsknk084sn02q") { id name } }
```

```json
{"data": {"package": {"id": "pkg_01h455vb4pex5vsknk084sn02q", "name": "Chor", "at": "2026-11-23"}}}
```
"""
FIRST, SECOND = "pkg_01h455vb4pex5vsknk084sn02q", "pkg_01kawt1y3hfpp8g7gvxefp4qk1"


def answer(**changed: object) -> dict[str, object]:
    return {"data": {"package": {"id": SECOND, "name": "Chor", "at": "2030-01-01"} | changed}}


def test_ids_and_dates_are_compared_by_shape_and_ids_are_learned() -> None:
    (step,) = sections(STEP)["A section"]
    known = Known()
    compare(step, answer(), known)
    assert known.put(step.query) == step.query.replace(FIRST, SECOND)


@pytest.mark.parametrize(
    "other",
    [{"name": "Choir"}, {"name": None}, {"id": SECOND.replace("pkg", "con")}, {"at": "2030-01-01T09:30:00Z"}, {"x": 1}],
)
def test_any_other_difference_is_told(other: dict[str, object]) -> None:
    (step,) = sections(STEP)["A section"]
    with pytest.raises(PageError, match=r"line 3: data\.package"):
        compare(step, answer(**other), Known())


def test_a_printed_id_stands_for_one_row_only() -> None:
    (step,) = sections(STEP)["A section"]
    with pytest.raises(PageError, match=r"data\.package\.id"):
        compare(step, answer(), Known({FIRST: FIRST}))


@pytest.mark.parametrize(
    "page",
    [
        STEP.replace("## A section", ""),
        STEP.replace("<!-- as: customer -->\n", ""),
        STEP.replace("customer", "stranger"),
        STEP.replace("as: customer", "vary: x"),
        STEP.replace("```json\n", "```text\n"),
    ],
)
def test_a_page_that_could_pass_unread_is_refused(page: str) -> None:
    with pytest.raises(PageError):
        sections(page)
