"""What an operation may amount to: each limit at its edge, and the cost against a naive count."""

from collections.abc import Mapping
from typing import Any

import pytest
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    build_schema,
    get_introspection_query,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
    parse,
    value_from_ast_untyped,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.errors import ErrorCode, GatewayError
from gateway.execution.charge import charges
from gateway.execution.cost import Judge
from gateway.execution.limits import Limits
from tests.execution.small_schema import SCHEMA, codes, documents, exceeded

HUGE = Limits(
    tokens=100_000, depth=10**6, aliases=10**6, directives=10**6, root_fields=10**6, cost=999_999_999, ids=10**6
)


def cost(text: str, variables: Mapping[str, Any] | None = None, limits: Limits | None = None) -> int:
    """The cost of a document's one operation."""
    document = documents(limits).document(text)
    assert not document.errors, document.errors
    return document.operation(None).price.of(variables)


def nested(levels: int) -> str:
    return "{viewer" + "{self" * (levels - 2) + "{name}" + "}" * (levels - 1)


@pytest.mark.parametrize(
    ("limit", "most", "text"),
    [
        ("depth", 12, nested),
        ("aliases", 30, lambda n: "{viewer{" + " ".join(f"a{i}:name" for i in range(n)) + "}}"),
        ("directives", 50, lambda n: "{viewer{name " + "@note " * n + "}}"),
        ("rootFields", 20, lambda n: "{" + "viewer{name} " * n + "}"),
        ("ids", 50, lambda n: "{nodes(ids:[" + '"x" ' * n + "]){id}}"),
        ("cost", 100, lambda n: "{viewer{" + "name " * (n - 1) + "}}"),
    ],
)
@pytest.mark.parametrize("through", ["plainly", "through a fragment"])
def test_a_limit_lets_pass_what_reaches_it_and_refuses_one_more(limit: str, most: int, text: Any, through: str) -> None:
    def written(amount: int) -> str:
        if through == "plainly":
            return text(amount)
        return "{...All} fragment All on Query " + text(amount)

    judged = documents(Limits(cost=100) if limit == "cost" else None)
    assert judged.document(written(most)).errors == ()
    assert exceeded(judged.document(written(most + 1))) == {limit: (most, most + 1)}


def test_a_refusal_says_which_limit_in_both_languages_and_where() -> None:
    (error,) = documents().document("\n  " + nested(13)).errors
    assert error.extensions == {"code": "QUERY_TOO_COMPLEX", "limit": "depth", "max": 12, "actual": 13}
    assert error.message == "This operation goes beyond a limit: depth is at most 12."
    assert isinstance(error.original_error, GatewayError)
    assert "depth" in error.original_error.text("de")
    assert error.original_error.text("de") != error.message
    assert error.formatted["locations"] == [{"line": 2, "column": 3}]


def test_what_a_fragment_has_counts_wherever_it_is_spread() -> None:
    text = "{viewer{" + "...F " * 8 + '}} fragment F on Viewer{a:name @note b:id c:name @note(text:"x") d:id}'
    assert exceeded(documents().document(text)) == {"aliases": (30, 32)}
    assert exceeded(documents(Limits(aliases=32, directives=15)).document(text)) == {"directives": (15, 16)}


def test_directives_of_operations_fragments_and_variables_count() -> None:
    text = "query($n: Int @note) @note {packages(first: $n){...F @note ... @note {totalCount @note}}}"
    text += " fragment F on PackageConnection @note {totalCount}"
    assert exceeded(documents(Limits(directives=5)).document(text)) == {"directives": (5, 6)}
    assert documents(Limits(directives=6)).document(text).errors == ()


def test_a_mutation_has_one_root_field_however_it_is_written() -> None:
    judged = documents()
    one = 'signIn(login:"a",password:"b"){name}'
    assert judged.document(f"mutation{{{one}}}").errors == ()
    for two in (
        f"mutation{{a:{one} b:{one}}}",
        f"mutation{{{one} {one}}}",
        f"mutation{{...F ...F}} fragment F on Mutation{{{one}}}",
        f"mutation{{{one} ... on Mutation @skip(if:true) {{b:{one}}}}}",
        f'mutation{{{one} packageRename(id:"x",name:"y"){{id}}}}',
    ):
        assert exceeded(judged.document(two)) == {"rootFields": (1, 2)}


@pytest.mark.parametrize(
    ("text", "variables", "expected"),
    [
        ("{viewer{id name}}", {}, 3),
        ("{packages{totalCount nodes{id name}}}", {}, 3 + 20 * 2),
        ("{packages(first:5){totalCount nodes{id name}}}", {}, 3 + 5 * 2),
        ("{packages(last:5){edges{cursor node{id}}}}", {}, 2 + 5 * 3),
        ("{packages(first:5){nodes{domains(first:3){nodes{id}}}}}", {}, 2 + 5 * (2 + 3)),
        ("{packages(first:101){nodes{id}}}", {}, 2 + 100),
        ("{packages(first:0){nodes{id}}}", {}, 2 + 100),
        ("{packages(first:null){nodes{id}}}", {}, 2 + 20),
        ("{packages(first:2,last:7){nodes{id}}}", {}, 2 + 7),
        ("query($n:Int){packages(first:$n){nodes{id}}}", {"n": 50}, 2 + 50),
        ("query($n:Int){packages(first:$n){nodes{id}}}", {}, 2 + 20),
        ("query($n:Int){packages(first:$n){nodes{id}}}", {"n": None}, 2 + 20),
        ("query($n:Int=5){packages(first:$n){nodes{id}}}", {}, 2 + 5),
        ("query($n:Int=5){packages(first:$n){nodes{id}}}", {"n": None}, 2 + 20),
        ("query($n:Int=5){packages(first:$n){nodes{id}}}", {"n": 7}, 2 + 7),
        ("query($n:Int){packages(first:$n){nodes{id}}}", {"n": 7.0}, 2 + 7),
        ("query($n:Int){packages(first:$n){nodes{id}}}", {"n": "7"}, 2 + 100),
        ("query($n:Int){packages(first:$n){nodes{id}}}", {"n": -1}, 2 + 100),
        ("query($n:Int){packages(first:$n){nodes{id}}}", {"n": 10**30}, 2 + 100),
        ("query($n:Int){packages(first:$n){nodes{id}}}", {"n": float("nan")}, 2 + 100),
        ("query($n:Int){packages(first:$n){nodes{id}}}", {"n": {"a": []}}, 2 + 100),
        ("query($n:Int,$m:Int){packages(first:$n,last:$m){nodes{id}}}", {"n": None, "m": 3}, 2 + 3),
        ("query($n:Int){packages(first:$n){nodes{id domains(first:$n){nodes{id}}}}}", {"n": 10}, 2 + 10 * (3 + 10)),
        ('{nodes(ids:["a","b","c"]){id}}', {}, 1 + 3),
        ("{nodes(ids:[]){id}}", {}, 1 + 1),
        ("query($i:[ID!]!){nodes(ids:$i){id}}", {"i": ["a", "b"]}, 1 + 2),
        ("query($i:[ID!]!){nodes(ids:$i){id}}", {"i": "a"}, 1 + 1),
        ('query($i:[ID!]!=["a","b"]){nodes(ids:$i){id}}', {}, 1 + 2),
        ('{package(id:"x"){tags invoices{number}}}', {}, 3 + 10),
        ('{package(id:"x"){invoices{number lines{text amount}}}}', {}, 2 + 10 * (2 + 3 * 2)),
        ('{package(id:"x"){report{number}}}', {}, 1 + 25 + 1),
        ("{__typename viewer{__typename}}", {}, 3),
        ("{viewer{id @skip(if:true) name @include(if:false)}}", {}, 3),
    ],
)
def test_the_cost_is_fields_times_page_sizes(text: str, variables: dict[str, Any], expected: int) -> None:
    assert cost(text, variables) == expected


def test_a_page_belongs_to_the_lists_of_its_connection_also_through_fragments() -> None:
    plain = "{packages(first:7){totalCount nodes{id}} viewer{packages(first:3){totalCount nodes{id}}}}"
    spread = "{packages(first:7){...P} viewer{packages(first:3){...P}}} fragment P on PackageConnection{totalCount nodes{id}}"
    assert cost(spread) == cost(plain) == (3 + 7) + 1 + (3 + 3)


def test_what_is_too_dear_only_with_its_variables_is_refused_with_them() -> None:
    text = "query($n:Int!,$m:Int){packages(first:$n){nodes{domains(first:$m){nodes{id name}}}}}"
    price = documents().document(text).operation(None).price
    assert price.of({"n": 49, "m": 100}) == 2 + 49 * (2 + 200)
    with pytest.raises(GatewayError) as refused:
        price.of({"n": 50, "m": 100})
    assert refused.value.code is ErrorCode.QUERY_TOO_COMPLEX
    assert refused.value.extensions == {"limit": "cost", "max": 10_000, "actual": 10_102}


def test_a_list_of_ids_in_a_variable_has_the_same_limit() -> None:
    price = documents().document("query($i:[ID!]!){nodes(ids:$i){id}}").operation(None).price
    assert price.of({"i": ["x"] * 50}) == 51
    with pytest.raises(GatewayError) as refused:
        price.of({"i": ["x"] * 51})
    assert refused.value.extensions == {"limit": "ids", "max": 50, "actual": 51}


def test_two_operations_that_share_a_fragment_each_have_their_own_defaults() -> None:
    text = "query A($n:Int=2){packages(first:$n){nodes{...F}}} query B($n:Int=3){packages(first:$n){nodes{...F}}}"
    text += " fragment F on Package{domains(first:$n){nodes{id}}}"
    document = documents().document(text)
    assert document.operation("A").price.of() == 2 + 2 * (2 + 2)
    assert document.operation("B").price.of({}) == 2 + 3 * (2 + 3)


def test_a_price_without_variables_in_it_is_known_without_them() -> None:
    price = documents().document("{packages(first:3){nodes{id}}}").operation(None).price
    assert (price.of(), price.of({"first": 100}), price.limit) == (5, 5, 10_000)


@pytest.mark.parametrize("links", [10, 20, 40, 60, 150])
def test_a_chain_of_fragments_that_double_is_summed_not_walked(links: int) -> None:
    text = "{viewer{...F0}}" + "".join(f"fragment F{i} on Viewer{{...F{i + 1} ...F{i + 1}}}" for i in range(links))
    document = documents().document(f"{text}fragment F{links} on Viewer{{name}}")
    fields = 2**links + 1
    assert exceeded(document) == ({} if fields <= 10_000 else {"cost": (10_000, min(fields, 1_000_000_000))})


def test_fragments_that_spread_themselves_come_to_an_end() -> None:
    document = documents().document("{viewer{...A}} fragment A on Viewer{name ...B} fragment B on Viewer{id ...A ...B}")
    assert set(codes(document)) == {"GRAPHQL_VALIDATION_FAILED"}


def test_a_fragment_nobody_spreads_is_judged_as_well() -> None:
    document = documents().document("{viewer{name}} fragment F on Query" + nested(13))
    assert exceeded(document) == {"depth": (12, 13)}


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"descriptions": False},
        {"specified_by_url": True, "directive_is_repeatable": True, "schema_description": True},
        {"input_value_deprecation": True, "one_of": True, "type_depth": 9},
    ],
)
def test_the_standard_introspection_query_passes(options: dict[str, bool]) -> None:
    assert documents().document(get_introspection_query(**options)).errors == ()


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("{__schema{types{fields{type{fields{type{fields{name}}}}}}}}", "introspectionMembers"),
        ('{__type(name:"Query"){fields{type{interfaces{possibleTypes{name}}}}}}', "introspectionMembers"),
        ("{__schema{queryType" + "{ofType" * 15 + "{name}" + "}" * 16 + "}", "introspectionDepth"),
        (
            "{" + "".join(f"s{i}:__schema{{types{{...T}}}}" for i in range(20)) + "}"
            "fragment T on __Type{fields{args{type{...N}} type{...N}} inputFields{type{...N}}}"
            "fragment N on __Type{name kind ofType{name kind ofType{name kind ofType{name kind}}}}",
            "introspectionCost",
        ),
        (
            "{__schema{types{...A ...A}}} fragment A on __Type{...B ...B} fragment B on __Type{...C ...C}"
            "fragment C on __Type{...D ...D ...D ...D} fragment D on __Type{fields{args{name type{name kind}}}}",
            "introspectionCost",
        ),
    ],
)
def test_introspection_that_goes_round_or_is_asked_for_too_often_is_refused(text: str, limit: str) -> None:
    assert limit in exceeded(documents().document(text))


def test_introspection_is_refused_where_it_is_off_but_a_type_name_is_not() -> None:
    judged = documents(introspection=False)
    for text in ("{__schema{types{name}}}", '{viewer{name} ...F} fragment F on Query{x:__type(name:"Query"){name}}'):
        assert codes(judged.document(text)) == ["INTROSPECTION_DISABLED"]
    assert judged.document("{__typename viewer{__typename}}").errors == ()


@pytest.mark.parametrize("extension", [{"weight": -1}, {"wieght": 3}, {"assumed": True}, {"assumed": "many"}, 7])
def test_a_field_with_a_malformed_cost_stops_the_start(extension: Any) -> None:
    schema = build_schema("type Query { a: Int }")
    schema.type_map["Query"].fields["a"].extensions = {"cost": extension}
    with pytest.raises(ValueError, match=r"Query\.a"):
        charges(schema)


# The cost by writing every fragment out, for small documents.

COMPOSITES = [
    name
    for name, kind in SCHEMA.type_map.items()
    if is_composite_type(kind) and not name.startswith("__") and name != "Mutation"
]


@st.composite
def random_documents(draw: st.DrawFn) -> str:
    """Documents that parse, with fragments that spread later ones; not always valid."""
    fragments = draw(st.lists(st.sampled_from(COMPOSITES), max_size=4))

    def arguments(names: list[str]) -> str:
        if "ids" in names:
            return draw(st.sampled_from(['(ids:["a"])', "(ids:[])", "(ids:$i)", '(ids:["a","b","c"])']))
        if "first" not in names:
            return ""
        sizes = st.sampled_from(["first:$n", "first:$m", "first:3", "last:2", "last:$m", "first:null", "first:900"])
        given = draw(st.lists(sizes, max_size=2, unique_by=lambda size: size[:4]))
        return f"({','.join(given)})" if given else ""

    def selection(name: str, levels: int, later: int) -> str:
        kind = SCHEMA.type_map[name]
        parts = []
        for field in draw(st.lists(st.sampled_from(sorted(kind.fields)), min_size=1, max_size=3)):
            below = get_named_type(kind.fields[field].type)
            alias = draw(st.sampled_from(["", "", "x:"]))
            if not is_composite_type(below):
                parts.append(alias + field)
            elif levels:
                inner = selection(below.name, levels - 1, later)
                parts.append(f"{alias}{field}{arguments(list(kind.fields[field].args))}{inner}")
        parts += [f"...F{i}" for i, condition in enumerate(fragments) if i >= later and condition == name]
        if levels and draw(st.booleans()):
            parts.append(f"...{draw(st.sampled_from(['', f' on {name}']))}{selection(name, levels - 1, later)}")
        return "{" + " ".join(parts or ["__typename"]) + "}"

    text = 'query Q($n:Int=4,$m:Int,$i:[ID!]=["a","b"])' + selection("Query", 4, 0)
    for index, condition in enumerate(fragments):
        text += f" fragment F{index} on {condition}" + selection(condition, 2, index + 1)
    return text


def naive_cost(schema: GraphQLSchema, text: str, variables: dict[str, Any]) -> int:
    document = parse(text)
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    operation = next(d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    given = {"n": 4, "m": None, "i": ["a", "b"], **variables}

    def size(field: Any, node: FieldNode) -> int | None:
        found = {a.name.value: value_from_ast_untyped(a.value, given) for a in node.arguments or ()}
        if "ids" in field.args:
            return max(len(found["ids"]), 1)
        if "first" not in field.args:
            return None
        sizes = [s if 1 <= s <= 100 else 100 for s in (found.get("first"), found.get("last")) if s is not None]
        return max(sizes) if sizes else 20

    def walk(selections: SelectionSetNode, kind: Any, page: int | None) -> int:
        total = 0
        for node in selections.selections:
            if isinstance(node, FragmentSpreadNode):
                fragment = fragments[node.name.value]
                total += walk(fragment.selection_set, schema.type_map[fragment.type_condition.name.value], page)
            elif isinstance(node, InlineFragmentNode):
                total += walk(node.selection_set, kind, page)
            elif node.name.value == "__typename":
                total += 1
            else:
                field = kind.fields[node.name.value]
                below = get_named_type(field.type)
                listed = is_list_type(get_nullable_type(field.type))
                entries = size(field, node)
                total += 25 if node.name.value == "report" else 1
                if not node.selection_set:
                    continue
                if not listed:
                    total += walk(node.selection_set, below, entries)
                elif kind.name.endswith("Connection"):
                    total += (page or 20) * walk(node.selection_set, below, None)
                else:
                    assumed = 3 if node.name.value == "lines" else 10
                    total += (entries or assumed) * walk(node.selection_set, below, None)
        return total

    return walk(operation.selection_set, schema.query_type, None)


@settings(max_examples=200, deadline=None)
@given(random_documents(), st.fixed_dictionaries({}, optional={"n": st.integers(1, 100), "m": st.integers(1, 100)}))
def test_the_cost_equals_a_naive_count_of_the_document_written_out(text: str, variables: dict[str, int]) -> None:
    judgement = Judge(SCHEMA, HUGE, introspection=True).judge(parse(text))
    assert judgement.refusals == []
    assert judgement.prices[0].of(variables) == naive_cost(SCHEMA, text, variables)
