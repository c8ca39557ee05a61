"""The second factor of a customer. Package logins have none."""

from datetime import datetime

import strawberry

import models
from gateway.auth.permissions import Public, ReadAccount, SignedIn, WriteAccount
from gateway.errors import ErrorCode
from gateway.resolvers import two_factor as resolve
from gateway.schema.error import UserError
from gateway.schema.field import column, count, entity, exists, many, mutation
from gateway.schema.sign_in import NewSession, SignInPayload
from models import TwoFactorKind


@entity(models.Authenticator, description="A device the customer shows at sign-in, besides the password.")
class TwoFactorDevice:
    id: strawberry.ID = column(SignedIn, "The id of the device.")
    kind: TwoFactorKind = column(SignedIn, "What it is. Expect further kinds.")
    name: str = column(SignedIn, "What the customer calls it.")
    created_at: datetime = column(SignedIn, "When it was set up.")
    last_used_at: datetime | None = column(SignedIn, "When a code of it was last accepted.")
    version: int = column(SignedIn, "Counts the changes; renaming asks for it.")


@strawberry.type(description="Two-factor authentication of the customer.")
class TwoFactor:
    enabled: bool = exists(ReadAccount, "Whether signing in takes a second step.", "authenticators")
    devices: list[TwoFactorDevice] = many(
        ReadAccount, "The devices that can take it, oldest first.", "authenticators", "created_at", "id"
    )
    recovery_codes_left: int = count(ReadAccount, "How many recovery codes are unused.", "recovery_codes")


@strawberry.input(description="The second step of a sign-in. Give `code` or `recoveryCode`.")
class SignInTwoFactorInput:
    token: str = strawberry.field(description="The token of the `twoFactorChallenge` that `signIn` gave.")
    code: str | None = strawberry.field(default=None, description="The six digits the authenticator app shows.")
    recovery_code: str | None = strawberry.field(default=None, description="One of the recovery codes instead.")


@strawberry.input(description="A new device.")
class TwoFactorBeginInput:
    name: str = strawberry.field(description="What to call it: 1 to 80 characters.")


@strawberry.type(description="What an authenticator app is set up with: as a picture, as an address, or typed.")
class TwoFactorSetup:
    device_id: strawberry.ID = column(WriteAccount, "The id of the device, for `twoFactorConfirm`.")
    secret: str = column(WriteAccount, "The secret in base 32, to be typed; shown this once.")
    otpauth_uri: str = column(WriteAccount, "The same as an `otpauth://` address, to open on the phone itself.")
    qr_svg: str = column(WriteAccount, "The address as a QR code: an SVG element.")
    expires_at: datetime = column(WriteAccount, "Until when the device can be confirmed.")


@strawberry.type(description="What beginning with a new device gives.")
class TwoFactorBeginPayload:
    setup: TwoFactorSetup | None = column(WriteAccount, "What to set up the app with. Nothing has changed so far.")
    errors: list[UserError] = column(WriteAccount, "Why it was not begun.")


@strawberry.input(description="The first code of a new device.")
class TwoFactorConfirmInput:
    device_id: strawberry.ID = strawberry.field(description="The id that `twoFactorBegin` gave.")
    code: str = strawberry.field(description="The six digits the app shows.")


@strawberry.type(description="What confirming a device gives.")
class TwoFactorConfirmPayload:
    device: TwoFactorDevice | None = column(WriteAccount, "The device, which counts from now on.")
    session: NewSession | None = column(
        WriteAccount, "This session with a new token. The old token is dead, and the customer's other sessions ended."
    )
    recovery_codes: list[str] | None = column(
        WriteAccount, "With the first device: ten recovery codes, shown this once. Each is good for one proof."
    )
    recovery_codes_pdf: str | None = column(
        WriteAccount, "The same as a sheet to print: a PDF in base64. Null when it could not be drawn in time."
    )
    errors: list[UserError] = column(WriteAccount, "Why it does not count.")


@strawberry.input(description="Another name for a device.")
class TwoFactorDeviceRenameInput:
    id: strawberry.ID = strawberry.field(description="The id of the device.")
    name: str = strawberry.field(description="What to call it: 1 to 80 characters.")
    version: int = strawberry.field(description="The version that was read.")


@strawberry.type(description="What renaming a device gives.")
class TwoFactorDeviceRenamePayload:
    device: TwoFactorDevice | None = column(WriteAccount, "The device with its new name.")
    errors: list[UserError] = column(WriteAccount, "Why it was not renamed.")


@strawberry.input(description="Which device to remove.")
class TwoFactorDeviceRemoveInput:
    id: strawberry.ID = strawberry.field(description="The id of the device.")


@strawberry.type(description="What removing a device gives.")
class TwoFactorDeviceRemovePayload:
    device_id: strawberry.ID | None = column(WriteAccount, "The id of the device that was removed.")
    errors: list[UserError] = column(WriteAccount, "Why it was not removed.")


@strawberry.input(description="The proof that the customer wants it. Give `code` or `recoveryCode`.")
class TwoFactorDisableInput:
    password: str = strawberry.field(description="The customer password.")
    code: str | None = strawberry.field(default=None, description="The six digits the authenticator app shows.")
    recovery_code: str | None = strawberry.field(default=None, description="One of the recovery codes instead.")


@strawberry.type(description="What switching two-factor authentication off gives.")
class TwoFactorDisablePayload:
    session: NewSession | None = column(
        WriteAccount, "This session with a new token. The old token is dead, and the customer's other sessions ended."
    )
    errors: list[UserError] = column(WriteAccount, "Why it stays on.")


@strawberry.type(description="What making new recovery codes gives.")
class RecoveryCodesRegeneratePayload:
    recovery_codes: list[str] | None = column(WriteAccount, "Ten recovery codes, shown this once.")
    recovery_codes_pdf: str | None = column(
        WriteAccount, "The same as a sheet to print: a PDF in base64. Null when it could not be drawn in time."
    )
    errors: list[UserError] = column(WriteAccount, "Why the old ones stay good.")


@strawberry.type(description="The second factor.")
class TwoFactorMutation:
    sign_in_two_factor: SignInPayload = mutation(
        Public,
        "Finish a sign-in that `signIn` answered with a `twoFactorChallenge`. After `INVALID_CREDENTIALS` it must be begun "
        "anew, after `TWO_FACTOR_INVALID` another code can be tried, five in all.",
        resolve.sign_in_two_factor,
        SignInTwoFactorInput,
        ErrorCode.INVALID_CREDENTIALS,
        ErrorCode.TWO_FACTOR_REQUIRED,
        ErrorCode.TWO_FACTOR_INVALID,
        ErrorCode.RATE_LIMITED,
        ErrorCode.BAD_USER_INPUT,
    )
    two_factor_begin: TwoFactorBeginPayload | None = mutation(
        WriteAccount,
        "Set up an authenticator app: a secret for it. Nothing changes until `twoFactorConfirm`.",
        resolve.two_factor_begin,
        TwoFactorBeginInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.CONFLICT,
        step_up=True,
    )
    two_factor_confirm: TwoFactorConfirmPayload | None = mutation(
        WriteAccount,
        "Show that the app was set up: from now on signing in takes a second step. Ends the customer's other sessions and "
        "forgets trusted devices.",
        resolve.two_factor_confirm,
        TwoFactorConfirmInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.TWO_FACTOR_INVALID,
        ErrorCode.RATE_LIMITED,
    )
    two_factor_device_rename: TwoFactorDeviceRenamePayload | None = mutation(
        WriteAccount,
        "Give a device another name.",
        resolve.two_factor_device_rename,
        TwoFactorDeviceRenameInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        step_up=True,
    )
    two_factor_device_remove: TwoFactorDeviceRemovePayload | None = mutation(
        WriteAccount,
        "Take a device out of use; the last one goes by `twoFactorDisable` alone. Ends the customer's other sessions and "
        "forgets trusted devices.",
        resolve.two_factor_device_remove,
        TwoFactorDeviceRemoveInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        step_up=True,
    )
    two_factor_disable: TwoFactorDisablePayload | None = mutation(
        WriteAccount,
        "Sign in by password alone from now on. Takes the password and a code at once. Ends the customer's other sessions "
        "and forgets trusted devices.",
        resolve.two_factor_disable,
        TwoFactorDisableInput,
        ErrorCode.INVALID_CREDENTIALS,
        ErrorCode.TWO_FACTOR_REQUIRED,
        ErrorCode.TWO_FACTOR_INVALID,
        ErrorCode.CONFLICT,
        ErrorCode.RATE_LIMITED,
        ErrorCode.BAD_USER_INPUT,
    )
    recovery_codes_regenerate: RecoveryCodesRegeneratePayload | None = mutation(
        WriteAccount,
        "Make ten new recovery codes in the place of the old ones.",
        resolve.recovery_codes_regenerate,
        None,
        ErrorCode.CONFLICT,
        step_up=True,
    )
