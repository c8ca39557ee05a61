"""The Markdown that agreements are written in: headings, paragraphs and flat lists, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

LONGEST = 2_000
"""Characters of one paragraph: what a page takes as one."""

_HEADING = re.compile(r"(#{1,3}) (\S.*)")
_ITEM = re.compile(r"(-|[0-9]{1,2}\.|\([a-z0-9]{1,2}\)) (\S.*)", re.ASCII)
_FOREIGN = re.compile(r"[`<>|\\]|\*|_{2}|\]\(|^(?:={3,}|-{3,}|#)|^\s")


class BlockKind(Enum):
    """What a block of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """A block. `level` of a heading is 1 to 3; `mark` is what stands before an item: `-`, `1.`, `(a)`."""

    kind: BlockKind
    text: str
    level: int = 0
    mark: str = ""


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text. Lines that follow each other are one paragraph; a heading or an item is a line of its own.

    Raises `ValueError`, naming the line, for Markdown of any other kind and for paragraphs longer than `LONGEST`.
    """
    return tuple(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    paragraph: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        made = _block(line.rstrip(), number)
        if isinstance(made, str):
            paragraph.append(made)
            continue
        if paragraph:
            yield _fitting(Block(BlockKind.PARAGRAPH, " ".join(paragraph)), number - 1)
            paragraph = []
        if made is not None:
            yield _fitting(made, number)


def _block(line: str, number: int) -> Block | str | None:
    """A heading or an item, a line of a paragraph, or nothing."""
    if not line:
        return None
    if (heading := _HEADING.fullmatch(line)) is not None:
        made = Block(BlockKind.HEADING, heading[2], level=len(heading[1]))
    elif (item := _ITEM.fullmatch(line)) is not None:
        made = Block(BlockKind.ITEM, item[2], mark=item[1])
    else:
        made = Block(BlockKind.PARAGRAPH, line)
    if _FOREIGN.search(made.text):
        raise ValueError(f"line {number} is no heading, paragraph or item of plain text")
    return line if made.kind is BlockKind.PARAGRAPH else made


def _fitting(block: Block, number: int) -> Block:
    if len(block.text) > LONGEST:
        raise ValueError(f"the paragraph that ends in line {number} has more than {LONGEST} characters")
    return block
