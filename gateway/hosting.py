"""What this host offers: its servers, and the versions of PHP, databases and website apps. Read from a JSON file.

The file beside this module is a made-up host with versions that exist; the dates are those of php.net, mariadb.org and
postgresql.org.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from models import DatabaseEngine

_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)


class TransportSecurity(StrEnum):
    """How a connection is made safe: from its first byte, after a greeting in clear text (RFC 8314 §3), or SSH itself."""

    TLS = "TLS"
    STARTTLS = "STARTTLS"
    SSH = "SSH"


@dataclass(frozen=True, slots=True)
class Server:
    """Where a service is."""

    host: str
    port: int
    security: TransportSecurity

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT


@dataclass(frozen=True, slots=True)
class PhpVersion:
    """A version of PHP that host names can have; after `end_of_life_on` nobody repairs it."""

    version: str
    end_of_life_on: date

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT


@dataclass(frozen=True, slots=True)
class DatabaseVersion:
    """A version of a database system that databases can be made of."""

    engine: DatabaseEngine
    version: str
    end_of_life_on: date

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT


@dataclass(frozen=True, slots=True)
class AppVersion:
    """A version of an app and what it needs: PHP between two versions, one of these databases (none: nothing), space in MiB."""

    version: str
    php_from: str
    php_to: str
    engines: tuple[DatabaseEngine, ...]
    space_mb: int

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    def runs_on(self, php: str) -> bool:
        """Whether it runs on a version of PHP."""
        return ordered(self.php_from) <= ordered(php) <= ordered(self.php_to)


@dataclass(frozen=True, slots=True)
class App:
    """A website app; its versions go from the oldest to the latest."""

    code: str
    name: str
    website: str
    versions: tuple[AppVersion, ...]

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT


@dataclass(frozen=True, slots=True)
class Hosting:
    """All of it. `web_addresses` are those host names point to, `spf_include` what an SPF policy takes in (RFC 7208 §5.2)."""

    imap: Server
    smtp: Server
    sftp: Server
    database_servers: dict[DatabaseEngine, Server]
    mail_exchangers: tuple[str, ...]
    spf_include: str
    web_addresses: tuple[str, ...]
    php: tuple[PhpVersion, ...]
    databases: tuple[DatabaseVersion, ...]
    apps: tuple[App, ...]

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    def php_version(self, version: str) -> PhpVersion | None:
        """The version that is called so."""
        return next((php for php in self.php if php.version == version), None)

    def database_version(self, engine: str, version: str) -> DatabaseVersion | None:
        """The version of `engine` that is called so."""
        return next((one for one in self.databases if (one.engine, one.version) == (engine, version)), None)

    def app(self, code: str) -> App | None:
        """The app with a code."""
        return next((app for app in self.apps if app.code == code), None)

    def app_version(self, code: str, version: str) -> AppVersion | None:
        """One version of an app."""
        app = self.app(code)
        return next((one for one in app.versions if one.version == version), None) if app else None


def ordered(version: str) -> tuple[int, ...]:
    """A version as numbers, which compare as versions do: 8.10 comes after 8.9."""
    return tuple(int(part) for part in version.split("."))


def load_hosting(path: Path | None) -> Hosting:
    """What the JSON file at `path` says; `None` is the made-up host.

    Raises `ValueError` that names the setting, the file and the field.
    """
    shown = path or Path(__file__).with_suffix(".json")
    try:
        hosting = TypeAdapter(Hosting).validate_json(shown.read_bytes())
        for fault in _faults(hosting):
            raise ValueError(fault)
    except OSError as error:
        raise ValueError(f"GATEWAY_HOSTING_FILE {path}: {error.strerror}") from None
    except ValidationError as error:
        faults = (
            ".".join(map(str, fault["loc"])) + ": " * bool(fault["loc"]) + fault["msg"]
            for fault in error.errors(include_input=False)
        )
        raise ValueError(f"GATEWAY_HOSTING_FILE {path}: {'; '.join(faults)}") from None
    except ValueError as error:
        raise ValueError(f"GATEWAY_HOSTING_FILE {path}: {error}") from None
    return hosting


def _faults(hosting: Hosting) -> Iterator[str]:
    versions = [
        *(("php", php.version) for php in hosting.php),
        *(("databases", one.version) for one in hosting.databases),
        *(
            ("apps", text)
            for app in hosting.apps
            for one in app.versions
            for text in (one.version, one.php_from, one.php_to)
        ),
    ]
    for where, version in versions:
        if not all(part.isdecimal() for part in version.split(".")):
            yield f"{where}: {version} is not a version such as 8.4"
    offered = {
        "php": [php.version for php in hosting.php],
        "databases": [f"{one.engine.value} {one.version}" for one in hosting.databases],
        "apps": [app.code for app in hosting.apps],
        **{f"apps.{app.code}": [one.version for one in app.versions] for app in hosting.apps},
    }
    for where, names in offered.items():
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"{where}: {name} is there more than once"
    for engine in {one.engine for one in hosting.databases} - set(hosting.database_servers):
        yield f"database_servers: {engine} has versions and no server"
