"""A folder of the web space that a host name shows."""

from __future__ import annotations

import unicodedata

from models.rules.decision import Refused

LONGEST = 255
"""Characters of the whole path, and octets of each name in it (what file systems take)."""

ABSOLUTE, PARENT, CHARACTERS, TOO_LONG = "ROOT_ABSOLUTE", "ROOT_PARENT", "ROOT_CHARACTERS", "ROOT_TOO_LONG"


def normalised(typed: str) -> str | Refused:
    """The folder relative to the web space, without a slash at its end; empty is the whole of it.

    `a//b`, `./a/b` and `a/b/` are `a/b`, letters are composed (NFC). Refuses with `ROOT_ABSOLUTE` for one that begins with a
    slash, `ROOT_PARENT` for one with `..`, `ROOT_CHARACTERS` for control characters, invisible ones, backslashes and blanks at
    the ends of names, `ROOT_TOO_LONG`.
    """
    path = unicodedata.normalize("NFC", typed)
    if any(unicodedata.category(one) in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp") or one == "\\" for one in path):
        return Refused(CHARACTERS)
    if path.startswith("/"):
        return Refused(ABSOLUTE)
    names = [name for name in path.split("/") if name not in ("", ".")]
    if any(name != name.strip() for name in names):
        return Refused(CHARACTERS)
    if ".." in names:
        return Refused(PARENT)
    folder = "/".join(names)
    if len(folder) > LONGEST or any(len(name.encode()) > LONGEST for name in names):
        return Refused(TOO_LONG)
    return folder
