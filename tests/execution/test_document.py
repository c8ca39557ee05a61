"""From a text to a document: every text gets a coded answer, in bounded time and memory, that gives nothing away."""

import json
import subprocess
import sys
import time
from typing import Any

import pytest
from graphql import GraphQLError, GraphQLSyntaxError, OperationType, Source, build_schema, parse
from graphql.language import Lexer, TokenKind
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gateway.errors import ErrorCode, GatewayError
from gateway.execution.document import Document, Documents, Text
from gateway.execution.lexemes import Excess, lexemes
from gateway.execution.limits import Limits
from gateway.execution.validation import Validation
from tests.execution.hostile import hostile_texts
from tests.execution.small_schema import codes, documents, exceeded


def messages(document: Document) -> list[str]:
    return [error.message for error in document.errors]


def test_a_valid_text_becomes_operations_and_fragments() -> None:
    text = 'query A{viewer{...F}} mutation B{signIn(login:"x",password:"y"){name}} fragment F on Viewer{name}'
    document = documents().document(text)
    assert document.errors == ()
    assert document.ast is not None
    assert [(o.name, o.kind) for o in document.operations.values()] == [
        ("A", OperationType.QUERY),
        ("B", OperationType.MUTATION),
    ]
    assert document.operations["B"].node is document.ast.definitions[1]
    assert list(document.fragments) == ["F"]
    assert document.operation("B").price.of() == 2


def test_the_hash_of_a_text_is_the_one_clients_compute() -> None:
    # printf '{viewer{name}}' | sha256sum
    expected = "a6a04ebd3ab64cb73632ea36df94f61d312bcf1360873007d6b5a66edd05faaa"
    assert documents().document("{viewer{name}}").text_hash == expected


@pytest.mark.parametrize("name", [None, ""])
def test_without_a_name_the_only_operation_is_meant_and_of_several_none(name: str | None) -> None:
    judged = documents()
    assert judged.document("query A{viewer{name}}").operation(name).name == "A"
    assert judged.document("{viewer{name}}").operation(name).name is None
    with pytest.raises(GatewayError) as refused:
        judged.document("query A{viewer{name}} query B{viewer{id}}").operation(name)
    assert (refused.value.code, refused.value.key) == (ErrorCode.BAD_USER_INPUT, "operation.name_needed")


def test_a_name_finds_its_operation_and_no_other() -> None:
    document = documents().document("query A{viewer{name}} query B{viewer{id}}")
    assert document.operation("B").name == "B"
    for name in ("C", "a", "A ", "F"):
        with pytest.raises(GatewayError) as refused:
            document.operation(name)
        assert (refused.value.code, refused.value.key) == (ErrorCode.BAD_USER_INPUT, "operation.unknown")
        assert name not in str(refused.value).split()
    with pytest.raises(GatewayError):
        documents().document("{viewer{name}}").operation("A")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "GRAPHQL_PARSE_FAILED"),
        ("  #only a comment", "GRAPHQL_PARSE_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{viewer{}}", "GRAPHQL_PARSE_FAILED"),
        ("{viewer{name}", "GRAPHQL_PARSE_FAILED"),
        ("\0{viewer{name}}", "GRAPHQL_PARSE_FAILED"),
        ("{viewer{name}}\0", "GRAPHQL_PARSE_FAILED"),
        ("{viewer{name\x07}}", "GRAPHQL_PARSE_FAILED"),
        ('{package(id:"\ud800"){id}}', "GRAPHQL_PARSE_FAILED"),
        ("{viewer{name}} #\udfff", "GRAPHQL_PARSE_FAILED"),
        ('{package(id:"\\ud800"){id}}', "GRAPHQL_PARSE_FAILED"),
        ('{package(id:"\\u{110000}"){id}}', "GRAPHQL_PARSE_FAILED"),
        ("{packages(first:01){totalCount}}", "GRAPHQL_PARSE_FAILED"),
        ("[{query: 1}]", "GRAPHQL_PARSE_FAILED"),
        ("{packages(first:" + "9" * 5_000 + "){totalCount}}", "GRAPHQL_VALIDATION_FAILED"),
        ("{packages(first:2147483648){totalCount}}", "GRAPHQL_VALIDATION_FAILED"),
        ("{packages(first:1e999){totalCount}}", "GRAPHQL_VALIDATION_FAILED"),
        ("query($n:Int=" + "9" * 5_000 + "){packages(first:$n){totalCount}}", "GRAPHQL_VALIDATION_FAILED"),
        ("{nope}", "GRAPHQL_VALIDATION_FAILED"),
        ("fragment F on Viewer{name}", "GRAPHQL_VALIDATION_FAILED"),
        ("type Query{viewer:Int}", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription{viewer{name}}", "GRAPHQL_VALIDATION_FAILED"),
        ("{viewer @defer{name}}", "GRAPHQL_VALIDATION_FAILED"),
        ("{viewer{name @include}}", "GRAPHQL_VALIDATION_FAILED"),
        ("{viewer{" * 40, "QUERY_TOO_COMPLEX"),
    ],
)
@pytest.mark.parametrize("introspection", [True, False])
def test_what_cannot_run_is_refused_with_its_code(text: str, code: str, introspection: bool) -> None:
    document = documents(introspection=introspection).document(text)
    assert set(codes(document)) == {code}
    assert document.ast is None
    assert not document.operations
    json.dumps([error.formatted for error in document.errors]).encode()


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff{viewer{name}}",
        '{package(id:"\0\\u0000\U0001f600"){id}}',
        '{package(id:"""a "quoted" \\""" thing"""){id}}',
        "query($n:Int){packages(first:$n){totalCount}}",
        "{,,,viewer,{,name,},}",
        "#a\r#b\r\n{viewer{name}}",
    ],
)
def test_unusual_texts_that_are_valid_pass(text: str) -> None:
    assert documents().document(text).errors == ()


def test_tokens_pass_up_to_the_limit_comments_included() -> None:
    judged = documents(Limits(tokens=20))
    assert judged.document("{viewer{" + "name " * 15 + "}}").errors == ()
    assert exceeded(judged.document("{viewer{" + "name " * 16 + "}}")) == {"tokens": (20, None)}
    assert exceeded(judged.document("{viewer{" + "name " * 15 + "}}#")) == {"tokens": (20, None)}
    assert exceeded(judged.document("{viewer{name}}" + "\n" * 21)) == {"lines": (20, None)}
    assert judged.document("{viewer{name}}" + "\r\n" * 20).errors == ()


def test_nesting_is_judged_before_the_parser_and_wherever_brackets_are() -> None:
    judged = documents(Limits(nesting=10))
    assert judged.document("{viewer" + "{..." * 8 + "{name}" + "}" * 9).errors == ()
    assert exceeded(judged.document("{viewer" + "{..." * 9 + "{name}" + "}" * 10)) == {"nesting": (10, None)}
    assert exceeded(judged.document("{packages(filter:" + "[" * 9)) == {"nesting": (10, None)}


@pytest.mark.parametrize("introspection", [True, False])
def test_a_hostile_text_takes_less_than_100_ms(introspection: bool) -> None:
    judged = documents(introspection=introspection, entries=0)
    slow = {}
    for name, text in hostile_texts():
        assert len(text.encode()) <= 65_536, name
        taken = []
        for _ in range(3):
            start = time.process_time()
            document = judged.document(text)
            taken.append(time.process_time() - start)
            assert len(json.dumps([error.formatted for error in document.errors])) < 10_000, name
        if min(taken) >= 0.1:
            slow[name] = min(taken)
    assert slow == {}


def test_fields_of_one_name_are_compared_on_a_budget() -> None:
    assert documents().document("{viewer{" + "self{name} " * 60 + "}}").errors == ()
    assert exceeded(documents().document("{viewer{" + "self{name} " * 490 + "}}")) == {"comparisons": (20_000, None)}


def test_errors_and_their_places_are_few() -> None:
    document = documents().document("{viewer{" + " ".join(f"nope{i}" for i in range(500)) + "}}")
    assert len(document.errors) == 10
    document = documents().document("{viewer{number(" + "plus:1 " * 500 + ")}}")
    assert [len(error.locations or []) for error in document.errors] == [10]


def test_an_error_says_where() -> None:
    (error,) = documents().document("{\n  viewer {\n    qqq\n  }\n}").errors
    assert error.formatted == {
        "message": "Cannot query field 'qqq' on type 'Viewer'.",
        "locations": [{"line": 3, "column": 5}],
        "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"},
    }


def test_an_error_in_a_cache_holds_no_document() -> None:
    for text in ("{nope}", "{", "{viewer{" + "name " * 5_000):
        for error in documents().document(text).errors:
            assert (error.nodes, error.source, error.__traceback__, error.__context__) == (None, None, None, None)


SECRET = "hunter2-27182818"


@pytest.mark.parametrize(
    "text",
    [
        f'mutation{{signIn(login:{{a:"{SECRET}"}},password:"x"){{name}}}}',
        f'mutation{{signIn(login:["{SECRET}"],password:"x"){{name}}}}',
        f'{{packages(filter:{{sizes:["{SECRET}"]}}){{totalCount}}}}',
        f'{{packages(filter:{{state:"{SECRET}"}}){{totalCount}}}}',
        f'{{packages(filter:{{login:{{login:"{SECRET}"}}}}){{totalCount}}}}',
        f'{{packages(filter:{{login:{{pasword:"{SECRET}",login:"a",password:"b"}}}}){{totalCount}}}}',
        f'{{packages(filter:"{SECRET}"){{totalCount}}}}',
        f'{{packages(first:"{SECRET}"){{totalCount}}}}',
        f'query($p:Int="{SECRET}"){{packages(first:$p){{totalCount}}}}',
        f'{{viewer(a: {{"{SECRET}"}}){{name}}}}',
        f'{{viewer(a: {{"""{SECRET}"""}}){{name}}}}',
        f'{{viewer{{name}}}} "{SECRET}"',
        "{viewer{name}} " + SECRET[8:],
    ],
)
@pytest.mark.parametrize("introspection", [True, False])
def test_no_message_repeats_a_literal(text: str, introspection: bool) -> None:
    document = documents(introspection=introspection).document(text)
    assert document.errors
    for message in messages(document):
        assert SECRET[8:] not in message
        assert message.rstrip().endswith((".", "?"))


GUESSES = [
    "{packags{totalCount}}",
    "{viewer{naem}}",
    "{viewer{nam nameX i}}",
    "{packages(frist:1){totalCount}}",
    "{packages(filter:{naem:1}){totalCount}}",
    "{packages(filter:{state:ACTIV}){totalCount}}",
    '{packages(filter:{state:"ACTIVE"}){totalCount}}',
    "{packages(filter:{login:{}}){totalCount}}",
    "{packages(filter:3){totalCount}}",
    "query($v:PackageFiltr){packages(filter:$v){totalCount}}",
    "query($v:Viewer){packages(filter:$v){totalCount}}",
    "query($v:String){packages(filter:$v){totalCount}}",
    "{viewer}",
    "{viewer{name{x}}}",
    "{package{id}}",
    "{node(id:1){name}}",
    "{viewer{...on Packag{id}}}",
    "{viewer{...on Package{id}}}",
    "{viewer{...on State{id}}}",
    "{viewer{x:name x:number}}",
    "{viewer{name @nots}}",
    "{viewer @skip{name}}",
    "mutation{signin{name}}",
    "subscription{viewer{name}}",
    "{viewer(a:.5)}",
    "{..F}",
]


def test_without_introspection_no_message_says_more_about_the_schema_than_the_text_does() -> None:
    judged = documents(introspection=False)
    for text in GUESSES:
        document = judged.document(text)
        assert document.errors, text
        for message in messages(document):
            assert "did you mean" not in message.lower()
            for name in ("Query", "Viewer", "Package", "Int", "String", "State", "ACTIVE", "name", "packages", "first"):
                assert name not in message, (text, message)


def test_without_introspection_a_wrong_name_and_a_wrong_use_of_a_right_one_read_the_same() -> None:
    judged = documents(introspection=False)
    wrong, right = judged.document("{viewex}"), judged.document("{viewer}")
    assert [error.formatted for error in wrong.errors] == [error.formatted for error in right.errors]


def test_without_introspection_what_is_wrong_with_the_text_itself_is_still_said() -> None:
    judged = documents(introspection=False)
    assert messages(judged.document("query($v:Int){viewer{name}}")) == ["Variable '$v' is never used."]
    assert messages(judged.document("{viewer{...F}}")) == ["Unknown fragment 'F'."]


def test_with_introspection_a_typing_error_gets_a_suggestion() -> None:
    assert messages(documents().document("{viewer{naem}}")) == [
        "Cannot query field 'naem' on type 'Viewer'. Did you mean 'name'?"
    ]
    (message,) = messages(documents().document("{packages(filter:{naem:1}){totalCount}}"))
    assert message.endswith("unknown field 'naem'. Did you mean 'name'?")


def test_a_schema_with_incremental_delivery_stops_the_start() -> None:
    schema = build_schema("directive @defer on FIELD type Query { a: Int }")
    with pytest.raises(ValueError, match="@defer"):
        Validation(schema, introspection=True)


def test_the_same_text_is_the_same_document_and_its_sightings_are_counted() -> None:
    judged = documents()
    first = judged.document("{viewer{name}}")
    assert first.sightings == 1
    assert judged.document("{viewer{" + "name}}") is first
    assert judged.document("{viewer{name}}").sightings == 3
    bad = judged.document("{nope}")
    assert judged.document("{nope}") is bad
    assert bad.sightings == 2


def test_a_flood_of_new_texts_drives_out_none_that_is_in_use() -> None:
    judged = documents(entries=50)
    used = judged.document("{viewer{name}}")
    judged.document("{viewer{name}}")
    for number in range(300):
        judged.document(f"{{viewer{{a{number}:name}}}}")
        judged.document(f"{{viewer{{nope{number}}}}}")
        judged.document("{" + f"x{number}")
    assert judged.document("{viewer{name}}") is used
    assert len(judged.known) == 1
    assert len(judged.seen) <= 15
    assert len(judged.refused) <= 10


def test_a_long_text_is_answered_and_never_kept() -> None:
    judged = documents(longest=100)
    for text in ("{viewer{name}}" + " " * 100, "{viewer{nope}}" + " " * 100):
        assert judged.document(text) is not judged.document(text)
        assert judged.document(text).sightings == 1
    assert (len(judged.seen), len(judged.known), len(judged.refused)) == (0, 0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "{viewer{name}}",
        "query($n:Int){packages(first:$n){nodes{id name domains(first:5){nodes{id name}}}}}",
        "{viewer{" + "number(plus:1,minus:2) " * 20 + "}}",
        "{packages(filter:{sizes:[" + "1 " * 200 + "]}){totalCount}}",
        '{packages(filter:{name:"' + "x" * 20_000 + '"}){totalCount}}',
    ],
)
def test_the_estimate_of_a_document_s_memory_is_near_and_not_below(text: str) -> None:
    script = """
import gc, json, sys, tracemalloc
from tests.execution.small_schema import documents
judged, text = documents(entries=0), json.loads(sys.stdin.read())
judged.document(text)
gc.collect()
tracemalloc.start()
held = [judged.document(text + " " * n) for n in range(1, 13)]
gc.collect()
before = tracemalloc.get_traced_memory()[0]
held += [judged.document(text + " " * n) for n in range(13, 33)]
gc.collect()
print(json.dumps([(tracemalloc.get_traced_memory()[0] - before) / 20, held[0].bytes]))
"""
    run = subprocess.run(
        [sys.executable, "-c", script], input=json.dumps(text), capture_output=True, text=True, check=True
    )
    measured, estimated = json.loads(run.stdout)
    assert measured <= estimated <= 4 * measured


def test_ten_thousand_texts_in_a_row_leave_memory_bounded() -> None:
    script = """
import resource
from tests.execution.small_schema import documents
judged = documents(entries=400, bytes=4 << 20)
for number in range(10_000):
    judged.document(f"{{viewer{{a{number}:name}}}}" if number % 4 == 0 else f"{{viewer{{a{number}:name")
    if number == 2_000:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(run.stdout) < 8 * 1024  # KiB


BRACKETS_AND_SIGNS = ["{", "}", "(", ")", "[", "]", "!", "$", "&", ":", "=", "@", "|", "...", ",", "-", ".", "\\", "é"]
NAMES_AND_NUMBERS = ["query", "fragment", "on", "viewer", "name", "F", "...F", "$n", "0", "1", "-2", "3.5", "4e-7"]
TEXTS = ['"a b"', '""', '"\\"\\u0041"', '"""x\n"y" \\""" z"""', '""""""', '"', '"""', "#c\n", "\0", "\ud800"]
BLANKS = ["\n", "\r\n", "\r", "\t", "\ufeff"]
PIECES = st.one_of(
    st.sampled_from([*BRACKETS_AND_SIGNS, *NAMES_AND_NUMBERS, *TEXTS, *BLANKS]),
    st.text(max_size=3),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES, max_size=40).map("".join))
@example("1-2-3-4")
@example('"""""""""')
def test_the_look_counts_the_tokens_the_library_reads(text: str) -> None:
    lexer = Lexer(Source(text))
    count = 0
    try:
        while (token := lexer.read_next_token(lexer.token.end)).kind is not TokenKind.EOF:
            lexer.token = token
            count += 1
    except GraphQLSyntaxError:
        assert isinstance(lexemes(text, 1_000, 1_000), int)
        assert lexemes(text, 1_000, 1_000) >= count
    else:
        assert lexemes(text, 1_000, 1_000) == count
        if count:
            assert isinstance(lexemes(text, count - 1, 1_000), Excess)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_no_text_raises_and_every_refusal_has_a_code(text: str) -> None:
    document = SHARED.document(text)
    assert bool(document.errors) != bool(document.ast)
    assert set(codes(document)) <= {"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "QUERY_TOO_COMPLEX"}


SHARED: Documents = documents(entries=0)


@given(st.lists(st.sampled_from(["a", "bc", "\n", "\r", "\r\n", " "])).map("".join), st.data())
def test_a_place_is_found_where_the_library_finds_it(text: str, data: Any) -> None:
    position = data.draw(st.integers(0, len(text)))
    if text[max(position - 1, 0) : position + 1] != "\r\n":  # no token begins between the two
        assert Text(text).get_location(position) == Source(text).get_location(position)


def test_an_error_of_execution_says_the_same_place_as_the_library() -> None:
    text = "{\n\n  viewer {\r\n  name } }"
    ours, library = parse(Text(text)), parse(text)
    for ast in (ours, library):
        field = ast.definitions[0].selection_set.selections[0]  # type: ignore[attr-defined]  # an operation, a field
        assert GraphQLError("x", field).locations == [(3, 3)]
