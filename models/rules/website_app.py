"""Website apps: where one can be installed, when it can be updated or removed, and what would make it possible."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from models.rules.decision import Allowed, Decision, Refused
from models.rules.package import NOT_INCLUDED
from models.rules.package import decide as decide_function
from models.rules.resource import LIMIT_REACHED
from models.rules.web_host import DOMAIN_NOT_ACTIVE

FUNCTION = "WEBSITE_APPS"
"""The entry of a package's menu that website apps belong to."""

UPDATE, REMOVE = "UPDATE", "REMOVE"
ACTIONS = (UPDATE, REMOVE)

HOST_REDIRECTS, PHP_UNSUITABLE, DATABASE_MISSING, WEB_SPACE_FULL = (
    "HOST_REDIRECTS",
    "PHP_UNSUITABLE",
    "DATABASE_MISSING",
    "WEB_SPACE_FULL",
)
PATH_TAKEN, APP_BUSY, APP_NOT_INSTALLED, NO_UPDATE = "PATH_TAKEN", "APP_BUSY", "APP_NOT_INSTALLED", "NO_UPDATE"

WEB_HOST_CHANGE, DATABASE_CREATE, TARIFF_CHANGE, OTHER_PATH = (
    "WEB_HOST_CHANGE",
    "DATABASE_CREATE",
    "TARIFF_CHANGE",
    "OTHER_PATH",
)

FIXES: Mapping[str, str] = {
    HOST_REDIRECTS: WEB_HOST_CHANGE,
    PHP_UNSUITABLE: WEB_HOST_CHANGE,
    DATABASE_MISSING: DATABASE_CREATE,
    WEB_SPACE_FULL: TARIFF_CHANGE,
    LIMIT_REACHED: TARIFF_CHANGE,
    NOT_INCLUDED: TARIFF_CHANGE,
    PATH_TAKEN: OTHER_PATH,
}
"""By reason, what would make it possible."""

LONGEST_PATH = 255
LONGEST_USERNAME = 60

BAD_PATH, BAD_USERNAME = "BAD_PATH", "BAD_USERNAME"

BUSY = frozenset({"INSTALLING", "UPDATING", "REMOVING"})


@dataclass(frozen=True, slots=True)
class Place:
    """A host name an app would stand on. `runs`: the version runs on the PHP it has."""

    shows_folder: bool
    domain_active: bool
    runs: bool


def path_of(typed: str) -> str | Refused:
    """The path below a host name, beginning with a slash and without one at its end but for `/` itself: `/blog`.

    Refuses with `BAD_PATH`: `..`, blanks and control characters, backslashes, what has a meaning in an address (`?`, `#`, `%`).
    """
    path = unicodedata.normalize("NFC", typed)
    bad = any(
        unicodedata.category(one) in ("Cc", "Cf", "Cs", "Cn", "Zs", "Zl", "Zp") or one in '\\?#%;:*"<>|' for one in path
    )
    names = [name for name in path.split("/") if name]
    if bad or not path.startswith("/") or any(set(name) == {"."} for name in names) or len(path) > LONGEST_PATH:
        return Refused(BAD_PATH)
    return "/" + "/".join(names)


def username_acceptable(name: str) -> Decision:
    """Whether the first administrator can be called so: letters, digits and `._-`, not only digits."""
    fine = 1 <= len(name) <= LONGEST_USERNAME and all(one.isascii() and (one.isalnum() or one in "._-") for one in name)
    return Allowed() if fine and not name.isdecimal() and name[0].isalnum() else Refused(BAD_USERNAME)


def folder_of(web_root: str | None, path: str) -> str:
    """Where in the web space an app's files are: below the folder of its host name. `/` is the whole of it."""
    return "/" + "/".join(name for name in f"{web_root or ''}/{path}".split("/") if name)


def collides(folder: str, others: Iterable[str]) -> bool:
    """Whether an app in `folder` would be inside of another one, or around it: who removes one would remove the other."""
    inner = folder.rstrip("/") + "/"
    return any(inner.startswith(one.rstrip("/") + "/") or (one.rstrip("/") + "/").startswith(inner) for one in others)


def installable(
    room: Decision, place: Place, needs: Collection[str], free_engines: Collection[str], space_mb: int, left_mb: int
) -> Decision:
    """Whether a version can be installed on a host name.

    `room` is the decision on one more app, `needs` the database systems it works with (none: it needs no database),
    `free_engines` those of databases no app uses, space in mebibytes.
    """
    if isinstance(room, Refused):
        return room
    if not place.domain_active:
        return Refused(DOMAIN_NOT_ACTIVE)
    if not place.shows_folder:
        return Refused(HOST_REDIRECTS)
    if not place.runs:
        return Refused(PHP_UNSUITABLE)
    if needs and not set(needs) & set(free_engines):
        return Refused(DATABASE_MISSING)
    return Refused(WEB_SPACE_FULL) if space_mb > left_mb else Allowed()


def decide(
    action: str, functions: Iterable[str], package_state: str, state: str, *, newer: bool, runs: bool
) -> Decision:
    """What can be done with an app now: nothing while something is done; updated only where something newer runs.

    `newer`: there is a newer version at all; `runs`: one of them runs on the PHP there is.
    """
    decision = decide_function(FUNCTION, functions, package_state)
    if isinstance(decision, Refused):
        return decision
    if state in BUSY:
        return Refused(APP_BUSY)
    if action == REMOVE:
        return Allowed()
    if state != "INSTALLED":
        return Refused(APP_NOT_INSTALLED)
    if not newer:
        return Refused(NO_UPDATE)
    return Allowed() if runs else Refused(PHP_UNSUITABLE)
