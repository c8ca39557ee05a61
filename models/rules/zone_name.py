"""Names and the zones above them."""

from __future__ import annotations


def zones_above(name: str) -> list[str]:
    """The names of zones in which `name` can stand, the nearest first: itself and all above it."""
    labels = name.split(".")
    return [".".join(labels[number:]) for number in range(len(labels))]
