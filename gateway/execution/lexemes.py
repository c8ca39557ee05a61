"""A look at a text before the recursive parser sees it: how many tokens, how many lines, how deeply nested.

The library's parser stops by itself at its own limits, with a syntax error that only its message tells apart from a
typing error. This look is one pass of one regular expression, ends at the first limit passed, and says which it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"""[ \t\n\r,\ufeff]*+
    (?: ([{(\[])
      | ([})\]])
      | [_A-Za-z][_0-9A-Za-z]*+
      | [!$&:=@|]
      | \.\.\.
      | -?[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+
      | "(?!"")(?:[^"\\\n\r]++|\\.)*+"
      | \"{3}(?:[^"\\]++|\\"{3}|\\|"(?!""))*+"{3}
      | \#[^\n\r]*+
    )""",
    re.VERBOSE,
)
"""A token of https://spec.graphql.org/September2025/#sec-Appendix-Grammar-Summary, comments included.

Every repetition is possessive: nothing is tried twice, so a hostile text takes linear time. The first group holds an
opening bracket, the second a closing one.
"""


@dataclass(frozen=True, slots=True)
class Excess:
    """The limit a text passes, by the name callers are told, and how much it allows."""

    limit: str
    most: int


def lexemes(text: str, tokens: int, nesting: int) -> int | Excess:
    """The number of tokens of `text` with its comments, or the first limit it passes.

    A line counts as much as a token: each error that is located counts the lines before it, so a text of 60,000
    empty lines is work for every error of its answer. What is no token ends the look; the parser will say so at the
    same place.
    """
    if text.count("\n") + text.count("\r") - text.count("\r\n") > tokens:
        return Excess("lines", tokens)
    count = level = position = 0
    match = TOKEN.match
    while token := match(text, position):
        count += 1
        if count > tokens:
            return Excess("tokens", tokens)
        position = token.end()
        bracket = token.lastindex
        if bracket == 1:
            level += 1
            if level > nesting:
                return Excess("nesting", nesting)
        elif bracket == 2:
            level -= 1
    return count
