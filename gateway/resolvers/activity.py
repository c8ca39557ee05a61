"""What happened under a customer number, as its customer reads it.

Entries are written for those who look into an account's past: of the details of an entry only what is known to be fit
for the customer's eyes is shown, and only to those who may see what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gateway.auth.actions import ActivityAction, ActivityGroup, action_of, group_of, scope_of
from gateway.auth.viewer import Scope
from gateway.context import Context
from gateway.errors import ErrorCode
from gateway.messages import message
from gateway.resolvers.customer import display_name
from models import ActorKind
from models.ids import prefix_of


class ActivityObjectKind(StrEnum):
    """What kind of row something was done to."""

    CUSTOMER = "cus"
    SESSION = "ses"
    TRUSTED_DEVICE = "dev"
    AUTHENTICATOR = "aut"
    PACKAGE = "pkg"
    DOMAIN = "dom"
    MAILBOX = "mbx"
    MAIL_ADDRESS = "mad"
    WEBSITE_APP = "app"
    BACKUP = "bak"
    DATABASE = "dbs"
    SFTP_ACCOUNT = "sft"
    SSH_KEY = "sky"
    CRON_JOB = "crn"
    WEB_HOST = "whs"
    OPERATION = "ope"
    CONTRACT = "ctr"
    ADD_ON = "add"
    INVOICE = "inv"
    PAYMENT = "pay"
    BANK_ACCOUNT = "bnk"
    PHONE_NUMBER = "phn"
    API_TOKEN = "tok"  # noqa: S105 - a kind of row, no secret
    DATA_REPORT = "rep"
    AGREEMENT = "agr"
    CANCELLATION = "can"
    DECLARATION = "dcl"


_KINDS: dict[str, ActivityObjectKind] = {kind.value: kind for kind in ActivityObjectKind}

SHOWN = frozenset(
    {
        "name", "first", "new_device", "remembered", "second_factor", "failures", "ended", "removed", "version",
        "language", "ticket", "value", "ends_on", "added",
    }
)  # fmt: skip
"""Details that may be shown, beside the names of columns an import changed. What is not listed stays inside."""

LONGEST = 1_000
"""Characters of a detail that are shown: 20 addresses that mail is sent on to, for the most part."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A value that changed, or that was noted: then there is nothing before."""

    name: str
    before: str | None
    after: str | None


def _may(context: Context, scope: Scope) -> bool:
    return context.viewer is not None and scope in context.viewer.scopes


def _language(context: Context, language: Any) -> str:
    return context.language if language is None else str(language.value)


def action(context: Context, action: str) -> ActivityAction:
    """What was done."""
    return action_of(action)


def group(context: Context, action: str) -> ActivityGroup | None:
    """What it is about."""
    return group_of(action)


def summary(context: Context, action: str, result: str, language: Any = None) -> str:
    """What was done and whether it worked, for people."""
    spoken = _language(context, language)
    what = message(f"activity.{action_of(action).value}", spoken)
    if result == "OK":
        return what
    refused = result in (ErrorCode.INVALID_CREDENTIALS, ErrorCode.TWO_FACTOR_INVALID)
    if result == ErrorCode.TWO_FACTOR_REQUIRED:
        return message("activity.second_step", spoken, what=what)
    return message("activity.refused" if refused else "activity.failed", spoken, what=what)


def succeeded(context: Context, result: str) -> bool:
    """Whether it worked."""
    return result == "OK"


def error(context: Context, result: str) -> ErrorCode | None:
    """Why it did not; `None` when it did, and for a reason this version does not know."""
    return ErrorCode(result) if result in ErrorCode.__members__ else None


def actor_label(
    context: Context,
    kind: str,
    company_name: str | None,
    first_name: str | None,
    last_name: str | None,
    package: str | None,
    domain: str | None,
    language: Any = None,
) -> str:
    """Who did it: a name where there is one that may be seen, and otherwise what kind of somebody it was."""
    if kind == ActorKind.CUSTOMER and last_name is not None:
        return display_name(context, company_name, first_name, last_name)
    if kind == ActorKind.PACKAGE_LOGIN:
        if domain is not None and _may(context, Scope.DOMAIN_READ):
            return domain
        if package is not None and _may(context, Scope.PACKAGE_READ):
            return package
    return message(_ACTORS[ActorKind(kind)], _language(context, language))


_ACTORS = {
    ActorKind.CUSTOMER: "activity.actor.customer",
    ActorKind.PACKAGE_LOGIN: "activity.actor.package_login",
    ActorKind.API_TOKEN: "activity.actor.api_token",
    ActorKind.OPERATOR: "activity.actor.operator",
    ActorKind.SYSTEM: "activity.actor.system",
}


def object_kind(context: Context, object_id: str | None) -> ActivityObjectKind | None:
    """What kind of row it was done to."""
    return None if object_id is None else _KINDS.get(prefix_of(object_id) or "")


def object_label(
    context: Context, object_id: str | None, action: str, detail: Any, package: str | None, number: str | None
) -> str | None:
    """What people call it: the name it had then where that was noted, else what a package or the customer is called."""
    if not _may(context, scope_of(action)):
        return None
    if isinstance(detail, Mapping) and isinstance(named := detail.get("name"), str):
        return named[:LONGEST]
    kind = object_kind(context, object_id)
    if kind is ActivityObjectKind.PACKAGE:
        return package if _may(context, Scope.PACKAGE_READ) else None
    return number if kind is ActivityObjectKind.CUSTOMER else None


def details(context: Context, action: str, detail: Any) -> list[Detail]:
    """What is known about it, by name: a database may not keep the order of notes."""
    if not isinstance(detail, Mapping) or not _may(context, scope_of(action)):
        return []
    found = [
        Detail(name, None, _text(value))
        for name, noted in sorted(detail.items())
        for value in (noted if isinstance(noted, list) else [noted])
        if name in SHOWN and _is_plain(value)
    ]
    changed = detail.get("changed")
    if isinstance(changed, list):
        found += [Detail(name, None, None) for name in changed if isinstance(name, str) and name.isidentifier()]
    return [*_before_and_after(detail.get("before"), detail.get("after")), *found]


def _before_and_after(before: Any, after: Any) -> list[Detail]:
    """One value, or several by name."""
    if isinstance(before, Mapping) or isinstance(after, Mapping):
        old, new = (side if isinstance(side, Mapping) else {} for side in (before, after))
        names = sorted({*old, *new})
        pairs = [(name, old.get(name), new.get(name)) for name in names]
    else:
        pairs = [("value", before, after)] if before is not None or after is not None else []
    shown = [(name, _listed(old), _listed(new)) for name, old, new in pairs]
    return [Detail(name, _text(old), _text(new)) for name, old, new in shown if _is_plain(old) and _is_plain(new)]


def _listed(value: Any) -> Any:
    """A list of plain values as one text."""
    if isinstance(value, list) and all(_is_plain(one) for one in value):
        return ", ".join(_text(one) or "" for one in value)
    return value


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return ("true" if value else "false") if isinstance(value, bool) else str(value)[:LONGEST]
