"""What a mutation may ask of a session: that there is one, and that it was raised.

Step-up (SECURITY SE7): what changes an account's safety asks for the password again, a few minutes before at most.
"""

from __future__ import annotations

from datetime import datetime

from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError


def demand_elevation(viewer: Viewer | None, now: datetime) -> None:
    """Raise `REAUTHENTICATION_REQUIRED` unless the session of the viewer was raised and still is."""
    until = None if viewer is None else viewer.elevated_until
    if until is None or now >= until:
        raise GatewayError(ErrorCode.REAUTHENTICATION_REQUIRED, "reauthentication.required")


def demand_session(viewer: Viewer | None) -> None:
    """Raise `FORBIDDEN` for a program with an API token, which has no session."""
    if viewer is not None and viewer.api_token_id is not None:
        raise GatewayError(ErrorCode.FORBIDDEN, "api_token.no_session")
