"""When a job is to run and what it is to do, as it was typed and as it is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from gateway.auth.host_name import ascii_host
from gateway.auth.label import read_label
from gateway.errors import GatewayError, bad_input
from gateway.hosting import Hosting
from gateway.settings import Settings
from models import CronJob, CronKind
from models.rules import cron, cron_target, redirect_url, web_host, web_root
from models.rules.decision import Refused

SCHEDULE, TARGET, PHP = (("input", name) for name in ("schedule", "target", "phpVersion"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """As it was typed."""

    label: str | None
    schedule: str
    kind: CronKind
    target: str
    php_version: str | None
    enabled: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """As it is stored. `schedule` is five fields of numbers, `php_version` `None` for an address."""

    label: str | None
    schedule: str
    kind: CronKind
    target: str
    php_version: str | None
    enabled: bool

    @classmethod
    def of(cls, job: CronJob) -> Plan:
        """That of a job."""
        return cls(job.label, job.schedule, job.kind, job.target, job.php_version, job.enabled)

    def columns(self) -> dict[str, Any]:
        """By column."""
        return {
            "label": self.label,
            "schedule": self.schedule,
            "kind": self.kind,
            "target": self.target,
            "php_version": self.php_version,
            "enabled": self.enabled,
        }

    def desired(self) -> dict[str, Any]:
        """By field in GraphQL, for the host's systems."""
        return {
            "schedule": self.schedule,
            "timeZone": "Europe/Berlin",
            "kind": self.kind.value,
            "target": self.target,
            "phpVersion": self.php_version,
            "enabled": self.enabled,
        }

    def told(self) -> dict[str, Any]:
        """By field in GraphQL, for whoever reads what was done: what an address asks with is left out, it can be a key."""
        address, asks, _ = self.target.partition("?")
        told = {"label": self.label, **self.desired(), "target": f"{address}?…" if asks else address}
        del told["timeZone"]
        return told


def own_hosts(hosting: Hosting, settings: Settings) -> frozenset[str]:
    """Names of the host's own servers and of this gateway: jobs ask none of them."""
    servers = (hosting.imap, hosting.smtp, hosting.sftp, *hosting.database_servers.values())
    urls = (urlsplit(url).hostname or "" for url in (settings.url, settings.portal))
    names = (*(server.host for server in servers), *hosting.mail_exchangers, *settings.allowed_hosts, *urls)
    return frozenset(name.strip("[]").lower() for name in names if name.strip("[]*."))


def read_plan(wanted: Wanted, own: Iterable[str], hosting: Hosting, php_before: str | None, today: date) -> Plan:
    """What is to be stored; `php_before` is the version a job has. Raises `BAD_USER_INPUT` with the path."""
    label = read_label(wanted.label)
    schedule = cron.read(wanted.schedule)
    if isinstance(schedule, Refused):
        raise bad_input(_SCHEDULES[schedule.reason], path=SCHEDULE, shortest=cron.SHORTEST_INTERVAL)
    if wanted.kind is CronKind.URL:
        target, version = _address(wanted, own), None
    else:
        target, version = _script(wanted.target), _php(wanted.php_version, hosting, php_before, today)
    return Plan(label, schedule.text, wanted.kind, target, version, wanted.enabled)


def _address(wanted: Wanted, own: Iterable[str]) -> str:
    if wanted.php_version is not None:
        raise bad_input("cron_job.php_without_script", path=PHP)
    read = redirect_url.read(wanted.target, ascii_host)
    if isinstance(read, Refused):
        raise _bad_target(read)
    decision = cron_target.askable(read.host, read.port, own)
    if isinstance(decision, Refused):
        raise _bad_target(decision)
    return read.url.partition("#")[0]


def _script(typed: str) -> str:
    path = cron_target.script(typed)
    if isinstance(path, Refused):
        raise _bad_target(path)
    return path


def _php(version: str | None, hosting: Hosting, before: str | None, today: date) -> str:
    if version is None:
        raise bad_input("cron_job.php_missing", path=PHP)
    found = hosting.php_version(version)
    decision = web_host.php_choosable(version, None if found is None else found.end_of_life_on, before, today)
    if isinstance(decision, Refused):
        raise bad_input(_VERSIONS[decision.reason], path=PHP)
    return version


def _bad_target(refused: Refused) -> GatewayError:
    key, longest = _TARGETS[refused.reason]
    return bad_input(key, path=TARGET, longest=longest)


_SCHEDULES = {
    cron.SYNTAX: "cron_job.schedule_syntax",
    cron.OUT_OF_RANGE: "cron_job.schedule_range",
    cron.AT_BOOT: "cron_job.schedule_boot",
    cron.TOO_OFTEN: "cron_job.schedule_too_often",
    cron.NEVER: "cron_job.schedule_never",
}
_TARGETS = {
    redirect_url.BAD_URL: ("cron_job.url_invalid", 0),
    redirect_url.BAD_SCHEME: ("cron_job.url_scheme", 0),
    redirect_url.CREDENTIALS: ("cron_job.url_credentials", 0),
    redirect_url.BAD_HOST: ("cron_job.url_host", 0),
    redirect_url.TOO_LONG: ("cron_job.target_too_long", redirect_url.LONGEST),
    cron_target.NOT_PUBLIC: ("cron_job.url_not_public", 0),
    cron_target.BAD_PORT: ("cron_job.url_port", 0),
    cron_target.NOT_PHP: ("cron_job.script_not_php", 0),
    web_root.ABSOLUTE: ("cron_job.script_absolute", 0),
    web_root.PARENT: ("cron_job.script_parent", 0),
    web_root.CHARACTERS: ("cron_job.script_characters", 0),
    web_root.TOO_LONG: ("cron_job.target_too_long", web_root.LONGEST),
}
_VERSIONS = {web_host.PHP_UNKNOWN: "cron_job.php_unknown", web_host.PHP_ENDED: "cron_job.php_ended"}
