"""What somebody wants to have behind a host name, as it was typed and as it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gateway.auth.host_name import ascii_host, to_a_labels
from gateway.documents.host_label import HostNameError
from gateway.errors import bad_input
from gateway.hosting import Hosting
from models import WebHost, WebTarget
from models.rules import redirect_url, web_root
from models.rules import web_host as rule
from models.rules.decision import Refused
from models.rules.redirect_url import Redirect
from models.rules.zone import APEX

LONGEST_TYPED = 1_024
"""Characters of a name in Unicode: those of the longest one in A-labels, and some."""

NAME, ROOT, URL, CODE, PHP = (
    ("input", name) for name in ("name", "webRoot", "redirectUrl", "redirectCode", "phpVersion")
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """As it was typed; `None` where nothing was."""

    target: WebTarget
    web_root: str | None
    redirect_url: str | None
    redirect_code: int | None
    php_version: str | None


@dataclass(frozen=True, slots=True)
class Setting:
    """As it is stored. `redirect` is where visitors are sent, `None` for a folder."""

    target: WebTarget
    web_root: str | None
    redirect_url: str | None
    redirect_code: int | None
    php_version: str | None
    redirect: Redirect | None = None

    @classmethod
    def of(cls, host: WebHost) -> Setting:
        """That of a host name."""
        return cls(host.target, host.web_root, host.redirect_url, host.redirect_code, host.php_version)

    def columns(self) -> dict[str, Any]:
        """By column."""
        return {
            "target": self.target,
            "web_root": self.web_root,
            "redirect_url": self.redirect_url,
            "redirect_code": self.redirect_code,
            "php_version": self.php_version,
        }

    def told(self) -> dict[str, Any]:
        """By field in GraphQL, plain: for the host's systems and for whoever reads what was done."""
        return {
            "target": self.target.value,
            "webRoot": self.web_root,
            "redirectUrl": self.redirect_url,
            "redirectCode": self.redirect_code,
            "phpVersion": self.php_version,
        }


def read_name(typed: str, domain: str, hosting: Hosting) -> str:
    """A name relative to `domain` in A-labels, `@` for the domain itself. Raises `BAD_USER_INPUT`."""
    text = typed.strip()
    if text in ("", APEX):
        name = APEX
    else:
        if len(text) > LONGEST_TYPED:
            raise bad_input(_NAMES[rule.NAME_TOO_LONG], path=NAME)
        try:
            name = to_a_labels(text)
        except HostNameError as error:
            raise bad_input(_NAMES[rule.NAME_DECEPTIVE if error.deceptive else rule.BAD_NAME], path=NAME) from None
    decision = rule.acceptable(name, domain, _own_names(hosting))
    if isinstance(decision, Refused):
        raise bad_input(_NAMES[decision.reason], path=NAME)
    return name


def read_setting(wanted: Wanted, hosting: Hosting, php_before: str | None, today: date) -> Setting:
    """What is to be behind a host name; `php_before` is the version it has. Raises `BAD_USER_INPUT`."""
    if wanted.target is WebTarget.REDIRECT:
        return _redirect(wanted)
    if wanted.redirect_url is not None or wanted.redirect_code is not None:
        path = CODE if wanted.redirect_url is None else URL
        raise bad_input("web_host.redirect_without_target", path=path)
    if wanted.web_root is None:
        raise bad_input("web_host.root_missing", path=ROOT)
    folder = web_root.normalised(wanted.web_root)
    if isinstance(folder, Refused):
        raise bad_input(_ROOTS[folder.reason], path=ROOT, longest=web_root.LONGEST)
    version = hosting.php_version(wanted.php_version) if wanted.php_version is not None else None
    ends_on = None if version is None else version.end_of_life_on
    decision = rule.php_choosable(wanted.php_version, ends_on, php_before, today)
    if isinstance(decision, Refused):
        raise bad_input(_VERSIONS[decision.reason], path=PHP)
    return Setting(WebTarget.WEB_ROOT, folder, None, None, wanted.php_version)


def _redirect(wanted: Wanted) -> Setting:
    if wanted.web_root is not None or wanted.php_version is not None:
        path = PHP if wanted.web_root is None else ROOT
        raise bad_input("web_host.folder_without_target", path=path)
    if wanted.redirect_url is None:
        raise bad_input("web_host.url_missing", path=URL)
    if wanted.redirect_code not in redirect_url.CODES:
        raise bad_input("web_host.redirect_code", path=CODE)
    redirect = redirect_url.read(wanted.redirect_url, ascii_host)
    if isinstance(redirect, Refused):
        raise bad_input(_URLS[redirect.reason], path=URL, longest=redirect_url.LONGEST)
    return Setting(WebTarget.REDIRECT, None, redirect.url, wanted.redirect_code, None, redirect)


def _own_names(hosting: Hosting) -> list[str]:
    servers = (hosting.imap, hosting.smtp, hosting.sftp, *hosting.database_servers.values())
    return [*(server.host for server in servers), *hosting.mail_exchangers, hosting.spf_include]


_NAMES = {
    rule.BAD_NAME: "web_host.bad_name",
    rule.NAME_TOO_LONG: "web_host.name_too_long",
    rule.NAME_RESERVED: "web_host.name_reserved",
    rule.NAME_DECEPTIVE: "web_host.name_deceptive",
}
_ROOTS = {
    web_root.ABSOLUTE: "web_host.root_absolute",
    web_root.PARENT: "web_host.root_parent",
    web_root.CHARACTERS: "web_host.root_characters",
    web_root.TOO_LONG: "web_host.root_too_long",
}
_URLS = {
    redirect_url.BAD_URL: "web_host.url_invalid",
    redirect_url.BAD_SCHEME: "web_host.url_scheme",
    redirect_url.CREDENTIALS: "web_host.url_credentials",
    redirect_url.BAD_HOST: "web_host.url_host",
    redirect_url.TOO_LONG: "web_host.url_too_long",
}
_VERSIONS = {rule.PHP_UNKNOWN: "web_host.php_unknown", rule.PHP_ENDED: "web_host.php_ended"}
