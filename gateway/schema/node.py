"""What can be asked for again by its id alone."""

import strawberry

from gateway.auth.permissions import SignedIn
from gateway.schema.field import column


@strawberry.interface(description="An object with an id that is unique over all kinds of objects.")
class Node:
    id: strawberry.ID = column(
        SignedIn, "The id: the kind, an underscore and 26 characters; ordered by time of creation."
    )
