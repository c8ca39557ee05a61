"""Texts that cost a careless server far more than they cost their author, each within 64 KiB."""

from collections.abc import Iterator


def _many(count: int, text: str) -> str:
    return " ".join(text.replace("#", str(number)) for number in range(count))


def _fragments(count: int, body: str, last: str = "name") -> str:
    links = "".join(f"fragment F{i} on Viewer{{{body.replace('#', str(i + 1))}}}" for i in range(count))
    return "{viewer{...F0}}" + links + f"fragment F{count} on Viewer{{{last}}}"


def hostile_texts() -> Iterator[tuple[str, str]]:
    """Name and text of each shape, mostly as large as 2,000 tokens or 64 KiB allow."""
    for links in (10, 20, 40, 60):
        yield f"a chain of {links} fragments that double", _fragments(links, "...F# ...F#")
        yield f"a chain of {links} fields that double", _fragments(links, "self{...F#} self{...F#}")
    yield "a chain of 200 fragments", _fragments(200, "name ...F#")
    yield (
        "every fragment spreads all later ones",
        "{viewer{...F0}}"
        + "".join(
            f"fragment F{i} on Viewer{{" + " ".join(f"...F{j}" for j in range(i + 1, 35)) + " name}" for i in range(35)
        ),
    )
    yield (
        "a circle of 200 fragments",
        "{viewer{...F0}}" + "".join(f"fragment F{i} on Viewer{{...F{(i + 1) % 200}}}" for i in range(200)),
    )
    yield (
        "every fragment spreads every fragment",
        "{viewer{...F0}}"
        + "".join(f"fragment F{i} on Viewer{{" + " ".join(f"...F{j}" for j in range(28)) + " name}" for i in range(28)),
    )
    yield (
        "180 fragments in one selection",
        ("{viewer{" + _many(180, "...F#") + "}}" + _many(180, "fragment F# on Viewer{name id}")),
    )
    yield "one fragment spread 600 times", "{viewer{" + "...F " * 600 + "}} fragment F on Viewer{name}"
    yield "10,000 directives", "{viewer{name " + "@note" * 10_000 + "}}"
    yield "980 directives", "{viewer{name " + "@note" * 980 + "}}"
    yield "980 unknown directives", "{viewer{name " + "@nope" * 980 + "}}"
    yield "20,000 fields", "{viewer{" + "id " * 20_000 + "}}"
    yield "1,990 fields of one name", "{viewer{" + "name " * 1_990 + "}}"
    yield "1,990 unknown fields", "{viewer{" + _many(1_990, "naem#") + "}}"
    yield "490 objects of one name", "{viewer{" + "self{name} " * 490 + "}}"
    yield "140 trees of one name", "{viewer{" + "self{self{self{self{name}}}} " * 140 + "}}"
    yield "320 fields with one argument", "{viewer{" + "number(plus:1) " * 320 + "}}"
    yield "300 fields with different arguments", "{viewer{" + _many(300, "number(plus:#)") + "}}"
    yield "600 aliases of two fields", "{viewer{" + "x:name x:id " * 300 + "}}"
    yield "15 aliases in conflict", "{viewer{" + "x:name x:id " * 15 + "}}"
    yield "490 inline fragments", "{viewer{" + "...{name} " * 490 + "}}"
    yield "320 fragments on unknown types", "{viewer{" + _many(320, "...on X#{name}") + "}}"
    yield "nested inline fragments", "{viewer" + "{...on Viewer" * 450 + "{name}" + "}" * 451
    yield "fields 8,000 deep", "{a" * 8_000
    yield "lists 60,000 deep", "{packages(filter:" + "[" * 60_000
    yield "objects 190 deep", "{packages(filter:" + "{not:" * 190 + "{}" + "}" * 190 + "){totalCount}}"
    yield "200 operations", _many(200, "query Q#{viewer{...F}}") + "fragment F on Viewer{name}"
    yield (
        "100 operations over 100 fragments",
        (_many(100, "query Q#{viewer{...F0}}") + _fragments(100, "...F#").replace("{viewer{...F0}}", " ", 1)),
    )
    yield (
        "25 operations with variables in a shared fragment",
        (
            _many(25, "query Q#($v:Int,$w:Int){viewer{...F}}")
            + "fragment F on Viewer{"
            + "number(plus:$v,minus:$w) " * 120
            + "}"
        ),
    )
    yield (
        "40 operations with 660 uses of a variable in a shared fragment",
        _many(40, "query Q#($v:Int){...F}")
        + "fragment F on Query{packages(filter:{sizes:["
        + "$v " * 660
        + "]}){totalCount}}",
    )
    yield (
        "60 fragments with one in each",
        "{viewer{"
        + _many(60, "...A#")
        + "}}"
        + _many(60, "fragment A# on Viewer{...B# self{...B#}} fragment B# on Viewer{id name self{name}}"),
    )
    yield "240 operations of one name", "query A{viewer{name}} " * 240
    yield "480 unused variables", "query(" + _many(480, "$v#:Int") + "){viewer{name}}"
    yield "480 variables of unknown types", "query(" + _many(480, "$v#:Inx#") + "){viewer{name}}"
    yield "480 variables of one name", "query(" + "$v:Int " * 480 + "){viewer{name}}"
    yield "250 undefined variables", "{viewer{" + "number(plus:$v) " * 250 + "}}"
    yield "630 unknown input fields", "{packages(filter:{" + _many(630, "naem#:1") + "}){totalCount}}"
    yield "600 input fields of one name", "{packages(filter:{" + 'name:"x" ' * 600 + "}){totalCount}}"
    yield "1,900 wrong list entries", "{packages(filter:{sizes:[" + '"x",' * 1_900 + "]}){totalCount}}"
    yield "630 arguments of one name on 1,900 lines", "{viewer{number(" + "plus:1 " * 630 + ")}}" + "\n" * 1_900
    yield "400 unknown fields behind 60,000 lines", "\n" * 60_000 + "{viewer{" + _many(400, "n#") + "}}"
    yield "30,000 comments", "{viewer{name}}" + "#\n" * 30_000
    yield "a name of 64,000 letters", "{" + "a" * 64_000 + "}"
    yield "an operation name of 60,000 letters", "query " + "a" * 60_000 + "($x:Int,$y:Int,$z:Int){viewer{name}}"
    yield "a string of 60,000 letters", '{package(id:"' + "ä" * 30_000 + '"){id}}'
    yield "a string of 10,000 escapes", '{package(id:"' + "\\u0041" * 10_000 + '"){id}}'
    yield "a number of 60,000 digits", "{packages(first:" + "9" * 60_000 + "){totalCount}}"
    yield "64,000 commas", "{viewer{name" + "," * 64_000 + "}}"
    yield "an unterminated string", '{package(id:"' + "a" * 60_000
    yield "unterminated strings", '"\n' * 30_000
    yield "an unterminated block string", '{package(id:"""' + '\\"""' * 15_000
    yield "block strings that almost end", '\\"""\n' * 1_500 + '"""' + '\\"""\n' * 490
