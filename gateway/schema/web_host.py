"""Host names of the web servers: listed, made, changed and deleted."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import models
from gateway.auth.permissions import ReadDomains, ReadPackages, WriteDomains
from gateway.errors import ErrorCode
from gateway.resolvers import web_host as resolve
from gateway.resolvers.package import RefusalReason
from gateway.resolvers.web_host import WebHostActionName
from gateway.schema.enums import describe
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, connection, embed, entity, mutation, one, where
from gateway.schema.node import Node
from gateway.schema.operation import Operation, requested
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey, Sought
from models import TlsState, WebTarget

if TYPE_CHECKING:
    from gateway.schema.domain import Domain
    from gateway.schema.package import Package

describe(
    WebTarget,
    "What is behind a host name.",
    WEB_ROOT="A folder of the web space.",
    REDIRECT="Another address, to which visitors are sent.",
)
describe(
    TlsState,
    "Whether there is a certificate for encrypted connections (HTTPS).",
    NONE="There is none, and none was asked for.",
    PENDING="It was asked for.",
    ACTIVE="There is one.",
    FAILED="It could not be had.",
)
describe(
    WebHostActionName,
    "What can be done with a host name.",
    CHANGE="Put something else behind it (`webHostChange`).",
    DELETE="Delete it (`webHostDelete`).",
)


@strawberry.type(description="The certificate of a host name, which the host takes care of.")
class WebHostTls:
    state: TlsState | None = column(ReadDomains, "Whether there is one.")
    issuer: str | None = column(ReadDomains, "Who issued it; null while there is none.")
    expires_at: datetime | None = column(ReadDomains, "Until when it is good; null while there is none.")


@strawberry.type(description="Something that can be done with a host name.")
class WebHostAction:
    name: WebHostActionName = column(ReadDomains, "What can be done.")
    allowed: bool = column(ReadDomains, "Whether it can be done now.")
    reason: RefusalReason | None = column(ReadDomains, "Why not; null when it is allowed.")
    message: str | None = column(ReadDomains, "The reason in the language of the request; null when it is allowed.")


@entity(models.WebHost, description="A host name that the web servers answer for.")
class WebHost(Node):
    name: str | None = column(ReadDomains, "The name relative to its domain, in A-labels; `@` is the domain itself.")
    absolute_name: str | None = computed(
        ReadDomains, "The name with its domain, in A-labels.", resolve.absolute_name, ("name", "domain.ascii_name")
    )
    target: WebTarget | None = column(ReadDomains, "What is behind it.")
    web_root: str | None = column(
        ReadDomains, "The folder of the web space, empty for the whole of it; null for a redirect."
    )
    redirect_url: str | None = column(ReadDomains, "Where visitors are sent; null for a folder.")
    redirect_code: int | None = column(
        ReadDomains, "The status code they are sent with: 301, 302, 307 or 308 (RFC 9110 §15.4); null for a folder."
    )
    php_version: str | None = column(ReadDomains, "The version of PHP; null where no PHP runs.")
    php_end_of_life_on: date | None = computed(
        ReadDomains,
        "The last day on which that version of PHP is repaired by its makers; null where no PHP runs.",
        resolve.php_end_of_life_on,
        ("php_version",),
    )
    tls: WebHostTls | None = embed(
        ReadDomains, "The certificate.", state="tls_state", issuer="tls_issuer", expires_at="tls_expires_at"
    )
    version: int | None = column(ReadDomains, "Counts the changes; `webHostChange` asks for it.")
    created_at: datetime | None = column(ReadDomains, "When it was added.")
    actions: list[WebHostAction] | None = computed(
        ReadDomains,
        "What can be done with it, each with whether it can be done now.",
        resolve.actions,
        needs=resolve.ACTION_NEEDS,
    )
    domain: Annotated["Domain", strawberry.lazy("gateway.schema.domain")] | None = one(
        ReadDomains, "The domain it belongs to."
    )
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package whose web space it shows."
    )


@strawberry.enum(description="What host names can be ordered by.")
class WebHostOrderField(Enum):
    NAME = strawberry.enum_value(SortKey("name"), description="By name relative to the domain.")
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were added.")


@strawberry.input(description="One entry of an order of host names.")
class WebHostOrder:
    field: WebHostOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which host names to list; every condition given must be met.")
class WebHostFilter:
    target: list[WebTarget] | None = where("With one of these behind it.", "target", "in")
    php_version: list[str] | None = where("With one of these versions of PHP.", "php_version", "in")
    tls_state: list[TlsState] | None = where("With a certificate in one of these states.", "tls_state", "in")


def web_host_connection(description: str) -> Any:
    """Those of a domain or of a package."""
    return connection(
        ReadDomains,
        description,
        models.WebHost,
        relation="web_hosts",
        entry=WebHostOrder,
        order=WebHostOrderField,
        default=((WebHostOrderField.NAME, False),),
        filter=WebHostFilter,
        search=(Sought("name", folded=False),),
    )


@strawberry.input(description="A host name to add to a domain.")
class WebHostCreateInput:
    domain_id: strawberry.ID = strawberry.field(description="The id of the domain.")
    name: str = strawberry.field(
        description="The name relative to the domain, in Unicode or A-labels: `shop`, `en.shop`; `@`: the domain itself."
    )
    target: WebTarget = strawberry.field(description="What is to be behind it.")
    web_root: str | None = strawberry.field(
        description="For `WEB_ROOT`: the folder of the web space, such as `shop/public`; empty: the whole of it.",
        default=None,
    )
    redirect_url: str | None = strawberry.field(
        description="For `REDIRECT`: where visitors are sent, an http or https address.", default=None
    )
    redirect_code: int | None = strawberry.field(description="For `REDIRECT`: 301, 302, 307 or 308.", default=None)
    php_version: str | None = strawberry.field(
        description="For `WEB_ROOT`: a version of PHP that is still repaired; null: no PHP runs.", default=None
    )


@strawberry.input(description="What is to be behind a host name: all of it takes the place of what was there.")
class WebHostChangeInput:
    web_host_id: strawberry.ID = strawberry.field(description="The id of the host name.")
    version: int = strawberry.field(description="Its `version` as it was read.")
    target: WebTarget = strawberry.field(description="What is to be behind it.")
    web_root: str | None = strawberry.field(
        description="For `WEB_ROOT`: the folder of the web space; empty: the whole of it.", default=None
    )
    redirect_url: str | None = strawberry.field(
        description="For `REDIRECT`: where visitors are sent, an http or https address.", default=None
    )
    redirect_code: int | None = strawberry.field(description="For `REDIRECT`: 301, 302, 307 or 308.", default=None)
    php_version: str | None = strawberry.field(
        description="For `WEB_ROOT`: a version of PHP that is still repaired, or the one it has; null: no PHP runs.",
        default=None,
    )


@strawberry.input(description="Which host name to delete.")
class WebHostDeleteInput:
    web_host_id: strawberry.ID = strawberry.field(description="The id of the host name.")


@strawberry.type(description="What adding a host name gives.")
class WebHostCreatePayload:
    web_host: WebHost | None = column(WriteDomains, "What was added.")
    operation: Operation | None = requested(WriteDomains)
    errors: list[UserError] = column(WriteDomains, "Why nothing was added.")


@strawberry.type(description="What changing a host name gives.")
class WebHostChangePayload:
    web_host: WebHost | None = column(WriteDomains, "The host name as it is now.")
    operation: Operation | None = requested(WriteDomains)
    errors: list[UserError] = column(WriteDomains, "Why nothing was changed.")


@strawberry.type(description="What deleting a host name gives.")
class WebHostDeletePayload:
    web_host_id: strawberry.ID | None = column(WriteDomains, "The id of the host name that is gone.")
    operation: Operation | None = requested(WriteDomains)
    errors: list[UserError] = column(WriteDomains, "Why it is still there.")


@strawberry.type(description="Changing host names.")
class WebHostMutation:
    web_host_create: WebHostCreatePayload | None = mutation(
        WriteDomains,
        "Have the web servers answer for one more name of a domain, with a certificate. `resources` of the package says "
        "beforehand whether there is room (`WEB_HOST`).",
        resolve.web_host_create,
        WebHostCreateInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    web_host_change: WebHostChangePayload | None = mutation(
        WriteDomains,
        "Put another folder, a redirect or another version of PHP behind a host name. Its `actions` say beforehand whether it "
        "can be done (`CHANGE`).",
        resolve.web_host_change,
        WebHostChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    web_host_delete: WebHostDeletePayload | None = mutation(
        WriteDomains,
        "Have the web servers forget a host name; the files of the web space stay. Its `actions` say beforehand whether it can "
        "be done (`DELETE`).",
        resolve.web_host_delete,
        WebHostDeleteInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
