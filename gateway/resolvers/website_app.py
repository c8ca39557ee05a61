"""Website apps: the catalogue for a package, and what is installed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gateway.auth.website_app import Offer, Wanted
from gateway.context import Context
from gateway.hosting import App, AppVersion
from gateway.messages import message
from gateway.resolvers.outcome import Outcome, done
from gateway.resolvers.package import RefusalReason
from models import WebHost
from models.rules import web_host as host_rule
from models.rules import website_app as rule
from models.rules.decision import Decision, Refused


class WebsiteAppActionName(StrEnum):
    """The entries of an app's menu."""

    UPDATE = rule.UPDATE
    REMOVE = rule.REMOVE


class Fix(StrEnum):
    """What would make something possible."""

    WEB_HOST_CHANGE = rule.WEB_HOST_CHANGE
    DATABASE_CREATE = rule.DATABASE_CREATE
    TARIFF_CHANGE = rule.TARIFF_CHANGE
    OTHER_PATH = rule.OTHER_PATH


@dataclass(frozen=True, slots=True)
class AppAction:
    """An entry of a menu, with what would make it possible."""

    name: WebsiteAppActionName
    allowed: bool
    reason: RefusalReason | None
    message: str | None
    fix: Fix | None


@dataclass(frozen=True, slots=True)
class AppChoice:
    """An app on one host name."""

    web_host: WebHost
    host_name: str
    version: str
    allowed: bool
    reason: RefusalReason | None
    message: str | None
    fix: Fix | None


@dataclass(frozen=True, slots=True)
class CatalogueApp:
    """An app with all its host names."""

    code: str
    name: str
    website: str
    versions: tuple[AppVersion, ...]
    choices: list[AppChoice]


def app_name(context: Context, app: str) -> str:
    """What people call an app; its code where the catalogue has it no more."""
    found = context.parts.hosting.app(app)
    return app if found is None else found.name


def url(context: Context, path: str, name: str, domain: str) -> str:
    """Where it is."""
    return f"https://{host_rule.absolute(name, domain)}{path}"


def update_to(context: Context, app: str, version: str, php: str | None) -> str | None:
    """The newest version that runs on the PHP there is, where that is newer."""
    return context.parts.website_apps.newer(app, version, php)[1]


def actions(
    context: Context,
    functions: Iterable[str],
    package_state: str,
    state: str,
    app: str,
    version: str,
    php: str | None,
) -> list[AppAction]:
    """The menu of an app."""
    newer, runs = context.parts.website_apps.newer(app, version, php)
    return [
        AppAction(
            name,
            *_told(
                context,
                rule.decide(name.value, functions, package_state, state, newer=newer, runs=runs is not None),
            ),
        )
        for name in WebsiteAppActionName
    ]


async def catalogue(context: Context, package_id: str) -> list[CatalogueApp]:
    """Every app, and whether it can be installed on each host name of a package."""
    offers = await context.parts.website_apps.offers(context.signed_in, package_id)
    by_app: dict[str, list[Offer]] = {}
    for offer in offers:
        by_app.setdefault(offer.app.code, []).append(offer)
    return [_shown(context, app, by_app.get(app.code, [])) for app in context.parts.hosting.apps]


async def website_app_install(context: Context, input: Any) -> Outcome:
    """Install one."""
    wanted = Wanted(
        input.web_host_id,
        input.path,
        input.app,
        input.app_version,
        input.database_id,
        input.username,
        input.password,
    )
    row, password, operation = await context.parts.website_apps.install(
        context.signed_in, wanted, context.client, context.now
    )
    return done(website_app=row, password=password, operation=operation)


async def website_app_update(context: Context, input: Any) -> Outcome:
    """Update one."""
    row, operation = await context.parts.website_apps.update(
        context.signed_in, input.website_app_id, input.version, input.app_version, context.client, context.now
    )
    return done(website_app=row, operation=operation)


async def website_app_remove(context: Context, input: Any) -> Outcome:
    """Remove one."""
    row, operation = await context.parts.website_apps.remove(
        context.signed_in, input.website_app_id, context.client, context.now
    )
    return done(website_app=row, operation=operation)


def _shown(context: Context, app: App, offers: list[Offer]) -> CatalogueApp:
    choices = [
        AppChoice(
            offer.host,
            host_rule.absolute(offer.host.name, offer.host.domain.ascii_name),
            offer.version.version,
            *_told(context, offer.decision),
        )
        for offer in offers
    ]
    return CatalogueApp(app.code, app.name, app.website, app.versions, choices)


def _told(context: Context, decision: Decision) -> tuple[bool, RefusalReason | None, str | None, Fix | None]:
    if not isinstance(decision, Refused):
        return True, None, None, None
    reason, fix = RefusalReason(decision.reason), rule.FIXES.get(decision.reason)
    text = message(f"refused.{reason.value}", context.language)
    return False, reason, text, None if fix is None else Fix(fix)
