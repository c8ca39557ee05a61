"""Taking the care of a package back from whoever had it."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from gateway.auth.hand_back import PackagePasswordFate
from gateway.auth.hand_back_items import HandBackKind
from gateway.auth.permissions import ManagePackageAccess
from gateway.errors import ErrorCode
from gateway.resolvers import hand_back as resolve
from gateway.schema.enums import describe
from gateway.schema.error import UserError
from gateway.schema.field import column, mutation
from gateway.schema.operation import Operation

if TYPE_CHECKING:
    from gateway.schema.package import Package

describe(
    HandBackKind,
    "What whoever had the care of a package may still come in by, or have left behind. Expect further values.",
    SESSION="Sessions of the package login; `name` says how many.",
    PACKAGE_PASSWORD="The package password.",  # noqa: S106 - a description, no secret
    API_TOKEN="An API token for the package.",  # noqa: S106 - a description, no secret
    MAILBOX="The password of a mailbox.",
    DATABASE="The password of a database.",
    SFTP_ACCOUNT="The password of an SFTP account.",
    SSH_KEY="A public key that opens an SFTP account.",
    FORWARD="A mail address that hands mail to another address. A person has to look.",
    CRON_JOB="A job that runs at times. A person has to look.",
    WEBSITE_APP="The accounts inside of a website app. A person has to look.",
    WEB_HOST="A host name that sends visitors on, or was changed. A person has to look.",
    DNS="A domain whose DNS records were changed. A person has to look.",
)
describe(
    PackagePasswordFate,
    "What becomes of the package password.",
    REMOVE="It is removed: nobody signs in with the package's domains any more.",
    ROTATE="A new one is made, which is shown once.",
    KEEP="It stays, for whoever has it.",
)


@strawberry.type(description="One thing to deal with when the care of a package is taken back.")
class HandBackItem:
    kind: HandBackKind = column(ManagePackageAccess, "What it is.")
    object_id: strawberry.ID | None = column(ManagePackageAccess, "The id of the object; null for sessions.")
    name: str = column(ManagePackageAccess, "What the object is called.")
    touched: bool = column(
        ManagePackageAccess,
        "Whether a package login or an API token made, changed or used it, by the activity of the package.",
    )
    done: bool = column(ManagePackageAccess, "Whether it is closed now.")
    secret: str | None = column(
        ManagePackageAccess, "The new password. It is shown this once; null where there is none."
    )
    operation: Operation | None = column(
        ManagePackageAccess, "The change on its way to the host's systems; null where there is none."
    )


async def hand_back_checklist(info: strawberry.Info, root: strawberry.Parent[Any]) -> list[HandBackItem]:
    """For `Package.handBackChecklist`."""
    return await resolve.hand_back_checklist(info.context, root.id)  # type: ignore[return-value]  # has the same attributes


PackageType = Annotated["Package", strawberry.lazy("gateway.schema.package")]


@strawberry.input(description="What to close when the care of a package is taken back.")
class PackageHandBackInput:
    package_id: strawberry.ID = strawberry.field(description="The id of the package.")
    version: int = strawberry.field(description="The `version` of the package as it was read.")
    package_password: PackagePasswordFate = strawberry.field(
        description="What becomes of the package password.", default=PackagePasswordFate.REMOVE
    )
    revoke_api_tokens: bool = strawberry.field(description="Whether to revoke the package's API tokens.", default=True)
    mailbox_ids: list[strawberry.ID] | None = strawberry.field(
        description="Mailboxes to give new passwords; null: all of the package.", default=None
    )
    database_ids: list[strawberry.ID] | None = strawberry.field(
        description="Databases to give new passwords; null: all of the package.", default=None
    )
    sftp_account_ids: list[strawberry.ID] | None = strawberry.field(
        description="SFTP accounts with a password to give new ones; null: all of the package.", default=None
    )
    remove_ssh_keys: bool = strawberry.field(
        description="Whether to remove every public key from the package's SFTP accounts.", default=True
    )


@strawberry.type(description="What taking the care of a package back gives.")
class PackageHandBackPayload:
    package: PackageType | None = column(ManagePackageAccess, "The package.")
    checklist: list[HandBackItem] | None = column(
        ManagePackageAccess, "Everything there was to deal with: what is closed now, and what is left to look at."
    )
    errors: list[UserError] = column(ManagePackageAccess, "Why nothing was closed.")


@strawberry.type(description="Taking the care of a package back.")
class HandBackMutation:
    package_hand_back: PackageHandBackPayload | None = mutation(
        ManagePackageAccess,
        "Take the care of a package back: end the sessions of the package login, and as wanted revoke its API tokens, remove "
        "or renew the package password, give mailboxes, databases and SFTP accounts new passwords and remove their keys. All "
        "of it or nothing; a mail tells of it. `handBackChecklist` of the package tells before what there is.",
        resolve.package_hand_back,
        PackageHandBackInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        step_up=True,
    )
