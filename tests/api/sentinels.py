"""Values that give away where they came from, planted in every column a package login must not see.

Confidential is every column of every table, but for those listed here as technical, and of those too wherever the row is
not the package's own. A new column is confidential until somebody lists it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from tortoise import fields
from tortoise.fields.data import CharEnumFieldInstance
from tortoise.models import Model

from tests.append_only import allow_changes
from tests.world import ALIVE, Caller, World, tables

TECHNICAL: dict[str, set[str]] = {
    "package": {
        "name", "name_key", "search_key", "identification", "state", "web_space_used_mb", "created_at", "version",
    },
    "package_type": {
        "code", "name", "family", "functions", "mailbox_limit", "domain_limit", "database_limit", "web_space_mb",
        "web_host_limit", "sftp_account_limit", "cron_job_limit", "mail_address_limit", "website_app_limit", "backup_limit",
    },
    "domain": {
        "name", "ascii_name", "search_key", "main", "state", "registered_on", "zone_version", "created_at",
        "dkim_selector", "dkim_public_key",
    },
    "dns_record": {"name", "type", "ttl", "value", "created_at"},
    "web_space_usage": {"day", "used_mb"},
    "website_app": {"app", "app_version", "path", "state", "username", "version", "created_at", "updated_at"},
    "backup": {
        "content", "subject_name", "state", "automatic", "size_mb", "restored_at", "expires_at", "version", "created_at",
    },
    "hosted_database": {
        "name", "label", "engine", "engine_version", "host", "port", "allowed_hosts", "used_mb", "password_changed_at",
        "dump_requested_at", "version", "created_at",
    },
    "sftp_account": {
        "username", "label", "directory", "access", "password_changed_at", "last_used_at", "version", "created_at",
    },
    "ssh_key": {"type", "fingerprint", "label", "created_at"},
    "cron_job": {
        "label", "schedule", "kind", "target", "php_version", "enabled", "last_run_at", "last_succeeded", "version",
        "created_at",
    },
    "web_host": {
        "name", "target", "web_root", "redirect_url", "redirect_code", "php_version", "tls_state", "tls_issuer",
        "tls_expires_at", "version", "created_at",
    },
    "mailbox": {
        "address", "search_key", "display_name", "quota_mb", "used_mb", "spam_filter", "virus_filter", "auto_reply_subject",
        "auto_reply_text", "auto_reply_from", "auto_reply_to", "password_changed_at", "version", "created_at",
    },
    "mail_address": {"address", "search_key", "targets", "version", "created_at"},
    "operation": {"number", "kind", "subject_id", "state", "progress", "error", "requested_at", "started_at", "finished_at"},
    "help_article": {
        "slug", "language", "kind", "topic", "title", "body", "search_key", "position", "updated_at",
    },
    "contact_option": {"language", "topic", "title", "phone", "hours", "email", "position"},
    "session": {
        "kind", "device_name", "user_agent", "address", "remembered", "created_at", "last_used_at", "expires_at",
    },
}  # fmt: skip
"""What a package login may see of its package, and of its own session."""

HOLDS_THE_WORLD: dict[str, set[str]] = {
    "session": {
        "token_hash", "idle_seconds", "created_at", "last_used_at", "expires_at", "revoked_at", "elevated_until",
    },
    "customer": {"disabled_at"},
}  # fmt: skip
"""Columns that decide whether anybody is signed in; other values would end the test, not sharpen it."""

FEW_VALUES = {
    "tariff_change.state",
    "web_host.target",
    "web_host.redirect_code",
    "data_report.progress",
    "operation.progress",
    "hosted_database.port",
    "hosted_database.engine",
    "sftp_account.access",
    "cancellation.subject",
    "cancellation.state",
    "cancelled_domain.fate",
    "debit.active_for",
    "invoice_reminder.level",
    "invoice_export.progress",
    "invoice_export.year",
}
"""Columns that a constraint keeps within a few values."""

FIRST_DAY = date(1100, 1, 1).toordinal()
FIRST_NUMBER = 700_000_011
FIRST_MONTHS = 70_000
"""Terms are added to dates, which end with the year 9999."""

_ID = re.compile(r"\b[a-z]{3}_[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}\b")
_TEXT = re.compile(r"sentinel(\d+)s", re.IGNORECASE)
_GLYPH = re.compile(r"[\ue000-\uf8ff]")
_ESCAPED = re.compile(r"\\u([ef][0-9a-f]{3})", re.IGNORECASE)
_DAY = re.compile(r"1[12]\d\d-\d\d-\d\d")
_SEPARATORS = re.compile("[.,'\u00a0\u202f ]")
_NUMBER = re.compile(r"(?=(7\d{8}))")
_MONTHS = re.compile(r"(?<![\w.])7\d{4}(?![\w.])")  # not within the random id of a request
_BASE64 = re.compile(r"[A-Za-z0-9_-]{12,}")


@dataclass
class Sentinels:
    """What was planted where, by how it shows."""

    visible: set[str]
    texts: dict[int, str] = field(default_factory=dict)
    glyphs: dict[str, str] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    words: dict[str, set[str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    rows: int = 0

    @property
    def places(self) -> set[str]:
        """Every `table.column` that holds one."""
        kinds: tuple[dict[Any, str], ...] = (self.texts, self.glyphs, self.days, self.numbers, self.ids)
        return {place for kind in kinds for place in kind.values()}.union(*self.words.values())

    @property
    def searchable(self) -> list[str]:
        """The texts, as somebody who guessed them would search for them."""
        return [f"sentinel{number}s" for number in self.texts]

    def found(self, text: str) -> set[str]:
        """The places whose values are in a text, also inside of cursors, and of numbers in any writing."""
        found: set[str] = set()
        for read in (text, *_decoded(text)):
            found |= {self.texts[int(number)] for number in _TEXT.findall(read)}
            glyphs = {*_GLYPH.findall(read), *(chr(int(code, 16)) for code in _ESCAPED.findall(read))}
            found |= {self.glyphs[glyph] for glyph in glyphs if glyph in self.glyphs}
            found |= {self.days[day] for day in _DAY.findall(read) if day in self.days}
            plain = _ID.sub("", read)
            numbers = {*_NUMBER.findall(_SEPARATORS.sub("", plain)), *_MONTHS.findall(plain)}
            found |= {self.numbers[number] for number in numbers if number in self.numbers}
            found = found.union(*(places for word, places in self.words.items() if f'"{word}"' in read))
            found |= {self.ids.get(id, "a row of nobody") for id in _ID.findall(read) if id not in self.visible}
        return found

    def value(self, place: str, column: Any, taken: set[str]) -> Any:
        """A fresh sentinel that fits a column; `None`: it takes no telling value."""
        number = len(self.texts) + len(self.glyphs) + len(self.days) + len(self.numbers)
        if isinstance(column, CharEnumFieldInstance):
            word = next((e.value for e in reversed(list(column.enum_type)) if e.value not in taken), None)
            if word is not None:
                self.words.setdefault(word, set()).add(place)
            return word
        if isinstance(column, fields.JSONField):
            return [self._text(number, place)]
        if isinstance(column, fields.BinaryField):
            return self._text(number, place).encode()
        if isinstance(column, fields.TextField):
            return self._text(number, place)
        if isinstance(column, fields.CharField):
            if column.max_length >= 16:
                return self._text(number, place)
            glyph = chr(0xE000 + len(self.glyphs))
            self.glyphs[glyph] = place
            return glyph * min(column.max_length, 2)
        if isinstance(column, fields.DatetimeField):
            return datetime.combine(self._day(number, place), time(), UTC)
        if isinstance(column, fields.DateField):
            return self._day(number, place)
        if isinstance(column, fields.BooleanField):
            return None
        if isinstance(column, fields.IntField | fields.BigIntField):
            months = place.endswith("_months")
            return self.remember_number(FIRST_MONTHS + number if months else FIRST_NUMBER + 10 * number, place)
        raise TypeError(f"no sentinel for {place}")

    def remember_number(self, number: int, place: str) -> int:
        """A number that shows where it is from."""
        assert self.numbers.setdefault(str(number), place) == place
        return number

    def _text(self, number: int, place: str) -> str:
        self.texts[number] = place
        return f"sentinel{number}s"

    def _day(self, number: int, place: str) -> date:
        day = date.fromordinal(FIRST_DAY + number)
        self.days[day.isoformat()] = place
        return day


def _decoded(text: str) -> Iterator[str]:
    """Whatever in a text is the base64 of a JSON list, as cursors are."""
    for piece in set(_BASE64.findall(text)):
        try:
            plain = base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4)).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
        if plain.startswith("["):
            yield plain


def _plantable(model: type[Model]) -> Iterator[tuple[str, Any]]:
    """The columns of a table but its keys."""
    meta = model._meta
    keys = {meta.pk_attr, *(f"{name}_id" for name in meta.fk_fields | meta.o2o_fields)}
    for name in meta.fields_db_projection:  # in the order of their declaration
        if name not in keys:
            yield name, meta.fields_map[name]


async def plant(world: World, caller: Caller) -> Sentinels:
    """Fill every column that `caller`, a package login, must not see. Keys stay; the ids of hidden rows count too."""
    await allow_changes()
    planted = Sentinels(world.visible(caller))
    taken = await _words_of_visible_rows(planted.visible)
    in_use = {world.sessions[caller] for caller in ALIVE if caller in world.sessions}
    for table, model in tables().items():
        technical, kept = TECHNICAL.get(table, set()), HOLDS_THE_WORLD.get(table, set())
        async for row in model.all():
            mine = row.pk in planted.visible
            if not mine:
                planted.ids[str(row.pk)] = f"{table}.{model._meta.db_pk_column}"
            values = {}
            for name, column in _plantable(model):
                if (mine and name in technical) or (name in kept and (table != "session" or row.pk in in_use)):
                    continue
                if f"{table}.{name}" in FEW_VALUES:
                    continue
                if name == "kind" and table == "session":  # tied to its package by a constraint
                    continue
                value = planted.value(f"{table}.{name}", column, taken)
                if value is not None:
                    values[name] = value
            if table == "invoice":  # tied together by a constraint
                total = values["net_minor"] + values["vat_minor"]
                values["gross_minor"] = planted.remember_number(total, "invoice.gross_minor")
            if table == "web_host":  # a folder or an address, never both
                values.pop("redirect_url" if row.redirect_url is None else "web_root", None)
            if values:
                await model.filter(pk=row.pk).update(**values)
                planted.rows += 1
    return planted


async def _words_of_visible_rows(visible: set[str]) -> set[str]:
    """Enum values that are there to be seen, and so give nothing away."""
    taken = {"CUSTOMER", "PACKAGE"}
    for model in tables().values():
        for name, column in _plantable(model):
            if isinstance(column, CharEnumFieldInstance):
                taken |= {getattr(row, name).value async for row in model.filter(pk__in=visible)}
    return taken
