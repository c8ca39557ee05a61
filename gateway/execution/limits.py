"""The limits of a document, as the composition root sets them from the settings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may amount to. Counted after fragments are written out, but for the first two."""

    tokens: int = 2_000
    """Lexical tokens of the text, comments included; also its lines."""
    nesting: int = 64
    """Brackets within brackets."""
    depth: int = 12
    """Fields within fields."""
    aliases: int = 30
    directives: int = 50
    root_fields: int = 20
    """Root fields of a query; a mutation has one."""
    cost: int = 10_000
    default_page: int = 20
    page: int = 100
    """The largest page; what is out of range counts as that here and is refused when it runs."""
    ids: int = 50
    """Ids in one list."""
    introspection_depth: int = 16
    """Fields within `__schema` or `__type`, these included; the standard query has 15."""
    introspection_members: int = 2
    """Lists of members within each other; the standard query has 1."""
    introspection_factor: int = 2
    """What introspection may cost, in standard queries."""
