"""Changing the tariff of a contract: which there are, what a change would be, and changing."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import models
from gateway.auth.permissions import ReadContracts, WriteContracts
from gateway.errors import ErrorCode
from gateway.resolvers import tariff_change as resolve
from gateway.resolvers.package import RefusalReason
from gateway.schema.enums import describe
from gateway.schema.error import UserError
from gateway.schema.field import column, connection, embed, entity, mutation, one, where
from gateway.schema.money import Money
from gateway.schema.node import Node
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey
from models import PackageFunction, TariffChangeState, TariffDirection

if TYPE_CHECKING:
    from gateway.schema.contract import Contract, Tariff

describe(
    TariffDirection,
    "Which way a tariff changes.",
    UPGRADE="It costs as much or more a month, and begins at once.",
    DOWNGRADE="It costs less a month, and begins with a billing period once the minimum term is over.",
)
describe(
    TariffChangeState,
    "Where a change of a tariff is.",
    SCHEDULED="It waits for its day and can be taken back.",
    CARRIED_OUT="The contract has the tariff.",
    REVOKED="It was taken back.",
    REFUSED="It could not be carried out on its day.",
)
describe(
    resolve.Resource,
    "What tariffs have different amounts of.",
    MAILBOXES="Mailboxes.",
    MAIL_ADDRESSES="Mail addresses without a mailbox of their own.",
    DOMAINS="Domains.",
    WEB_HOSTS="Host names of the web servers.",
    DATABASES="Databases.",
    WEB_SPACE_MB="Web space in mebibytes.",
    SFTP_ACCOUNTS="Accounts for the web space.",
    CRON_JOBS="Cron jobs.",
    WEBSITE_APPS="Website apps.",
    BACKUPS="Backups that were asked for.",
)

TariffType = Annotated["Tariff", strawberry.lazy("gateway.schema.contract")]


@entity(models.TariffChange, description="A change of the tariff of a contract, with the price it was shown with.")
class TariffChange(Node):
    direction: TariffDirection | None = column(ReadContracts, "Which way.")
    state: TariffChangeState | None = column(ReadContracts, "Where it is.")
    effective_on: date | None = column(ReadContracts, "The first day of the new tariff.")
    price: Money | None = embed(
        ReadContracts, "The price of one billing period, VAT included.", minor_units="gross_minor", currency="currency"
    )
    credit: Money | None = embed(
        ReadContracts,
        "What is given back of the period that was paid for, VAT included.",
        minor_units="credit_minor",
        currency="currency",
    )
    charge: Money | None = embed(
        ReadContracts,
        "What the rest of the period costs in the new tariff, VAT included.",
        minor_units="charge_minor",
        currency="currency",
    )
    requested_at: datetime | None = column(ReadContracts, "When it was asked for.")
    settled_at: datetime | None = column(
        ReadContracts, "When it was carried out, taken back or refused; null while it waits."
    )
    from_tariff: TariffType | None = one(ReadContracts, "The product before.")
    to_tariff: TariffType | None = one(ReadContracts, "The product after.")
    contract: Annotated["Contract", strawberry.lazy("gateway.schema.contract")] | None = one(
        ReadContracts, "The contract."
    )


@strawberry.enum(description="What changes of tariffs can be ordered by.")
class TariffChangeOrderField(Enum):
    REQUESTED = strawberry.enum_value(SortKey("requested_at"), description="By the time they were asked for.")


@strawberry.input(description="One entry of an order of changes of tariffs.")
class TariffChangeOrder:
    field: TariffChangeOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which changes of tariffs to list; every condition given must be met.")
class TariffChangeFilter:
    state: list[TariffChangeState] | None = where("In one of these states.", "state", "in")


def tariff_change_connection() -> Any:
    """Those of a contract."""
    return connection(
        ReadContracts,
        "The changes of its tariff, latest first.",
        models.TariffChange,
        relation="tariff_changes",
        entry=TariffChangeOrder,
        order=TariffChangeOrderField,
        default=((TariffChangeOrderField.REQUESTED, True),),
        filter=TariffChangeFilter,
    )


@strawberry.type(description="How much of something there is in another tariff.")
class TariffDifference:
    resource: resolve.Resource = column(ReadContracts, "What it is.")
    now: int = column(ReadContracts, "How much the package can have now.")
    then: int = column(ReadContracts, "How much it could have in the other tariff.")
    used: int = column(ReadContracts, "How much it has.")


@strawberry.type(description="A position of the next invoice.")
class TariffInvoiceLine:
    description: str = column(ReadContracts, "What it is, in the language of the request.")
    first_day: date = column(ReadContracts, "The first day it is about.")
    last_day: date = column(ReadContracts, "The last day it is about.")
    days: int = column(ReadContracts, "How many days that are.")
    of_days: int = column(ReadContracts, "How many days the whole period has.")
    net: Money = column(ReadContracts, "Without VAT; negative where it is taken off.")
    total: Money = column(ReadContracts, "VAT included; negative where it is taken off.")


@strawberry.type(description="A tariff that a contract may change to, with what the change would be.")
class TariffOption:
    tariff: TariffType | None = column(ReadContracts, "The product.")
    direction: TariffDirection = column(ReadContracts, "Which way.")
    allowed: bool = column(ReadContracts, "Whether it can be done now.")
    reason: RefusalReason | None = column(ReadContracts, "Why not; null when it is allowed.")
    message: str | None = column(ReadContracts, "The reason in the language of the request; null when it is allowed.")
    differences: list[TariffDifference] = column(ReadContracts, "What there is more or less of.")
    functions_gained: list[PackageFunction] = column(ReadContracts, "Functions the package would have besides.")
    functions_lost: list[PackageFunction] = column(ReadContracts, "Functions it would have no more.")
    effective_on: date = column(ReadContracts, "The first day of the new tariff, if it were asked for today.")
    price: Money = column(ReadContracts, "The later price of one billing period, VAT included.")
    price_net: Money = column(ReadContracts, "The same without VAT.")
    first_price: Money = column(
        ReadContracts, "What the next invoice has for the change, VAT included: the lines, or the first period."
    )
    lines: list[TariffInvoiceLine] = column(
        ReadContracts,
        "The positions of the next invoice; none where a whole period is charged from its first day on.",
    )
    token: str | None = column(
        ReadContracts, "Names all of this: `tariffChange` takes it. Null when it is not allowed."
    )


async def tariff_options(info: strawberry.Info, root: strawberry.Parent[Any]) -> list[TariffOption]:
    """For `Package.tariffOptions`."""
    return await resolve.tariff_options(info.context, root.id)  # type: ignore[return-value]  # has the same attributes


async def tariff_change_preview(
    info: strawberry.Info,
    package_id: Annotated[strawberry.ID, strawberry.argument(description="The id of the package.")],
    tariff_id: Annotated[strawberry.ID, strawberry.argument(description="The id of the tariff to change to.")],
) -> TariffOption | None:
    """For `Query.tariffChangePreview`."""
    return await resolve.tariff_change_preview(info.context, package_id, tariff_id)  # type: ignore[return-value]  # has the same attributes


@strawberry.input(description="A change of the tariff, as it was previewed.")
class TariffChangeInput:
    package_id: strawberry.ID = strawberry.field(description="The id of the package.")
    tariff_id: strawberry.ID = strawberry.field(description="The id of the tariff to change to.")
    preview_token: str = strawberry.field(description="The `token` of `tariffChangePreview` or `tariffOptions`.")
    idempotency_key: str = strawberry.field(
        description="1 to 255 visible ASCII characters, new for each intention: the same request again gives the same change, "
        "for 24 hours."
    )


@strawberry.input(description="Which change of a tariff to take back.")
class TariffChangeRevokeInput:
    id: strawberry.ID = strawberry.field(description="The id of the change.")


@strawberry.type(description="What changing the tariff gives.")
class TariffChangePayload:
    tariff_change: TariffChange | None = column(WriteContracts, "The change: carried out, or waiting for its day.")
    errors: list[UserError] = column(WriteContracts, "Why there is none.")


@strawberry.type(description="What taking a change of the tariff back gives.")
class TariffChangeRevokePayload:
    tariff_change: TariffChange | None = column(WriteContracts, "The change.")
    errors: list[UserError] = column(WriteContracts, "Why it was not taken back.")


@strawberry.type(description="Changing tariffs.")
class TariffChangeMutation:
    tariff_change: TariffChangePayload | None = mutation(
        WriteContracts,
        "Change the tariff exactly as it was previewed, at the price that was shown: an upgrade at once, a downgrade on its "
        "day. A mail confirms it. `actions` of the contract says beforehand whether it can be (`TARIFF_CHANGE`).",
        resolve.tariff_change,
        TariffChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        ErrorCode.IDEMPOTENCY_KEY_REUSED,
        step_up=True,
    )
    tariff_change_revoke: TariffChangeRevokePayload | None = mutation(
        WriteContracts,
        "Take a change of the tariff back before its day. A mail confirms it.",
        resolve.tariff_change_revoke,
        TariffChangeRevokeInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        step_up=True,
    )
