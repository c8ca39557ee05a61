"""The package password: what somebody signs in with to take care of a package."""

import strawberry

from gateway.auth.permissions import ManagePackageAccess
from gateway.errors import ErrorCode
from gateway.resolvers import package_password as resolve
from gateway.schema.error import UserError
from gateway.schema.field import column, mutation
from gateway.schema.package import Package


@strawberry.input(description="The package password to set.")
class PackagePasswordSetInput:
    package_id: strawberry.ID = strawberry.field(description="The id of the package.")
    password: str = strawberry.field(description="The new package password; `passwordPolicy` holds for it, too.")


@strawberry.input(description="Which package password to remove.")
class PackagePasswordRemoveInput:
    package_id: strawberry.ID = strawberry.field(description="The id of the package.")


@strawberry.type(description="What setting a package password gives.")
class PackagePasswordSetPayload:
    package: Package | None = column(ManagePackageAccess, "The package.")
    sessions_ended: int | None = column(ManagePackageAccess, "How many sessions of the package login were ended.")
    errors: list[UserError] = column(ManagePackageAccess, "Why it was not set.")


@strawberry.type(description="What removing a package password gives.")
class PackagePasswordRemovePayload:
    package: Package | None = column(ManagePackageAccess, "The package.")
    sessions_ended: int | None = column(ManagePackageAccess, "How many sessions of the package login were ended.")
    errors: list[UserError] = column(ManagePackageAccess, "Why it was not removed.")


@strawberry.type(description="Package passwords.")
class PackagePasswordMutation:
    package_password_set: PackagePasswordSetPayload | None = mutation(
        ManagePackageAccess,
        "Set or change the package password, for somebody who takes care of the package: they sign in with one of its domains "
        "and reach its technical side only. Sessions of the package login end, and a mail tells of it. `actions` of the "
        "package says beforehand whether it can be (`SECURITY`).",
        resolve.package_password_set,
        PackagePasswordSetInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        step_up=True,
    )
    package_password_remove: PackagePasswordRemovePayload | None = mutation(
        ManagePackageAccess,
        "Remove the package password: nobody signs in to the package any more, and sessions of the package login end.",
        resolve.package_password_remove,
        PackagePasswordRemoveInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        step_up=True,
    )
