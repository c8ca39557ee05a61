"""Every notice becomes a mail in both languages: text and HTML say the same, and nothing stored can add to either."""

from __future__ import annotations

import json
import re

import pytest

from gateway.jobs.notices import NOTICES, notice_mail
from gateway.ports.mail import Mail
from models import OutboxMessage
from tests.mail.placed import AT, HOSTILE, PATH, PORTAL, SHOWN, Seen, placed, places, words

EACH = pytest.mark.parametrize(("notice", "language"), [(n, language) for n in NOTICES for language in ("de", "en")])
TIMES = {"de": "01.03.2026, 12:30 Uhr (UTC)", "en": "2026-03-01 at 12:30 UTC"}


def made(message: OutboxMessage) -> Mail:
    """The mail of a row after its payload was in a database."""
    message.payload = json.loads(json.dumps(message.payload))
    return notice_mail(message, PORTAL)


@pytest.mark.parametrize("notice", NOTICES)
def test_every_notice_has_both_languages_with_the_same_places(notice: str) -> None:
    assert set(NOTICES[notice]) == {"de", "en"}
    in_text = [sorted(set(re.findall(r"\{(\w+)\}", text))) for _, text in NOTICES[notice].values()]
    assert in_text[0] == in_text[1]
    assert "\n" not in "".join(subject for subject, _ in NOTICES[notice].values())
    assert "{" not in "".join(subject for subject, _ in NOTICES[notice].values())


@EACH
def test_text_and_html_say_the_same_with_each_value_as_a_person_can_read_it(notice: str, language: str) -> None:
    mail = made(placed(notice, language))
    seen = Seen(mail.html)
    assert words(seen.text) == words(mail.subject + "\n" + mail.text)
    free = {name for name in places(notice) if not name.endswith(("at", "_on")) and name not in ("link", "portal")}
    assert mail.text.count(SHOWN) == sum(NOTICES[notice][language][1].count(f"{{{name}}}") for name in free)
    if "at" in places(notice):
        assert TIMES[language] in mail.text
    assert "{" not in mail.text.replace(SHOWN, "")


@EACH
def test_the_html_loads_nothing_and_links_to_the_portal_only(notice: str, language: str) -> None:
    mail = made(placed(notice, language))
    seen = Seen(mail.html)
    assert {tag for tag, _ in seen.tags} <= {"html", "head", "meta", "title", "style", "body", "main"} | {
        "h1", "p", "br", "a", "blockquote"
    }  # fmt: skip
    assert not [name for _, attributes in seen.tags for name in attributes if name in {"src", "style", "background"}]
    assert not re.search(r"url\(|@import", mail.html)
    links = [attributes["href"] for tag, attributes in seen.tags if tag == "a"]
    assert set(links) <= {f"{PORTAL}{PATH}", PORTAL}
    assert ("link" in places(notice)) == (f"{PORTAL}{PATH}" in links)


@EACH
def test_no_mail_holds_a_secret_but_its_link(notice: str, language: str) -> None:
    """Whatever else a payload may hold by mistake stays in it."""
    mail = made(placed(notice, language, password="gws_secret", token="gws_secret", totp="gws_secret"))
    assert "gws_secret" not in mail.subject + mail.text + mail.html
    outside = mail.text.replace(f"{PORTAL}{PATH}", "")
    assert "gwl_" not in outside


@EACH
def test_what_is_not_known_is_said_to_be_so(notice: str, language: str) -> None:
    mail = made(placed(notice, language, value=None))
    free = {name for name in places(notice) if not name.endswith(("at", "_on")) and name not in ("link", "portal")}
    assert not free or ("unbekannt" if language == "de" else "unknown") in mail.text
    assert "None" not in mail.text


def test_another_language_is_answered_in_english() -> None:
    assert made(placed("new_device_sign_in", "xx")).subject == NOTICES["new_device_sign_in"]["en"][0]


def test_a_text_of_several_lines_is_quoted() -> None:
    mail = made(placed("new_device_sign_in", "en", device=["one <b>", "", HOSTILE]))
    assert f"> one <b>\n>\n> {SHOWN}" in mail.text
    assert "one &lt;b&gt;<br>" in mail.html


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/x",
        f"{PORTAL}.evil.example/x",
        f"{PORTAL}@evil.example/",
        "//evil.example\n/x",
        "/x y",
        "javascript:alert(1)",
    ],
)
def test_a_link_that_leads_elsewhere_is_no_link(link: str) -> None:
    with pytest.raises(ValueError, match="portal"):
        made(placed("new_device_sign_in", "en", link=link))


def test_a_long_value_is_cut() -> None:
    assert "x" * 501 not in made(placed("new_device_sign_in", "en", device="x" * 100_000)).text


def test_the_time_of_a_mail_is_the_time_of_what_happened() -> None:
    assert made(placed("new_device_sign_in", "de")).at == AT
