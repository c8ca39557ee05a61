"""Pages of lists: Relay connections (https://relay.dev/graphql/connections.htm) over keysets, never over offsets.

A page is guarded by the field that leads to it; of its parts anybody who gets that far may ask.
"""

from typing import Generic, TypeVar

import strawberry

from gateway.auth.permissions import Public
from gateway.schema.field import column, part
from gateway.source.arguments import Direction

T = TypeVar("T")

__all__ = ["Connection", "Direction", "Edge", "PageInfo"]


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: bool = column(Public, "Whether entries follow this page.")
    has_previous_page: bool = column(Public, "Whether entries come before this page.")
    start_cursor: str | None = column(Public, "The cursor of the first entry; null on an empty page.")
    end_cursor: str | None = column(Public, "The cursor of the last entry; null on an empty page.")


@strawberry.type(description="An entry of a list with its place in it.")
class Edge(Generic[T]):
    node: T = part(Public, "The entry.", "node")
    cursor: str = part(
        Public, "Its place, for `after` and `before`; opaque and bound to this list in this order.", "cursor"
    )


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    nodes: list[T] = part(Public, "The entries of the page.", "nodes")
    edges: list[Edge[T]] = part(Public, "The entries of the page with their cursors.", "edges")
    page_info: PageInfo = part(Public, "Where the page lies.", "page_info")
    total_count: int = part(Public, "How many entries the whole list has, with its filter and search.", "total_count")
