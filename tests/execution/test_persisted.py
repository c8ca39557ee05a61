"""Operations by hash: Apollo's protocol, what it must not let in, and the list that can be all there is."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from gateway.errors import ErrorCode, GatewayError
from gateway.execution.persisted import Persisted, listed_operations
from tests.execution.small_schema import codes, documents

NAME, ID = "{viewer{name}}", "{viewer{id}}"


def hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def by_hash(text: str, version: Any = 1) -> dict[str, Any]:
    return {"persistedQuery": {"version": version, "sha256Hash": hashed(text)}}


def refusal(persisted: Persisted, query: str | None, extensions: Any) -> GatewayError:
    with pytest.raises(GatewayError) as refused:
        persisted.document(query, extensions)
    return refused.value


def test_a_text_alone_needs_no_hash() -> None:
    persisted = Persisted(documents())
    for extensions in (None, {}, {"persistedQuery": None}, {"other": 1}):
        assert persisted.document(NAME, extensions).text == NAME
    assert len(persisted.taught) == 0


def test_a_client_sends_the_hash_then_both_then_the_hash_again() -> None:
    persisted = Persisted(documents())
    unknown = refusal(persisted, None, by_hash(NAME))
    assert unknown.code is ErrorCode.NOT_FOUND
    assert unknown.text("en") == unknown.text("de") == "PersistedQueryNotFound"
    taught = persisted.document(NAME, by_hash(NAME))
    assert taught.errors == ()
    assert persisted.document(None, by_hash(NAME)) is taught


def test_a_text_that_is_not_its_hash_is_refused_and_teaches_nothing() -> None:
    persisted = Persisted(documents())
    for _ in range(2):
        mismatch = refusal(persisted, ID, by_hash(NAME))
        assert (mismatch.code, mismatch.key) == (ErrorCode.BAD_USER_INPUT, "persisted.mismatch")
        assert refusal(persisted, None, by_hash(NAME)).code is ErrorCode.NOT_FOUND
    persisted.document(NAME, by_hash(NAME))
    assert refusal(persisted, ID, by_hash(NAME)).key == "persisted.mismatch"
    assert persisted.document(None, by_hash(NAME)).text == NAME


@pytest.mark.parametrize("text", ["{viewer{nope}}", "{", "{viewer{" + "name " * 3_000 + "}}", '{a(x:"\ud800")}'])
def test_a_text_that_cannot_run_is_answered_with_its_errors_and_never_stored(text: str) -> None:
    persisted = Persisted(documents())
    claimed = sha256(text.encode(errors="surrogatepass")).hexdigest()
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": claimed}}
    for _ in range(2):
        assert codes(persisted.document(text, extensions))
        assert refusal(persisted, None, extensions).code is ErrorCode.NOT_FOUND


@pytest.mark.parametrize(
    "persisted_query",
    [
        "x",
        1,
        True,
        [],
        [1],
        {},
        {"version": 1},
        {"sha256Hash": hashed(NAME)},
        {"version": 2, "sha256Hash": hashed(NAME)},
        {"version": True, "sha256Hash": hashed(NAME)},
        {"version": "1", "sha256Hash": hashed(NAME)},
        {"version": 1.0, "sha256Hash": hashed(NAME)},
        {"version": 1, "sha256Hash": None},
        {"version": 1, "sha256Hash": 7},
        {"version": 1, "sha256Hash": [hashed(NAME)]},
        {"version": 1, "sha256Hash": ""},
        {"version": 1, "sha256Hash": hashed(NAME).upper()},
        {"version": 1, "sha256Hash": hashed(NAME)[:-1]},
        {"version": 1, "sha256Hash": hashed(NAME) + "\n"},
        {"version": 1, "sha256Hash": "\ud800"},
        {"version": 1, "sha256Hash": "9" * 60_000},
    ],
)
@pytest.mark.parametrize("query", [None, NAME])
def test_a_malformed_hash_is_refused(persisted_query: Any, query: str | None) -> None:
    error = refusal(Persisted(documents()), query, {"persistedQuery": persisted_query})
    assert (error.code, error.key) == (ErrorCode.BAD_USER_INPUT, "persisted.malformed")
    assert len(error.text("en")) < 200
    assert "{version: 1" in error.text("de")


def test_a_request_with_neither_text_nor_hash_is_refused() -> None:
    error = refusal(Persisted(documents()), None, None)
    assert (error.code, error.key) == (ErrorCode.BAD_USER_INPUT, "query.missing")


def test_what_clients_teach_is_bounded_and_a_long_text_is_not_learnt() -> None:
    persisted = Persisted(documents(), entries=10, longest=50)
    for number in range(30):
        text = f"{{viewer{{a{number}:name}}}}"
        persisted.document(text, by_hash(text))
    assert len(persisted.taught) == 10
    text = NAME + " " * 50
    assert persisted.document(text, by_hash(text)).errors == ()
    assert refusal(persisted, None, by_hash(text)).code is ErrorCode.NOT_FOUND


def test_listed_operations_are_known_by_their_ids_whatever_these_are() -> None:
    persisted = Persisted(documents(), {"0f43d8a7": NAME, hashed(ID): ID})
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": "0f43d8a7"}}
    assert persisted.document(None, extensions).text == NAME
    assert persisted.document(NAME, extensions).text == NAME
    assert persisted.document(None, by_hash(ID)).text == ID
    assert refusal(persisted, ID, extensions).key == "persisted.mismatch"


def test_where_only_listed_operations_run_anything_else_is_forbidden() -> None:
    persisted = Persisted(documents(), {hashed(NAME): NAME, "md5": ID}, only=True)
    assert persisted.document(None, by_hash(NAME)).text == NAME
    assert persisted.document(NAME, None).text == NAME
    assert persisted.document(ID, by_hash(ID)).text == ID
    other = "{viewer{id name}}"
    for query, extensions in (
        (other, None),
        (NAME + " ", None),
        (None, by_hash(other)),
        (other, by_hash(other)),
        ("", None),
    ):
        error = refusal(persisted, query, extensions)
        assert (error.code, error.key) == (ErrorCode.FORBIDDEN, "operation.not_listed")
    assert refusal(persisted, other, by_hash(NAME)).key == "persisted.mismatch"
    assert refusal(persisted, None, None).key == "query.missing"


def test_a_list_does_not_stop_clients_from_teaching_unless_it_is_all() -> None:
    persisted = Persisted(documents(), {hashed(NAME): NAME})
    persisted.document(ID, by_hash(ID))
    assert persisted.document(None, by_hash(ID)).text == ID


def test_only_listed_operations_without_a_list_stops_the_start() -> None:
    with pytest.raises(ValueError, match="none is listed"):
        Persisted(documents(), {}, only=True)


def written(folder: Path, content: Any) -> Path:
    path = folder / "operations.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def manifest(*operations: Any, **changes: Any) -> dict[str, Any]:
    return {"format": "apollo-persisted-query-manifest", "version": 1, "operations": list(operations), **changes}


def test_the_plain_map_of_code_generators_is_read(tmp_path: Path) -> None:
    assert listed_operations(written(tmp_path, {"a1": NAME, "b2": ID})) == {"a1": NAME, "b2": ID}
    assert listed_operations(written(tmp_path, "\ufeff" + json.dumps({"operations": NAME}))) == {"operations": NAME}


def test_apollo_s_manifest_is_read(tmp_path: Path) -> None:
    entry = {"id": hashed(NAME), "name": "A", "type": "query", "body": NAME}
    assert listed_operations(written(tmp_path, manifest(entry))) == {hashed(NAME): NAME}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "Expecting value"),
        ("{", "Expecting"),
        ("[1]", "must hold a JSON object"),
        ('"x"', "must hold a JSON object"),
        ("null", "must hold a JSON object"),
        ("{}", "no operation"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":"{viewer{name}}","a":"{viewer{id}}"}', "'a' is there twice"),
        ({"a": 1}, "'a' must be the text"),
        ({"a": None}, "'a' must be the text"),
        ({"a": "{"}, "'a': Syntax Error"),
        ({"": NAME}, "1 to 200 characters"),
        ({"x" * 201: NAME}, "1 to 200 characters"),
        (manifest(), "no operation"),
        (manifest({"id": "a", "body": NAME}, version=2), "'version' 1"),
        (manifest({"id": "a", "body": NAME}, format="relay"), "'format' must be"),
        (manifest(7), "operation 0 has no id"),
        (manifest({"id": "a", "body": NAME}, {"body": NAME}), "operation 1 has no id"),
        (manifest({"id": "a"}), "'a' must be the text"),
        (manifest({"id": "a", "body": NAME}, {"id": "a", "body": ID}), "'a' is there twice"),
    ],
)
def test_a_malformed_list_is_refused_with_the_file_and_the_reason(tmp_path: Path, content: Any, reason: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(ValueError, match=reason) as refused:
        listed_operations(path)
    assert str(refused.value).startswith(f"{path}: ")


def test_a_list_that_is_missing_or_no_text_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"missing\.json: No such file"):
        listed_operations(tmp_path / "missing.json")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match=r"bytes\.json: "):
        listed_operations(tmp_path / "bytes.json")
