"""Host names as people type them, made into the form the DNS has (RFC 5891, UTS 46)."""

from __future__ import annotations

import idna

from models.rules.host_name import is_deceptive, is_host_name


class HostNameError(Exception):
    """A name that cannot be one of a host; `deceptive` where it is made to be taken for another one."""

    def __init__(self, *, deceptive: bool = False) -> None:
        super().__init__("deceptive" if deceptive else "malformed")
        self.deceptive = deceptive


def to_a_labels(typed: str) -> str:
    """Labels in lower-case A-labels, none of them checked for what hosts are called. Raises `HostNameError`.

    Labels that come as A-labels must be those of a name in Unicode, so that `xn--` brings in nothing else.
    """
    return ".".join(_label(label) for label in typed.split("."))


def ascii_host(typed: str) -> str | None:
    """A whole host name in lower-case A-labels; `None` for one that cannot be."""
    try:
        name = to_a_labels(typed)
    except HostNameError:
        return None
    return name if is_host_name(name) else None


def shown_host(ascii_name: str) -> str:
    """A host name of `ascii_host` in Unicode. Other labels stay, also such as `ab--cd`, which IDNA has no other form for."""
    return ".".join(_shown(label) for label in ascii_name.split("."))


def _shown(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return idna.decode(label)
    except (idna.IDNAError, UnicodeError):
        return label


def _label(label: str) -> str:
    if label.isascii() and not label.lower().startswith("xn--"):
        return label.lower()
    try:
        encoded = idna.encode(label, uts46=True, std3_rules=True).decode("ascii")
        shown = idna.decode(encoded)
    except (idna.IDNAError, UnicodeError):
        raise HostNameError from None
    if "." in encoded:  # a full stop of another script (UTS 46 §4): labels are divided by the common one
        raise HostNameError
    if is_deceptive(shown):
        raise HostNameError(deceptive=True)
    return encoded
