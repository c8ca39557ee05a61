"""Host names of the web servers: made, changed and deleted, each with the operation that makes it true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from tortoise.expressions import F

from gateway.auth import audit, operations, visible
from gateway.auth.client import Client
from gateway.auth.host_name import ascii_host
from gateway.auth.nearest_zone import nearest_zone
from gateway.auth.package_function import find_package
from gateway.auth.resources import find_room
from gateway.auth.viewer import Viewer
from gateway.auth.web_host_target import Setting, Wanted, read_name, read_setting
from gateway.errors import ErrorCode, GatewayError, bad_input
from gateway.hosting import Hosting
from models import Domain, DomainState, Operation, Package, TlsState, WebHost, WebsiteApp, WebTarget
from models.database import in_unit_of_work
from models.ids import prefix_of
from models.rules import redirect_url, resource
from models.rules import web_host as rule
from models.rules.berlin import berlin_day
from models.rules.decision import Refused

DOMAIN, NAME, WHICH, VERSION, URL, PHP = (
    ("input", name) for name in ("domainId", "name", "webHostId", "version", "redirectUrl", "phpVersion")
)


async def create_web_host(
    viewer: Viewer, domain_id: str, typed: str, wanted: Wanted, hosting: Hosting, client: Client, now: datetime
) -> tuple[WebHost, Operation]:
    """Have the web servers answer for one more name of a domain.

    Raises `BAD_USER_INPUT` for a name or a target that cannot be, `NOT_FOUND` for a domain that is none of the viewer's, and
    `CONFLICT` for a name that is there already, a domain that is not active, in the words of the package's menu, and
    when its limit is reached.
    """
    setting = read_setting(wanted, hosting, None, berlin_day(now))

    async def write() -> tuple[WebHost, Operation]:
        domain = await _domain(viewer, domain_id)
        package = await find_room(viewer, domain.package_id, resource.WEB_HOST, DOMAIN)
        if domain.state is not DomainState.ACTIVE:
            raise GatewayError(ErrorCode.CONFLICT, f"refused.{rule.DOMAIN_NOT_ACTIVE}", path=DOMAIN)
        name = read_name(typed, domain.ascii_name, hosting)
        absolute = rule.absolute(name, domain.ascii_name)
        await _demand_an_end(viewer, absolute, setting)
        elsewhere = await nearest_zone(absolute) != domain.ascii_name  # whose it is, is nobody's business
        if elsewhere or await visible.web_hosts(viewer).filter(domain_id=domain.id, name=name).exists():
            raise GatewayError(ErrorCode.CONFLICT, "web_host.exists", path=NAME)
        host = await WebHost.create(
            customer_id=package.customer_id,
            package_id=package.id,
            domain_id=domain.id,
            name=name,
            tls_state=TlsState.PENDING,
            created_at=now,
            **setting.columns(),
        )
        desired = {"name": absolute, **setting.told()}
        operation = await operations.request(viewer, package.id, "web_host.create", host.id, desired, now)
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "web_host.create",
            object_id=host.id,
            package_id=package.id,
            detail={"name": desired["name"], "before": {}, "after": setting.told()},
        )
        return await visible.web_hosts(viewer).get(id=host.id), operation

    return await in_unit_of_work(write)


async def change_web_host(
    viewer: Viewer, web_host_id: str, version: int, wanted: Wanted, hosting: Hosting, client: Client, now: datetime
) -> tuple[WebHost, Operation]:
    """Put something else behind a host name: all of `wanted` takes the place of what was there.

    Raises as `create_web_host`; `CONFLICT` also when it was changed meanwhile, and for what a website app there does not bear.
    """

    async def write() -> tuple[WebHost, Operation]:
        host, package = await _locked(viewer, web_host_id)
        setting = read_setting(wanted, hosting, host.php_version, berlin_day(now))
        apps = await visible.website_apps(viewer).filter(web_host_id=host.id).order_by("id")
        _demand(rule.CHANGE, package, host, apps)
        if host.version != version:
            raise GatewayError(ErrorCode.CONFLICT, "web_host.changed_meanwhile", path=VERSION)
        _demand_for_apps(apps, host, setting, hosting)
        name = rule.absolute(host.name, host.domain.ascii_name)
        await _demand_an_end(viewer, name, setting)
        unchanged = visible.web_hosts(viewer).filter(id=host.id, version=version)
        again = {"tls_state": TlsState.PENDING} if host.tls_state is TlsState.FAILED else {}
        if not await unchanged.update(version=F("version") + 1, **setting.columns(), **again):
            raise GatewayError(ErrorCode.CONFLICT, "web_host.changed_meanwhile", path=VERSION)
        operation = await operations.request(
            viewer, package.id, "web_host.change", host.id, {"name": name, **setting.told()}, now
        )
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "web_host.change",
            object_id=host.id,
            package_id=package.id,
            detail={"name": name, **_differences(Setting.of(host).told(), setting.told())},
        )
        return await visible.web_hosts(viewer).get(id=host.id), operation

    return await in_unit_of_work(write)


async def delete_web_host(viewer: Viewer, web_host_id: str, client: Client, now: datetime) -> tuple[str, Operation]:
    """Have the web servers forget a name: its id. The files in the web space stay.

    Raises `NOT_FOUND`, and `CONFLICT` while a website app stands on it and in the words of the package's menu.
    """

    async def write() -> tuple[str, Operation]:
        host, package = await _locked(viewer, web_host_id)
        apps = await visible.website_apps(viewer).filter(web_host_id=host.id)
        _demand(rule.DELETE, package, host, apps)
        name = rule.absolute(host.name, host.domain.ascii_name)
        if not await visible.web_hosts(viewer).filter(id=host.id).delete():
            raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
        operation = await operations.request(viewer, package.id, "web_host.delete", host.id, {"name": name}, now)
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "web_host.delete",
            object_id=host.id,
            package_id=package.id,
            detail={"name": name, "before": Setting.of(host).told(), "after": {}},
        )
        return host.id, operation

    return await in_unit_of_work(write)


async def _domain(viewer: Viewer, domain_id: str) -> Domain:
    domain = await visible.domains(viewer).get_or_none(id=domain_id) if prefix_of(domain_id) == "dom" else None
    if domain is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=DOMAIN)
    return domain


async def _host(viewer: Viewer, web_host_id: str) -> WebHost:
    host = None
    if prefix_of(web_host_id) == "whs":
        host = await visible.web_hosts(viewer).select_related("domain").get_or_none(id=web_host_id)
    if host is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
    return host


async def _locked(viewer: Viewer, web_host_id: str) -> tuple[WebHost, Package]:
    """A host name and its package, locked until the unit ends: nothing is installed on it or sent to it meanwhile."""
    host = await _host(viewer, web_host_id)
    package = await find_package(viewer, host.package_id, rule.FUNCTION, WHICH)
    await visible.packages(viewer).filter(id=package.id).select_for_update().first()
    return await _host(viewer, web_host_id), await find_package(viewer, package.id, rule.FUNCTION, WHICH)


def _demand(action: str, package: Package, host: WebHost, apps: list[WebsiteApp]) -> None:
    decision = rule.decide(action, package.type.functions, package.state, host.domain.state.value, has_app=bool(apps))
    if isinstance(decision, Refused):
        raise GatewayError(ErrorCode.CONFLICT, f"refused.{decision.reason}", path=WHICH)


def _demand_for_apps(apps: list[WebsiteApp], host: WebHost, setting: Setting, hosting: Hosting) -> None:
    """A website app keeps the folder it is in, and a version of PHP that it runs on."""
    if apps and (setting.target, setting.web_root) != (host.target, host.web_root):
        raise GatewayError(ErrorCode.CONFLICT, f"refused.{rule.APP_INSTALLED}", path=WHICH)
    for app in apps if setting.php_version != host.php_version else ():
        version = hosting.app_version(app.app, app.app_version)
        if setting.php_version is None or (version is not None and not version.runs_on(setting.php_version)):
            raise GatewayError(ErrorCode.CONFLICT, f"refused.{rule.APP_NEEDS_PHP}", path=PHP)


async def _demand_an_end(viewer: Viewer, name: str, setting: Setting) -> None:
    """Visitors who are sent on must arrive: not at the same name again, whether at once or by way of others."""
    if setting.redirect is None or setting.redirect.port not in (80, 443):
        return
    whole = replace(viewer, package_id=None, domain_ids=None)  # visitors go around beyond what the viewer sees, too
    others = await visible.web_hosts(whole).filter(target=WebTarget.REDIRECT).select_related("domain")
    redirects: dict[str, str] = {}
    for one in others:
        led = redirect_url.read(one.redirect_url or "", ascii_host)
        if isinstance(led, redirect_url.Redirect) and led.port in (80, 443):
            redirects[rule.absolute(one.name, one.domain.ascii_name)] = led.host
    if rule.leads_back(name, setting.redirect.host, {**redirects, name: setting.redirect.host}):
        raise bad_input("web_host.redirect_loop", path=URL)


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    names = [name for name in after if before[name] != after[name]]
    return {"before": {name: before[name] for name in names}, "after": {name: after[name] for name in names}}
