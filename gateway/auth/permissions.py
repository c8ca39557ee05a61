"""Permissions: one small class per scope. The answer depends on the viewer alone, so it is the same for a whole operation."""

from __future__ import annotations

from typing import Any, ClassVar

import strawberry
from strawberry.permission import BasePermission
from strawberry.schema_directive import Location

from gateway.auth.viewer import Scope, Viewer
from gateway.errors import GatewayError, forbidden, unauthenticated


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="requiresScope",
    description="The session must have this scope; without it the field is null with the code FORBIDDEN.",
)
class RequiresScope:
    """Shown in the SDL on every field that needs a scope."""

    scope: Scope = strawberry.directive_field(name="scope")


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="requiresSignIn",
    description="Somebody must be signed in; which rows are there depends on who.",
)
class RequiresSignIn:
    """Shown in the SDL on fields that any session may read where it can reach them."""


@strawberry.schema_directive(locations=[Location.FIELD_DEFINITION], name="public", description="Needs no session.")
class IsPublic:
    """Shown in the SDL on fields that work without a session."""


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="requiresReauthentication",
    description="The session must have been raised by `reauthenticate` a few minutes before at most.",
)
class RequiresReauthentication:
    """Shown in the SDL on mutations that change an account's safety or its contracts."""


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="requiresSession",
    description="Needs a session: an API token is refused with the code FORBIDDEN, whatever its scopes.",
)
class RequiresSession:
    """Shown in the SDL on mutations that are about the session or bound to it."""


class Permission(BasePermission):
    """Decides for a whole operation. Refuses unless a subclass says otherwise."""

    directive: ClassVar[object]

    @classmethod
    def refusal(cls, viewer: Viewer | None) -> GatewayError | None:
        """Why `viewer` may not, or `None` when they may."""
        return unauthenticated() if viewer is None else None

    def has_permission(self, source: Any, info: Any, **kwargs: Any) -> bool:
        return self.refusal(info.context.viewer) is None

    def on_unauthorized(self) -> None:
        raise AssertionError("refusals are raised by the engine")  # pragma: no cover

    @property
    def schema_directive(self) -> object:
        return self.directive


class Public(Permission):
    """Anybody, also without a session."""

    directive = IsPublic()

    @classmethod
    def refusal(cls, viewer: Viewer | None) -> GatewayError | None:
        return None


class SignedIn(Permission):
    """Any session; what it reaches is decided by `visible` and by the scope of the field that led here."""

    directive = RequiresSignIn()


class Requires(Permission):
    """A session with `scope`."""

    scope: ClassVar[Scope]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.directive = RequiresScope(scope=cls.scope)

    @classmethod
    def refusal(cls, viewer: Viewer | None) -> GatewayError | None:
        if viewer is None:
            return unauthenticated()
        return None if cls.scope in viewer.scopes else forbidden(cls.scope.value)


class ReadAccount(Requires):
    scope = Scope.ACCOUNT_READ


class WriteAccount(Requires):
    scope = Scope.ACCOUNT_WRITE


class ReadContracts(Requires):
    scope = Scope.CONTRACT_READ


class WriteContracts(Requires):
    scope = Scope.CONTRACT_WRITE


class ReadInvoices(Requires):
    scope = Scope.INVOICE_READ


class PayInvoices(Requires):
    scope = Scope.INVOICE_PAY


class ReadPackages(Requires):
    scope = Scope.PACKAGE_READ


class WritePackages(Requires):
    scope = Scope.PACKAGE_WRITE


class ManagePackageAccess(Requires):
    scope = Scope.PACKAGE_ACCESS


class ReadMail(Requires):
    scope = Scope.MAIL_READ


class WriteMail(Requires):
    scope = Scope.MAIL_WRITE


class ReadDomains(Requires):
    scope = Scope.DOMAIN_READ


class WriteDomains(Requires):
    scope = Scope.DOMAIN_WRITE


class AcmeDomains(Requires):
    scope = Scope.DOMAIN_ACME


class ReadDatabases(Requires):
    scope = Scope.DATABASE_READ


class WriteDatabases(Requires):
    scope = Scope.DATABASE_WRITE


class ReadWebSpace(Requires):
    scope = Scope.WEBSPACE_READ


class WriteWebSpace(Requires):
    scope = Scope.WEBSPACE_WRITE


class ReadApps(Requires):
    scope = Scope.APP_READ


class WriteApps(Requires):
    scope = Scope.APP_WRITE


class ReadBackups(Requires):
    scope = Scope.BACKUP_READ


class WriteBackups(Requires):
    scope = Scope.BACKUP_WRITE
