"""Operations as a page prints them: read out of Markdown, asked with what stands for the printed values, and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
COMMENT = re.compile(r"<!-- (.+?) -->\n")
OPERATION = re.compile(
    r"((?:<!-- [^\n]+? -->\n)*)```graphql\n(.*?)\n```\n\s*(?:```json variables\n(.*?)\n```\n\s*)?```json\n(.*?)\n```",
    re.DOTALL,
)
CODE = re.compile(r'"(.+?)" is the code of "(.+?)"')

ID = re.compile(r"\b[a-z]{3}_[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}\b")
TOKEN = re.compile(r"\bgw[a-z]_[0-9a-f]+…?")
MOMENT = re.compile(r"\b\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|\+00:00))?(?!\d)")

CALLERS = ("customer", "agency", "package", "anonymous")


class PageError(Exception):
    """The page is not as it has to be, or the answer is not the printed one; the message says where."""


@dataclass(frozen=True)
class Step:
    """One operation of a page: who asks what, what is answered, and what may differ from one demo to the next."""

    line: int
    caller: str
    raised: bool
    language: str
    query: str
    variables: dict[str, Any]
    answer: dict[str, Any]
    varies: frozenset[str]
    codes: tuple[tuple[str, str], ...]
    """Printed one-time codes, each with the printed secret it is made of."""
    mailed: tuple[str, ...]
    """Printed tokens that came by mail."""
    view_as: str = ""
    """The printed id of the package whose login's answer is asked for."""


def sections(page: str) -> dict[str, list[Step]]:
    """The operations of each section of a page, in order. Raises `PageError` for one without an answer or asker."""
    headings = list(HEADING.finditer(page))
    found: dict[str, list[Step]] = {heading.group(1): [] for heading in headings}
    for match in OPERATION.finditer(page):
        title = next((h.group(1) for h in reversed(headings) if h.start() < match.start()), None)
        line = page.count("\n", 0, match.start()) + 1
        if title is None:
            raise PageError(f"line {line}: an operation outside of a section")
        found[title].append(_step(line, *match.groups()))
    if page.count("```graphql\n") != sum(map(len, found.values())):
        raise PageError("an operation has no answer after it")
    return found


def _step(line: int, comments: str, query: str, variables: str | None, answer: str) -> Step:
    said: dict[str, list[str]] = {"as": [], "varies": [], "mailed": [], "language": [], "view-as": []}
    codes: list[tuple[str, str]] = []
    for comment in COMMENT.findall(comments):
        name, colon, words = comment.partition(": ")
        if code := CODE.fullmatch(comment):
            codes.append((code[1], code[2]))
        elif colon and name in said:
            said[name] += words.split()
        else:
            raise PageError(f"line {line}: nobody knows what <!-- {comment} --> means")
    caller, *rest = said["as"] or [""]
    if caller.partition("_")[0] not in (*CALLERS, "gws", "gwa") or rest not in ([], ["raised"]):
        raise PageError(f"line {line}: who asks? `<!-- as: customer -->`, one of {', '.join(CALLERS)}")
    language = (said["language"] or ["en"])[0]
    return Step(
        line,
        caller,
        bool(rest),
        language,
        query,
        json.loads(variables) if variables else {},
        json.loads(answer),
        frozenset(said["varies"]),
        tuple(codes),
        tuple(said["mailed"]),
        "".join(said["view-as"]),
    )


@dataclass
class Known:
    """What stands in this demo for what the page prints: ids, tokens, and what a `varies` path had."""

    values: dict[str, str] = field(default_factory=dict)

    def put(self, text: str) -> str:
        """A text with each printed value exchanged."""
        for printed in sorted(self.values, key=len, reverse=True):
            text = text.replace(printed, self.values[printed])
        return text

    def put_all(self, value: Any) -> Any:
        """The same for all texts of a JSON value."""
        if isinstance(value, dict):
            return {name: self.put_all(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.put_all(inner) for inner in value]
        return self.put(value) if isinstance(value, str) else value


def compare(step: Step, answered: Any, known: Known) -> None:
    """Hold an answer to the printed one, and learn from it what stands for what. Raises `PageError` at a difference."""
    for path, printed, real in _pairs("", step.answer, answered):
        bare = path.removeprefix("data.")
        if any(bare == varying or bare.startswith(f"{varying}.") for varying in step.varies):
            same = type(printed) is type(real)
            if isinstance(printed, str) and same:
                known.values[printed] = real
        elif isinstance(printed, str) and isinstance(real, str):
            same = _steady(printed) == _steady(real) and _learn(printed, real, known)
        else:
            same = type(printed) is type(real) and printed == real
        if not same:
            raise PageError(f"line {step.line}: {path} is printed as {printed!r} and was {real!r}")


def _pairs(path: str, printed: Any, real: Any) -> Iterator[tuple[str, Any, Any]]:
    """The leaves of two values beside each other; where the shapes part, the values themselves."""
    if isinstance(printed, dict) and isinstance(real, dict) and list(printed) == list(real):
        for name in printed:
            yield from _pairs(f"{path}.{name}".lstrip("."), printed[name], real[name])
    elif isinstance(printed, list) and isinstance(real, list) and len(printed) == len(real):
        for inner, other in zip(printed, real, strict=True):
            yield from _pairs(path, inner, other)
    elif printed != {} or real != {}:
        yield path, printed, real


def _steady(text: str) -> str:
    """A text in which only the kind is left of what differs from demo to demo."""
    text = ID.sub(lambda id_: f"<id {id_.group()[:3]}>", text)
    text = TOKEN.sub(lambda token: f"<token {token.group()[:3]}>", text)
    return MOMENT.sub(lambda moment: "<instant>" if "T" in moment.group() else "<date>", text)


def _learn(printed: str, real: str, known: Known) -> bool:
    """Note which id and token stands for which; a printed id stands for one in all the section."""
    for pattern in (ID, TOKEN):
        for one, other in zip(pattern.findall(printed), pattern.findall(real), strict=True):
            if pattern is ID and known.values.get(one, other) != other:
                return False
            known.values[one] = other
    return True
