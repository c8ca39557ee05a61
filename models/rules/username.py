"""Which names a customer can choose to sign in with (SECURITY AU10).

A username is plain ASCII, so that no two names look alike, and can never be taken for the other things the same form
takes: a customer number or the domain of a package.
"""

from __future__ import annotations

import re
import unicodedata

from models.rules.decision import Allowed, Decision, Refused

SHORTEST, LONGEST = 3, 32
PATTERN = "[a-z0-9][a-z0-9._-]{2,31}"
EXAMPLES = ("anna_schmidt", "teehaus-1987", "k.weiss_2")

TOO_SHORT, TOO_LONG = "USERNAME_TOO_SHORT", "USERNAME_TOO_LONG"
CHARACTERS, START, NO_LETTER = "USERNAME_CHARACTERS", "USERNAME_START", "USERNAME_WITHOUT_LETTER"
LIKE_NUMBER, LIKE_DOMAIN, RESERVED = "USERNAME_LIKE_NUMBER", "USERNAME_LIKE_DOMAIN", "USERNAME_RESERVED"

_ALLOWED = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._-")
_SIGNS = str.maketrans("", "", "._-")
_LIKE_NUMBER = re.compile(r"(?:k|kd|kn|nr|no|kdnr|kunde|kundennr|kundennummer|customer|cus|id)?[0-9]{4,12}", re.ASCII)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.ASCII)

MOST_NAMED = 5
"""Foreign characters that a refusal names; more would be no help."""

_NAMES = (
    "abuse account admin administrator adminteam alle all anmelden anmeldung anonymous api app benutzer benutzername billing "
    "bot buchhaltung chef contact customer customerservice datenschutz default demo dns domain everyone example false ftp "
    "gast gateway guest help helpdesk hilfe hostmaster hosting imap impressum info kein keiner konto kontakt kunde "
    "kundencenter kundenservice legal localhost login logout mail mailerdaemon mitarbeiter moderator nobody none noreply "
    "null offiziell official operator owner package paket password passwort pop3 portal postmaster privacy public rechnung "
    "register root sales security self service sicherheit signin signout signup smtp staff superuser support sysadmin "
    "system team technik test testuser true undefined user username verwaltung vertrieb webmail webmaster www"
)
_RESERVED = frozenset(_NAMES.split())
"""Names that strangers would take for the house itself, or programs for something else. Signs between do not matter."""


def folded(username: str) -> str:
    """The name as it is stored and compared: in lower case. Only A–Z have one here; other letters are refused anyway."""
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in username)


def acceptable(username: str) -> Decision:
    """Whether a folded name can be chosen, by whoever; another customer may have it."""
    if len(username) > LONGEST:
        return Refused(TOO_LONG)
    if not _ALLOWED.issuperset(username):
        return Refused(CHARACTERS)
    if len(username) < SHORTEST:
        return Refused(TOO_SHORT)
    if username[0] in "._-":
        return Refused(START)
    if not any("a" <= c <= "z" for c in username):
        return Refused(NO_LETTER)
    bare = username.translate(_SIGNS)
    if _LIKE_NUMBER.fullmatch(bare):
        return Refused(LIKE_NUMBER)
    if _like_domain(username):
        return Refused(LIKE_DOMAIN)
    if bare in _RESERVED:
        return Refused(RESERVED)
    return Allowed()


def _like_domain(username: str) -> bool:
    """Whether it could be the name of a host (RFC 1123 §2.1): labels between dots, the last one no number (RFC 3696 §2)."""
    labels = username.removesuffix(".").split(".")
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        return False
    return len(labels[-1]) >= 2 and not labels[-1].isdigit()


def foreign_characters(username: str) -> tuple[str, ...]:
    """The characters of a name that no username has, each once, at most `MOST_NAMED`, as a person can be shown them.

    `ä (U+00E4)`; for those that cannot be seen, or would change what stands around them, only the number: `U+200B`.
    """
    found = dict.fromkeys(c for c in username[: 4 * LONGEST] if c not in _ALLOWED and not "A" <= c <= "Z")
    return tuple(_named(c) for c in list(found)[:MOST_NAMED])


def _named(character: str) -> str:
    number = f"U+{ord(character):04X}"
    # Letters, numbers, punctuation and symbols stand alone; marks, separators and controls do not.
    alone = unicodedata.category(character)[0] in "LNPS" and unicodedata.bidirectional(character) not in (
        "R",
        "AL",
        "AN",
    )
    return f"{character} ({number})" if alone else number
