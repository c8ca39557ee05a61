"""A folder of Markdown files becomes the help: once, twice, and file by file where one is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gateway.jobs.demo.making import HELP
from gateway.jobs.importing.help_file import ArticleFile, ContactFile, NoHelp, read_help
from gateway.jobs.importing.help_folder import FileRefusal, HelpOutcome, import_help
from models import ArticleKind, ContactOption, HelpArticle

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ARTICLE = """\
---
slug: mailbox-full
language: de
kind: FAQ
topic: mail
title: Mein Postfach ist voll
position: 10
---

Leeren Sie den **Papierkorb**, siehe [Größe](/postfach#groesse).
"""
CONTACT = """\
---
kind: CONTACT
language: de
topic: mail
title: Technik
phone: +49 30 23125200
hours: rund um die Uhr
email: technik@Hosting.example
---
"""


def test_an_article_is_its_head_and_the_text_below() -> None:
    read = read_help(ARTICLE.encode())
    assert read == ArticleFile(
        kind="FAQ",
        slug="mailbox-full",
        language="de",
        topic="mail",
        title="Mein Postfach ist voll",
        position=10,
        body="Leeren Sie den **Papierkorb**, siehe [Größe](/postfach#groesse).",
    )


def test_it_is_sought_by_its_words_folded_and_without_marks() -> None:
    read = read_help(ARTICLE.encode())
    assert isinstance(read, ArticleFile)
    assert read.search_key == "mein postfach ist voll leeren sie den papierkorb, siehe grosse."


def test_a_contact_has_no_text_and_one_spelling_of_its_number() -> None:
    read = read_help(CONTACT.replace("\n", "\r\n").encode("utf-8-sig"))
    assert isinstance(read, ContactFile)
    assert (read.phone, read.email) == ("+493023125200", "technik@hosting.example")


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (ARTICLE.replace("mailbox-full", "Mailbox Full"), "slug"),
        (ARTICLE.replace("mailbox-full", "x" * 81), "slug"),
        (ARTICLE.replace("language: de", "language: fr"), "language"),
        (ARTICLE.replace("kind: FAQ", "kind: faq"), "kind"),
        (ARTICLE.replace("kind: FAQ\n", ""), "kind"),
        (ARTICLE.replace("topic: mail\n", ""), "topic"),
        (ARTICLE.replace("topic: mail", "topic: Mail!"), "topic"),
        (ARTICLE.replace("Mein Postfach ist voll", "x" * 161), "title"),
        (ARTICLE.replace("Mein Postfach", "Mein\u202e Postfach"), "title"),
        (ARTICLE.replace("position: 10", "position: ten"), "position"),
        (ARTICLE.replace("position: 10", "position: -1"), "position"),
        (ARTICLE.replace("position: 10", "position: " + "9" * 5_000), "position"),
        (ARTICLE.replace("position: 10", "author: me"), "author"),
        (ARTICLE.partition("Leeren")[0], "body"),
        (ARTICLE + "x" * 40_001, "body"),
        (ARTICLE + "<script>alert(1)</script>", "body"),
        (ARTICLE + "a\x00b", "body"),
        (ARTICLE + "a\u202eb", "body"),
        (ARTICLE.replace("position: 10", "body: x"), None),
        (ARTICLE.replace("position: 10", "slug: other"), None),
        (ARTICLE.replace("position: 10", "position"), None),
        (ARTICLE.replace("---\n", "", 1), None),
        (ARTICLE.replace("\n---\n", "\n"), None),
        ("", None),
        (CONTACT.replace("phone: +49 30 23125200", "phone: 030 1"), "phone"),
        (CONTACT.replace("technik@Hosting.example", "nobody"), "email"),
        (CONTACT.replace("phone: +49 30 23125200\n", "").replace("email: technik@Hosting.example\n", ""), "phone"),
        (CONTACT + "text", "body"),
    ],
)
def test_a_file_that_is_not_as_it_must_be_is_refused_by_field_without_its_value(
    content: str, field: str | None
) -> None:
    with pytest.raises(NoHelp) as refusal:
        read_help(content.encode())
    assert field in [name for name, _ in refusal.value.reasons]
    assert "nobody" not in str(refusal.value)


@pytest.mark.parametrize("content", [b"---\nslug: \xff\n---\n", ARTICLE.encode() + b"x" * 262_144])
def test_bytes_that_are_no_text_or_too_many_are_refused(content: bytes) -> None:
    with pytest.raises(NoHelp):
        read_help(content)


def folder(path: Path, **files: str) -> Path:
    for name, content in files.items():
        file = path / f"{name.replace('__', '/')}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return path


async def taken(path: Path, *, prune: bool = False, now: datetime = NOW) -> tuple[HelpOutcome, list[FileRefusal]]:
    refused: list[FileRefusal] = []
    return await import_help(path, now, refused.append, prune=prune), refused


@pytest.mark.usefixtures("database")
async def test_a_folder_is_stored_and_what_changed_in_it_is_brought_in(tmp_path: Path) -> None:
    english = ARTICLE.replace("language: de", "language: en")
    first = await taken(folder(tmp_path, de__full=ARTICLE, en__full=english, contact=CONTACT))
    assert first == (HelpOutcome(stored=3), [])
    before = await HelpArticle.get(slug="mailbox-full", language="de")
    assert (before.kind, before.position, before.updated_at) == (ArticleKind.FAQ, 10, NOW)
    folder(tmp_path, de__full=ARTICLE.replace("voll", "randvoll"), contact=CONTACT.replace("Technik", "Hilfe"))
    await taken(tmp_path, now=NOW + timedelta(days=1))
    after = {row.language: row for row in await HelpArticle.all()}
    assert (after["de"].id, after["de"].title) == (before.id, "Mein Postfach ist randvoll")
    assert "randvoll" in after["de"].search_key
    assert (after["de"].updated_at, after["en"].updated_at) == (NOW + timedelta(days=1), NOW)
    assert [row.title for row in await ContactOption.all()] == ["Hilfe"]


@pytest.mark.usefixtures("database")
async def test_a_refused_file_leaves_the_others_alone_and_nothing_is_pruned_beside_it(tmp_path: Path) -> None:
    await taken(folder(tmp_path, old=ARTICLE))
    (tmp_path / "old.md").unlink()
    new = ARTICLE.replace("mailbox-full", "mailbox-new")
    outcome, refused = await taken(
        folder(tmp_path, sub__bad=ARTICLE.replace("FAQ", "X"), new=new, twin=new), prune=True
    )
    assert (outcome.stored, outcome.refused, outcome.removed) == (1, 2, 0)
    assert [(one.file, one.field) for one in refused] == [("sub/bad.md", "kind"), ("twin.md", None)]
    assert {row.slug for row in await HelpArticle.all()} == {"mailbox-full", "mailbox-new"}


@pytest.mark.usefixtures("database")
async def test_what_no_file_says_any_more_is_removed_when_that_is_asked_for(tmp_path: Path) -> None:
    await taken(folder(tmp_path, full=ARTICLE, contact=CONTACT))
    (tmp_path / "full.md").unlink()
    (tmp_path / "contact.md").unlink()
    await taken(folder(tmp_path, other=ARTICLE.replace("mailbox-full", "other")))
    assert await HelpArticle.all().count() == 2
    outcome, _ = await taken(tmp_path, prune=True)
    assert (outcome.stored, outcome.removed) == (1, 2)
    assert [row.slug for row in await HelpArticle.all()] == ["other"]
    assert await ContactOption.all().count() == 0


def test_the_help_of_the_demo_answers_in_both_languages() -> None:
    files = [read_help(path.read_bytes()) for path in HELP.rglob("*.md")]
    articles = [file for file in files if isinstance(file, ArticleFile)]
    by_language = {
        language: {(file.slug, file.kind, file.topic, file.position) for file in articles if file.language == language}
        for language in ("de", "en")
    }
    assert by_language["de"] == by_language["en"]
    kinds = [kind for _, kind, _, _ in by_language["de"]]
    assert kinds.count("FAQ") >= 12
    assert kinds.count("GUIDE") >= 4
    contacts = [(file.topic, file.language) for file in files if isinstance(file, ContactFile)]
    assert {topic for topic, language in contacts if language == "de"} == {
        t for t, language in contacts if language == "en"
    }
