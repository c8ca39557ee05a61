"""Host names as people type them, made into the form the DNS has (RFC 5891, UTS 46)."""

from __future__ import annotations

import idna

from gateway.documents.host_label import HostNameError, a_label
from models.rules.host_name import is_host_name


def to_a_labels(typed: str) -> str:
    """Labels in lower-case A-labels, none of them checked for what hosts are called. Raises `HostNameError`."""
    return ".".join(a_label(label) for label in typed.split("."))


def ascii_host(typed: str) -> str | None:
    """A whole host name in lower-case A-labels; `None` for one that cannot be."""
    try:
        name = to_a_labels(typed)
    except HostNameError:
        return None
    return name if is_host_name(name) else None


def shown_host(ascii_name: str) -> str:
    """A host name of `ascii_host` in Unicode. Other labels stay, also such as `ab--cd`, which IDNA has no other form for."""
    labels = ascii_name.split(".")
    return ".".join(idna.decode(label) if label.startswith("xn--") else label for label in labels)
