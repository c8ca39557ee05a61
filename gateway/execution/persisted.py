"""Operations that clients send by their hash instead of their text.

Automatic persisted queries as Apollo, urql and the mobile clients speak them (`extensions.persistedQuery`, version 1):
a hash nobody has sent yet is answered with the message "PersistedQueryNotFound", upon which the client sends hash and
text once. All of them look for that message (Apollo Client for a code of its own as well), so the code is `NOT_FOUND`.

A list written at build time can come on top, and can be all there is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from graphql import GraphQLSyntaxError, parse

from gateway.errors import ErrorCode, GatewayError, bad_input
from gateway.execution.bounded import Bounded
from gateway.execution.document import Document, Documents

HASH = re.compile(r"[0-9a-f]{64}")

MANIFEST = "apollo-persisted-query-manifest"
"""The format of `@apollo/generate-persisted-query-manifest` and Apollo's Kotlin and Swift compilers."""


class Persisted:
    """Finds the document a request means, by text, by hash or by both."""

    def __init__(
        self,
        documents: Documents,
        listed: Mapping[str, str] | None = None,
        *,
        only: bool = False,
        entries: int = 2_000,
        bytes: int = 4 << 20,
        longest: int = 32 << 10,
    ) -> None:
        """`listed` maps ids to texts; with `only` nothing else is answered. The bounds are those of what clients teach.

        Raises `ValueError` for `only` without a list.
        """
        if only and not listed:
            raise ValueError("only listed operations are to be answered, but none is listed")
        self._documents = documents
        self._listed = dict(listed or {})
        self._texts = frozenset(self._listed.values())
        self._only = only
        self._longest = longest
        self.taught: Bounded[str, str] = Bounded(entries, bytes)

    def document(self, query: str | None, extensions: Mapping[str, Any] | None) -> Document:
        """The document of a request with these parameters; its own errors are in it.

        Raises `GatewayError`: `BAD_USER_INPUT` for a request without text or hash, a malformed hash or one that is not
        the text's; `NOT_FOUND` for a hash whose text is not known; `FORBIDDEN` for what is not listed where it must be.
        """
        claimed = _claimed(extensions)
        listed = self._listed.get(claimed) if claimed is not None else None
        if listed is not None:
            if query is not None and query != listed:
                raise bad_input("persisted.mismatch")
            return self._documents.document(listed)
        if claimed is not None and not HASH.fullmatch(claimed):
            raise bad_input("persisted.malformed")
        if claimed is None and query is None:
            raise bad_input("query.missing")
        if self._only and query not in self._texts:
            raise GatewayError(ErrorCode.FORBIDDEN, "operation.not_listed")
        if claimed is None:
            return self._documents.document(query or "")
        return self._by_hash(claimed, query)

    def _by_hash(self, claimed: str, query: str | None) -> Document:
        taught = self.taught.get(claimed)
        if query is None:
            if taught is None:
                raise GatewayError(ErrorCode.NOT_FOUND, "persisted.not_found")
            return self._documents.document(taught)
        if query != taught and sha256(query.encode(errors="surrogatepass")).hexdigest() != claimed:
            raise bad_input("persisted.mismatch")
        document = self._documents.document(query)
        if not document.errors and taught is None and len(query) <= self._longest:
            self.taught.put(claimed, query, 4 * len(query) + 200)
        return document


def _claimed(extensions: Mapping[str, Any] | None) -> str | None:
    """The hash or id a request names, of whatever form; `None` when it names none."""
    persisted = extensions.get("persistedQuery") if extensions else None
    if persisted is None:
        return None
    if not isinstance(persisted, Mapping):
        raise bad_input("persisted.malformed")
    version, claimed = persisted.get("version"), persisted.get("sha256Hash")
    if type(version) is not int or version != 1 or not isinstance(claimed, str):
        raise bad_input("persisted.malformed")
    return claimed


def listed_operations(path: Path) -> dict[str, str]:
    """The operations of a file, by id: Apollo's manifest, or the plain map that GraphQL Code Generator and Relay write.

    Ids are taken as they are; those of Relay are MD5 and those of GraphQL Code Generator SHA-1 unless told otherwise.
    Raises `ValueError` naming the file and what is wrong with it.
    """
    try:
        content = json.loads(path.read_text("utf-8-sig"), object_pairs_hook=_each_once)
        operations = _of_manifest(content) if isinstance(content.get("operations"), list) else content
        for id, text in operations.items():
            _check(id, text)
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from None
    except RecursionError:
        raise ValueError(f"{path}: nested too deeply") from None
    except (ValueError, AttributeError) as error:
        reason = error if isinstance(error, ValueError) else "the file must hold a JSON object"
        raise ValueError(f"{path}: {reason}") from None
    if not operations:
        raise ValueError(f"{path}: there is no operation in it")
    return operations


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} is there twice")
    return found


def _of_manifest(content: dict[str, Any]) -> dict[str, Any]:
    if content.get("format") != MANIFEST or content.get("version") != 1:
        raise ValueError(f"'format' must be {MANIFEST!r} and 'version' 1")
    entries = []
    for number, operation in enumerate(content["operations"]):
        if not isinstance(operation, dict) or not isinstance(operation.get("id"), str):
            raise ValueError(f"operation {number} has no id")
        entries.append((operation["id"], operation.get("body")))
    return _each_once(entries)


def _check(id: str, text: Any) -> None:
    if not id or len(id) > 200:
        raise ValueError("an id must have 1 to 200 characters")
    if not isinstance(text, str):
        raise ValueError(f"{id!r} must be the text of an operation")
    try:
        parse(text, no_location=True)
    except GraphQLSyntaxError as error:
        raise ValueError(f"{id!r}: {error.message}") from None
