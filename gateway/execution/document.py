"""From a text to a document that may run: looked at, parsed, judged by its cost, validated, once; then found by text.

Any text of 64 KiB takes less than 100 ms of CPU; the cheap looks come first, so that most hostile texts take little.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    Source,
    SourceLocation,
    parse,
)

from gateway.errors import ErrorCode, GatewayError, bad_input
from gateway.execution.bounded import Bounded
from gateway.execution.cost import Judge
from gateway.execution.lexemes import Excess, lexemes
from gateway.execution.limits import Limits
from gateway.execution.price import Price, too_complex
from gateway.execution.refusal import plain_refusal, refusal
from gateway.execution.validation import Validation
from gateway.execution.variables import Variables

BYTES_PER_DOCUMENT = 5_000
"""What a document takes however short it is (measured: 2,000 to 4,500)."""

BYTES_PER_TOKEN = 600
"""What a token takes in memory as nodes, places and formulas (measured: 250 to 570), fifty times its text."""

BYTES_PER_ERROR = 1_200
"""What an error takes with its extensions and places (measured: 600 to 1,000)."""

LITERAL = re.compile(r"(?: (String|BlockString|Int|Float) '|, did you mean ).*\Z", re.DOTALL)
"""The end of a syntax error's message from a literal on, which may be a password, or from a guess at what was meant."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a valid document."""

    name: str | None
    kind: OperationType
    node: OperationDefinitionNode
    price: Price
    """`price.of(variables)` is its cost, or the refusal of what is too dear with these variables."""
    variables: Variables
    """`variables.read(given)` are their coerced values."""


@dataclass(slots=True, eq=False)
class Document:
    """What became of a text: operations, or errors that answer the request. Shared by every request with that text."""

    text: str
    errors: tuple[GraphQLError, ...] = ()
    """Request errors with `extensions.code`. Where `original_error` is a `GatewayError`, it has the other languages."""
    ast: DocumentNode | None = None
    """Present when there are no errors."""
    operations: dict[str, Operation] = field(default_factory=dict)
    """By name; an operation without one is under ""."""
    fragments: dict[str, FragmentDefinitionNode] = field(default_factory=dict)
    bytes: int = 0
    """What it takes in memory, estimated."""
    sightings: int = 1
    """How often the text was asked for. One that is never cached stays at 1."""

    @property
    def text_hash(self) -> str:
        """The SHA-256 of the text in UTF-8, in lower-case hex, as clients name it."""
        return sha256(self.text.encode(errors="surrogatepass")).hexdigest()

    def operation(self, name: str | None) -> Operation:
        """The operation called `name`; without a name (`None` or "") the only one there is.

        Raises `BAD_USER_INPUT` for a name that is not there and for a missing name among several: never a guess.
        The document must have no errors.
        """
        if name:
            found = self.operations.get(name)
            if found is None:
                raise bad_input("operation.unknown")
            return found
        if len(self.operations) != 1:
            raise bad_input("operation.name_needed")
        return next(iter(self.operations.values()))


class Text(Source):
    """A source that finds a line by halving; the library reads the whole text for each error it locates."""

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *[match.end() for match in re.finditer(r"\r\n|[\n\r]", self.body)]]

    def get_location(self, position: int) -> SourceLocation:
        line = max(bisect_left(self._starts, position + 1), 1)
        return SourceLocation(line, position + 1 - self._starts[line - 1])


class Documents:
    """The documents of one schema, by text.

    Three caches, so that a stranger's texts can't drive out those in use: texts seen once, texts seen again, and
    texts that were refused. All are bounded by entries and bytes, and nothing in them belongs to a viewer.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: Limits,
        *,
        introspection: bool,
        entries: int = 1_000,
        bytes: int = 24 << 20,
        longest: int = 32 << 10,
    ) -> None:
        """`entries` and `bytes` bound the three caches together; a text over `longest` characters is never kept."""
        self._schema = schema
        self._limits = limits
        self._longest = longest
        self._judge = Judge(schema, limits, introspection)
        self._validation = Validation(schema, introspection)
        self.known: Bounded[str, Document] = Bounded(entries * 5 // 10, bytes * 5 // 10)
        self.seen: Bounded[str, Document] = Bounded(entries * 3 // 10, bytes * 4 // 10)
        self.refused: Bounded[str, Document] = Bounded(entries * 2 // 10, bytes // 10)

    def document(self, text: str) -> Document:
        """What becomes of `text`. Never raises: the errors are in the document."""
        known = self.known.get(text)
        if known is not None:
            known.sightings += 1
            return known
        seen = self.seen.pop(text)
        if seen is not None:
            seen.sightings += 1
            self.known.put(text, seen, seen.bytes)
            return seen
        refused = self.refused.get(text)
        if refused is not None:
            refused.sightings += 1
            return refused
        document = self._read(text)
        if len(text) <= self._longest:
            (self.refused if document.errors else self.seen).put(text, document, document.bytes)
        return document

    def _read(self, text: str) -> Document:
        weight = 2 * sys.getsizeof(text)  # the text itself, and its names and values in the nodes
        count = self._look(text)
        if isinstance(count, GraphQLError):
            return Document(text, (count,), bytes=weight + BYTES_PER_ERROR)
        try:
            ast = parse(Text(text), max_tokens=self._limits.tokens, allow_empty_selection_sets=False)
        except GraphQLError as error:
            message = LITERAL.sub(lambda found: f" {found[1]}." if found[1] else ".", error.message)
            refused = plain_refusal(ErrorCode.GRAPHQL_PARSE_FAILED, message, error.locations)
            return Document(text, (refused,), bytes=weight + BYTES_PER_ERROR)
        judgement = self._judge.judge(ast)
        errors = tuple(judgement.refusals or self._validation.errors(ast))
        if errors:
            return Document(text, errors, bytes=weight + BYTES_PER_ERROR * len(errors))
        nodes = [node for node in ast.definitions if isinstance(node, OperationDefinitionNode)]
        operations = [
            Operation(
                node.name.value if node.name else None, node.operation, node, price, Variables(self._schema, node)
            )
            for node, price in zip(nodes, judgement.prices, strict=True)
        ]
        return Document(
            text,
            ast=ast,
            operations={operation.name or "": operation for operation in operations},
            fragments={node.name.value: node for node in ast.definitions if isinstance(node, FragmentDefinitionNode)},
            bytes=weight + BYTES_PER_DOCUMENT + BYTES_PER_TOKEN * count,
        )

    def _look(self, text: str) -> int | GraphQLError:
        """The number of tokens, or why the text is not worth parsing."""
        try:
            text.encode()
        except UnicodeEncodeError:  # half a character: no answer could repeat it
            return refusal(GatewayError(ErrorCode.GRAPHQL_PARSE_FAILED, "query.not_unicode"))
        count = lexemes(text, self._limits.tokens, self._limits.nesting)
        return refusal(too_complex(count.limit, count.most)) if isinstance(count, Excess) else count
