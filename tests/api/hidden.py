"""Ids of what a caller cannot see: foreign, missing, of unknown kinds, and texts that are no ids."""

from __future__ import annotations

from tests.api.graph import TYPE_OF_PREFIX
from tests.world import Caller, World, nobodys

MALFORMED = [
    "", " ", "1", "pkg", "pkg_", "pkg_1", "PKG_01h455vb4pex5vsknk084sn02q", "pkg_81h455vb4pex5vsknk084sn02q",
    "pkg_01h455vb4pex5vsknk084sn02q ", "pkg_01h455vb4pex5vsknk084sn02qq", "pkg_01h455vb4pex5vsknk084sn02u",
    "pkg-01h455vb4pex5vsknk084sn02q", "__01h455vb4pex5vsknk084sn02q", "%", "' OR 1=1 --", "\x00", "pkg_\x00", "ü" * 30,
    "null", "x" * 10_000, "\u2028", "pkg_01h455vb4pex5vsknk084sn02\u0661",
]  # fmt: skip
"""Texts that are no id."""

UNKNOWN_KINDS = ["xyz_01h455vb4pex5vsknk084sn02q", "bnk_01h455vb4pex5vsknk084sn02q", "phn_01h455vb4pex5vsknk084sn02q"]
"""Ids of kinds that cannot be asked for; the last two kinds exist."""


def hidden_ids(world: World, caller: Caller) -> dict[str, str]:
    """Ids of nothing a caller can see, by why: of every kind there is, foreign and missing, and no ids at all."""
    visible = world.visible(caller)
    ids = {f"malformed {number}": id for number, id in enumerate(MALFORMED)}
    ids |= {f"unknown kind {number}": id for number, id in enumerate(UNKNOWN_KINDS)}
    ids |= {f"missing {prefix}": nobodys(prefix) for prefix in TYPE_OF_PREFIX}
    foreign: dict[str, str] = {}
    for id, row in world.rows.items():
        if id not in visible:
            foreign.setdefault(f"hidden {row.table}", id)
    assert len(foreign) > 10
    return ids | foreign
