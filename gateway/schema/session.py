"""Sign-ins: who is signed in, and the caller's own view of it."""

from datetime import datetime
from enum import Enum

import strawberry

import models
from gateway.auth import visible
from gateway.auth.permissions import ReadAccount, ReadPackages, SignedIn
from gateway.auth.viewer import Scope
from gateway.resolvers import session as sign_in
from gateway.schema.customer import Customer
from gateway.schema.field import column, computed, entity, one, single
from gateway.schema.node import Node
from gateway.schema.package import Package
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey
from models import SessionKind


@entity(models.Session, description="A sign-in that has not ended.")
class Session(Node):
    kind: SessionKind = column(SignedIn, "Whether it is the customer's or a package login.")
    device_name: str | None = column(SignedIn, "What the device was called at sign-in.")
    user_agent: str | None = column(SignedIn, "The program it was opened with.")
    address: str | None = column(SignedIn, "The network it was opened from (shortened IP address).")
    remembered: bool = column(SignedIn, "Whether it was to be remembered.")
    created_at: datetime = column(SignedIn, "When it was opened.")
    last_used_at: datetime = column(SignedIn, "When it was last used.")
    expires_at: datetime = column(SignedIn, "When it ends in any case.")
    active: bool = computed(
        SignedIn,
        "Whether it goes on: one that was idle for too long, or is past its end, is deleted a day later.",
        sign_in.is_active,
        needs=("last_used_at", "idle_seconds", "expires_at"),
    )
    elevated_until: datetime | None = computed(
        SignedIn,
        "Until when it may do what carries `@requiresReauthentication`; null: `reauthenticate` first.",
        sign_in.raised_until,
        needs=("elevated_until",),
    )
    current: bool = computed(SignedIn, "Whether it is the session of this request.", sign_in.is_current, needs=("id",))
    package: Package | None = one(ReadPackages, "The package of a package login; null for the customer.")


@strawberry.enum(description="What sessions can be ordered by.")
class SessionOrderField(Enum):
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were opened.")
    LAST_USED = strawberry.enum_value(SortKey("last_used_at"), description="By the time they were last used.")


@strawberry.input(description="One entry of an order of sessions.")
class SessionOrder:
    field: SessionOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.type(description="Who is asking, and what they may do.")
class Viewer:
    session: Session | None = single(SignedIn, "The session of this request.", visible.current_session)
    scopes: list[Scope] = computed(SignedIn, "What this session may do.", sign_in.scopes)
    customer: Customer | None = single(ReadAccount, "The customer.", visible.customers)
    package: Package | None = single(
        ReadPackages, "The package of a package login; null for the customer.", visible.current_package
    )
