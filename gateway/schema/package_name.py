"""Renaming a package."""

import strawberry

from gateway.auth.permissions import WritePackages
from gateway.errors import ErrorCode
from gateway.resolvers import package_name as resolve
from gateway.schema.error import UserError
from gateway.schema.field import column, mutation
from gateway.schema.package import Package


@strawberry.input(description="The new name of a package.")
class PackageRenameInput:
    id: strawberry.ID = strawberry.field(description="The id of the package.")
    version: int = strawberry.field(description="The `version` of the package as it was read.")
    name: str = strawberry.field(
        description="What to call it: at most 80 characters. Blanks around it are dropped, several become one."
    )


@strawberry.type(description="What renaming a package gives.")
class PackageRenamePayload:
    package: Package | None = column(WritePackages, "The package as it is now.")
    errors: list[UserError] = column(WritePackages, "Why it was not renamed.")


@strawberry.type(description="The names of packages.")
class PackageNameMutation:
    package_rename: PackageRenamePayload | None = mutation(
        WritePackages,
        "Rename a package. `actions` of the package says beforehand whether it can be (`RENAME`).",
        resolve.package_rename,
        PackageRenameInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
