"""Database addresses."""

from __future__ import annotations

import pytest

from models.database.target import parse


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///var/gateway.sqlite3", "var/gateway.sqlite3"),
        ("sqlite:////srv/gateway.sqlite3", "/srv/gateway.sqlite3"),
        ("sqlite:///with%20space%3F.sqlite3", "with space?.sqlite3"),
    ],
)
def test_three_slashes_are_relative_and_four_absolute(url: str, path: str) -> None:
    assert parse(url).path == path


def test_a_server_is_taken_apart() -> None:
    assert parse("postgresql://me:p%40ss%2Fword%23@db.example:6432/shop?sslmode=require").server == {
        "host": "db.example",
        "port": 6432,
        "user": "me",
        "password": "p@ss/word#",
        "database": "shop",
        "ssl": "require",
    }


def test_a_server_may_be_a_socket_or_leave_out_what_has_a_default() -> None:
    assert parse("postgres://me@/shop?host=/run/postgresql").server["host"] == "/run/postgresql"
    assert parse("postgres://[::1]/shop").server["host"] == "::1"
    plain = parse("postgres:///shop").server
    assert (plain["host"], plain["port"], plain["user"], plain["password"]) == ("127.0.0.1", 5432, None, None)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "must start with"),
        ("gateway.sqlite3", "must start with"),
        ("mysql://secret@host/db", "must start with"),
        ("sqlite:/var/x", "must start with"),
        ("sqlite://", "path of a file"),
        ("sqlite:///", "path of a file"),
        ("sqlite://relative.sqlite3", "path of a file"),
        ("sqlite:///:memory:", "path of a file"),
        ("sqlite:////var/folder/", "path of a file"),
        ("sqlite:///a%00b", "path of a file"),
        ("sqlite:///x.sqlite3?mode=ro", "takes no options"),
        ("postgres://me:secret@host", "name of a database"),
        ("postgres://me:secret@host/", "name of a database"),
        ("postgres://me:secret@host/a/b", "name of a database"),
        ("postgres://me:se#cret@host/db", "%23"),
        ("postgres://me:secret@host:port/db", "host and port"),
        ("postgres://me:secret@host:99999/db", "host and port"),
        ("postgres://me:sec[ret@host/db", "host and port"),
        ("postgres://me:secret@host/db?sslmode=maybe", "sslmode"),
        ("postgres://me:secret@host/db?password=secret", "no options but"),
        ("postgres://me:secret@host/db?host=a&host=b", "no options but"),
        ("postgres://me:secret@host/db?host=", "no host"),
        ("postgres://me:secret@host/db?secret", "no options but"),
    ],
)
def test_what_is_wrong_is_named_and_no_secret_shown(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as raised:
        parse(url)
    assert "cret" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_target_keeps_its_password_to_itself() -> None:
    assert "secret" not in repr(parse("postgres://me:secret@host/db"))
