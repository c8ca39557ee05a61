"""Website apps: the catalogue, what is installed, and installing, updating and removing it."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import models
from gateway.auth.permissions import ReadApps, ReadDatabases, ReadDomains, ReadPackages, WriteApps
from gateway.errors import ErrorCode
from gateway.resolvers import website_app as resolve
from gateway.resolvers.package import RefusalReason
from gateway.resolvers.website_app import Fix, WebsiteAppActionName
from gateway.schema.enums import describe
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, connection, entity, mutation, one, where
from gateway.schema.hosted_database import Database
from gateway.schema.node import Node
from gateway.schema.operation import Operation, requested
from gateway.schema.page import Direction
from gateway.schema.web_host import WebHost
from gateway.source.declaration import SortKey
from models import DatabaseEngine, WebsiteAppState

if TYPE_CHECKING:
    from gateway.schema.package import Package

describe(
    WebsiteAppState,
    "Where a website app is in its life.",
    INSTALLING="It is being installed.",
    INSTALLED="It is there.",
    UPDATING="A newer version is taking its place.",
    REMOVING="It is being removed.",
    FAILED="It could not be installed.",
)
describe(
    WebsiteAppActionName,
    "What can be done with a website app.",
    UPDATE="Have a newer version take its place (`websiteAppUpdate`).",
    REMOVE="Remove it (`websiteAppRemove`).",
)
describe(
    Fix,
    "What would make it possible. Expect further values.",
    WEB_HOST_CHANGE="Another folder or another version of PHP for the host name (`webHostChange`).",
    DATABASE_CREATE="A database that no app uses (`databaseCreate`).",
    TARIFF_CHANGE="A larger tariff (`tariffChange`, by the customer).",
    OTHER_PATH="Another path on the host name.",
)


@strawberry.type(description="A version of a website app and what it needs.")
class WebsiteAppVersion:
    version: str = column(ReadApps, "The version.")
    php_from: str = column(ReadApps, "The oldest version of PHP it runs on.")
    php_to: str = column(ReadApps, "The newest version of PHP it runs on.")
    engines: list[DatabaseEngine] = column(ReadApps, "The database systems it works with; none: it needs no database.")
    space_mb: int = column(ReadApps, "How much web space it takes, in MiB.")


@strawberry.type(description="A website app on one host name: whether it can be installed there now.")
class WebsiteAppChoice:
    web_host: WebHost | None = column(ReadDomains, "The host name.")
    host_name: str = column(ReadApps, "The host name with its domain, in A-labels.")
    version: str = column(ReadApps, "The newest version that runs there; the newest there is where none does.")
    allowed: bool = column(ReadApps, "Whether it can be installed now.")
    reason: RefusalReason | None = column(ReadApps, "Why not; null when it is allowed.")
    message: str | None = column(ReadApps, "The reason in the language of the request; null when it is allowed.")
    fix: Fix | None = column(ReadApps, "What would make it possible; null when it is allowed or nothing here would.")


@strawberry.type(description="A website app that can be installed.")
class CatalogueApp:
    code: str = column(ReadApps, "Its short code: `wordpress`.")
    name: str = column(ReadApps, "What people call it.")
    website: str = column(ReadApps, "Where its makers tell of it.")
    versions: list[WebsiteAppVersion] = column(ReadApps, "The versions there are, the oldest first.")
    choices: list[WebsiteAppChoice] = column(ReadApps, "It on each host name of the package.")


@strawberry.type(description="Something that can be done with a website app.")
class WebsiteAppAction:
    name: WebsiteAppActionName = column(ReadApps, "What can be done.")
    allowed: bool = column(ReadApps, "Whether it can be done now.")
    reason: RefusalReason | None = column(ReadApps, "Why not; null when it is allowed.")
    message: str | None = column(ReadApps, "The reason in the language of the request; null when it is allowed.")
    fix: Fix | None = column(ReadApps, "What would make it possible; null when it is allowed or nothing here would.")


@entity(models.WebsiteApp, description="A website app that is installed in a package.")
class WebsiteApp(Node):
    app: str | None = column(ReadApps, "Its short code: `wordpress`.")
    name: str | None = computed(ReadApps, "What people call it.", resolve.app_name, needs=("app",))
    app_version: str | None = column(ReadApps, "The version that is installed.")
    path: str | None = column(ReadApps, "The path on its host name, `/` for all of it.")
    url: str | None = computed(
        ReadApps, "Where it is.", resolve.url, needs=("path", "web_host.name", "web_host.domain.ascii_name")
    )
    state: WebsiteAppState | None = column(ReadApps, "Where it is in its life.")
    username: str | None = column(ReadApps, "What its first administrator is called.")
    update_to: str | None = computed(
        ReadApps,
        "The newest version that runs on the PHP of its host name; null where that is not newer.",
        resolve.update_to,
        needs=("app", "app_version", "web_host.php_version"),
    )
    version: int | None = column(ReadApps, "Counts the changes; `websiteAppUpdate` asks for it.")
    created_at: datetime | None = column(ReadApps, "When it was asked for.")
    updated_at: datetime | None = column(ReadApps, "When it was last updated; null while it was not.")
    actions: list[WebsiteAppAction] | None = computed(
        ReadApps,
        "What can be done with it, each with whether it can be done now.",
        resolve.actions,
        needs=("package.type.functions", "package.state", "state", "app", "app_version", "web_host.php_version"),
    )
    web_host: WebHost | None = one(ReadDomains, "The host name it stands on.")
    database: Database | None = one(ReadDatabases, "The database it uses; null for none.")
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it belongs to."
    )


@strawberry.enum(description="What website apps can be ordered by.")
class WebsiteAppOrderField(Enum):
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were asked for.")


@strawberry.input(description="One entry of an order of website apps.")
class WebsiteAppOrder:
    field: WebsiteAppOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which website apps to list; every condition given must be met.")
class WebsiteAppFilter:
    app: list[str] | None = where("With one of these codes.", "app", "in")
    state: list[WebsiteAppState] | None = where("In one of these states.", "state", "in")


def website_app_connection() -> Any:
    """Those of a package."""
    return connection(
        ReadApps,
        "Its website apps.",
        models.WebsiteApp,
        relation="website_apps",
        entry=WebsiteAppOrder,
        order=WebsiteAppOrderField,
        default=((WebsiteAppOrderField.CREATED, False),),
        filter=WebsiteAppFilter,
    )


async def website_app_catalogue(info: strawberry.Info, root: strawberry.Parent[Any]) -> list[CatalogueApp]:
    """For `Package.websiteAppCatalogue`."""
    return await resolve.catalogue(info.context, root.id)  # type: ignore[return-value]  # has the same attributes


@strawberry.input(description="A website app to install.")
class WebsiteAppInstallInput:
    web_host_id: strawberry.ID = strawberry.field(description="The id of the host name.")
    path: str = strawberry.field(description="The path on it: `/`, `/blog`.", default="/")
    app: str = strawberry.field(description="The code of the app.")
    app_version: str = strawberry.field(description="The version.")
    database_id: strawberry.ID | None = strawberry.field(
        description="The id of a database of the package that no app uses; null for an app that needs none.",
        default=None,
    )
    username: str = strawberry.field(description="What its first administrator is to be called.", default="admin")
    password: str | None = strawberry.field(
        description="The administrator's password; `passwordPolicy` holds for it, too. Null: one is made and shown once.",
        default=None,
    )


@strawberry.input(description="A newer version to have.")
class WebsiteAppUpdateInput:
    website_app_id: strawberry.ID = strawberry.field(description="The id of the website app.")
    version: int = strawberry.field(description="Its `version` as it was read.")
    app_version: str = strawberry.field(description="The version to have, such as its `updateTo`.")


@strawberry.input(description="Which website app to remove.")
class WebsiteAppRemoveInput:
    website_app_id: strawberry.ID = strawberry.field(description="The id of the website app.")


@strawberry.type(description="What installing a website app gives.")
class WebsiteAppInstallPayload:
    website_app: WebsiteApp | None = column(WriteApps, "The website app; its `state` moves on with the operation.")
    password: str | None = column(
        WriteApps, "The administrator's password that was made. It is shown this once; null when one was given."
    )
    operation: Operation | None = requested(WriteApps)
    errors: list[UserError] = column(WriteApps, "Why nothing is installed.")


@strawberry.type(description="What updating a website app gives.")
class WebsiteAppUpdatePayload:
    website_app: WebsiteApp | None = column(WriteApps, "The website app; its `state` moves on with the operation.")
    operation: Operation | None = requested(WriteApps)
    errors: list[UserError] = column(WriteApps, "Why nothing is updated.")


@strawberry.type(description="What removing a website app gives.")
class WebsiteAppRemovePayload:
    website_app: WebsiteApp | None = column(WriteApps, "The website app, which is gone when the operation is done.")
    operation: Operation | None = requested(WriteApps)
    errors: list[UserError] = column(WriteApps, "Why it stays.")


@strawberry.type(description="Changing website apps.")
class WebsiteAppMutation:
    website_app_install: WebsiteAppInstallPayload | None = mutation(
        WriteApps,
        "Install a website app on a host name. `websiteAppCatalogue` of the package says beforehand whether it can be, and "
        "what would make it possible.",
        resolve.website_app_install,
        WebsiteAppInstallInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    website_app_update: WebsiteAppUpdatePayload | None = mutation(
        WriteApps,
        "Have a newer version take the place of a website app. Its `actions` say beforehand whether it can be done (`UPDATE`).",
        resolve.website_app_update,
        WebsiteAppUpdateInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    website_app_remove: WebsiteAppRemovePayload | None = mutation(
        WriteApps,
        "Remove a website app with its files; its database stays, and can be deleted after it (`REMOVE`).",
        resolve.website_app_remove,
        WebsiteAppRemoveInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
