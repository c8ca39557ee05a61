"""The pages of docs/ say the truth: every operation on them is asked of a demo (`reading.py` says how one is written)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.readme.printed import Known, PageError, compare, sections
from tests.readme.reading import Reading
from tests.running_demo import ROOT, SHOWN, serving

PAGES = {
    page.stem: sections(text)
    for page in sorted((ROOT / "docs").glob("*.md"))
    if "```graphql" in (text := page.read_text())
}
"""The sections of each page that has operations."""


@pytest.mark.parametrize(
    ("page", "title"), [(page, title) for page, parts in PAGES.items() for title, steps in parts.items() if steps]
)
def test_each_operation_of_a_section_answers_as_printed(
    page: str, title: str, demo_folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(demo_folder, tmp_path, dirs_exist_ok=True)
    with serving(tmp_path, **SHOWN) as demo:
        reading = Reading(demo, tmp_path / "var" / "mail")
        for step in PAGES[page][title]:
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
