"""Everything that can be changed."""

from strawberry.tools import merge_types

from gateway.schema.reauthentication import ReauthenticationMutation
from gateway.schema.sign_in import SignInMutation
from gateway.schema.ticket import TicketMutation

Mutation = merge_types("Mutation", (SignInMutation, ReauthenticationMutation, TicketMutation))
Mutation.__strawberry_definition__.description = (  # type: ignore[attr-defined]  # merge_types takes no description
    "Everything that can be changed; one field for each operation."
)
