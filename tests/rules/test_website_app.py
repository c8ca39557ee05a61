"""Website apps and backups: paths, names, and what can be done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import backup
from models.rules import website_app as rule
from models.rules.decision import Allowed, Refused

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
GOOD = rule.Place(shows_folder=True, domain_active=True, runs=True)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/", "/"),
        ("/blog", "/blog"),
        ("/blog/", "/blog"),
        ("//a//b/", "/a/b"),
        ("/größe", "/größe"),
        ("/a.b/c-d_e", "/a.b/c-d_e"),
    ],
)
def test_a_path_has_one_form(typed: str, path: str) -> None:
    assert rule.path_of(typed) == path


@pytest.mark.parametrize(
    "typed",
    ["", "blog", "/..", "/a/../b", "/./a", "/a b", "/a\\b", "/a\0", "/a\nb", "/a?b", "/a#b", "/%2e%2e", "/a;b", "/a\u202eb",
     "/" + "x" * 255],
)  # fmt: skip
def test_what_is_no_path_is_refused(typed: str) -> None:
    assert rule.path_of(typed) == Refused(rule.BAD_PATH)


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_a_path_that_stays_as_it_is(typed: str) -> None:
    path = rule.path_of(typed)
    if isinstance(path, str):
        assert rule.path_of(path) == path
        assert ".." not in path.split("/")


@pytest.mark.parametrize(
    ("path", "others", "collides"),
    [
        ("/", ["/blog"], True), ("/blog", ["/"], True), ("/blog", ["/blog"], True), ("/blog/a", ["/blog"], True),
        ("/blog", ["/blog/a"], True), ("/blog", ["/blogs", "/shop"], False), ("/", [], False),
    ],
)  # fmt: skip
def test_no_app_lies_in_another(path: str, others: list[str], collides: bool) -> None:
    assert rule.collides(path, others) is collides


@pytest.mark.parametrize(
    ("web_root", "path", "folder"),
    [("", "/", "/"), (None, "/blog", "/blog"), ("a/b", "/", "/a/b"), ("a", "/b/c", "/a/b/c"), ("a/", "/", "/a")],
)
def test_an_app_is_below_the_folder_of_its_host_name(web_root: str | None, path: str, folder: str) -> None:
    assert rule.folder_of(web_root, path) == folder


@pytest.mark.parametrize(
    ("name", "fine"),
    [("admin", True), ("a.b-c_1", True), ("x" * 60, True), ("", False), ("x" * 61, False), ("123", False), ("ä", False),
     ("-a", False), ("a b", False), ("a'; --", False)],
)  # fmt: skip
def test_names_of_administrators(name: str, fine: bool) -> None:
    assert rule.username_acceptable(name) == (Allowed() if fine else Refused(rule.BAD_USERNAME))


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, None),
        ({"room": Refused("LIMIT_REACHED")}, "LIMIT_REACHED"),
        ({"place": rule.Place(True, False, True)}, "DOMAIN_NOT_ACTIVE"),
        ({"place": rule.Place(False, True, False)}, rule.HOST_REDIRECTS),
        ({"place": rule.Place(True, True, False)}, rule.PHP_UNSUITABLE),
        ({"free_engines": []}, rule.DATABASE_MISSING),
        ({"free_engines": ["POSTGRESQL"]}, rule.DATABASE_MISSING),
        ({"needs": [], "free_engines": []}, None),
        ({"left_mb": 89}, rule.WEB_SPACE_FULL),
        ({"left_mb": 90}, None),
    ],
)
def test_where_it_can_be_installed(given: dict[str, Any], reason: str | None) -> None:
    usual: dict[str, Any] = {
        "room": Allowed(), "place": GOOD, "needs": ["MARIADB"], "free_engines": ["MARIADB"], "space_mb": 90, "left_mb": 500,
    }  # fmt: skip
    assert rule.installable(**usual | given) == (Allowed() if reason is None else Refused(reason))


@pytest.mark.parametrize(
    ("action", "state", "newer", "runs", "reason"),
    [
        (rule.UPDATE, "INSTALLED", True, True, None),
        (rule.UPDATE, "INSTALLED", True, False, rule.PHP_UNSUITABLE),
        (rule.UPDATE, "INSTALLED", False, False, rule.NO_UPDATE),
        (rule.UPDATE, "FAILED", True, True, rule.APP_NOT_INSTALLED),
        (rule.UPDATE, "UPDATING", True, True, rule.APP_BUSY),
        (rule.REMOVE, "FAILED", False, False, None),
        (rule.REMOVE, "INSTALLED", False, False, None),
        (rule.REMOVE, "INSTALLING", False, False, rule.APP_BUSY),
        (rule.REMOVE, "REMOVING", False, False, rule.APP_BUSY),
    ],
)
def test_what_can_be_done_with_one(action: str, state: str, newer: bool, runs: bool, reason: str | None) -> None:
    decision = rule.decide(action, ["WEBSITE_APPS"], "ACTIVE", state, newer=newer, runs=runs)
    assert decision == (Allowed() if reason is None else Refused(reason))


@pytest.mark.parametrize(
    ("action", "given", "reason"),
    [
        (backup.RESTORE, {}, None),
        (backup.RESTORE, {"state": "CREATING"}, backup.BACKUP_NOT_READY),
        (backup.RESTORE, {"state": "FAILED"}, backup.BACKUP_NOT_READY),
        (backup.RESTORE, {"state": "RESTORING"}, backup.RESTORE_RUNNING),
        (backup.RESTORE, {"restoring": True}, backup.RESTORE_RUNNING),
        (backup.RESTORE, {"subject_there": False}, backup.SUBJECT_GONE),
        (backup.RESTORE, {"expires_at": NOW}, backup.BACKUP_EXPIRED),
        (backup.RESTORE, {"automatic": True}, None),
        (backup.DELETE, {}, None),
        (backup.DELETE, {"automatic": True}, backup.BACKUP_OF_THE_HOST),
        (backup.DELETE, {"state": "CREATING"}, backup.BACKUP_NOT_READY),
        (backup.DELETE, {"state": "FAILED"}, None),
        (backup.DELETE, {"subject_there": False}, None),
    ],
)
def test_what_can_be_done_with_a_backup(action: str, given: dict[str, Any], reason: str | None) -> None:
    usual: dict[str, Any] = {
        "state": "READY", "automatic": False, "subject_there": True, "expires_at": NOW + timedelta(seconds=1),
        "restoring": False, "now": NOW,
    }  # fmt: skip
    decision = backup.decide(action, ["BACKUPS"], "ACTIVE", **usual | given)
    assert decision == (Allowed() if reason is None else Refused(reason))
