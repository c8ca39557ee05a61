"""Signing in and out: the proof is `gateway.auth`'s, here it gets the form callers see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gateway.auth.challenges import Challenged
from gateway.auth.ending import end_other_sessions, end_session
from gateway.auth.ending import sign_out as end_own_session
from gateway.auth.sign_in import Credentials, Failure
from gateway.auth.viewer import SCOPES_OF, Scope
from gateway.context import Context
from gateway.resolvers.outcome import HandledError, Outcome, done
from models import Session, SessionKind


@dataclass(frozen=True, slots=True)
class Opened:
    """A session with its token."""

    id: str
    token: str
    kind: SessionKind
    scopes: list[Scope]
    expires_at: datetime
    idle_seconds: int


def opened(session: Session, token: str, scopes: frozenset[Scope] | None = None) -> Opened:
    """What is told of a session that was opened, or got another token; `scopes` where it has fewer than its kind."""
    allowed = SCOPES_OF[session.kind] if scopes is None else scopes
    listed = [scope for scope in Scope if scope in allowed]
    return Opened(session.id, token, session.kind, listed, session.expires_at, session.idle_seconds)


async def sign_in(context: Context, input: Any) -> Outcome:
    """One form for customer number, username and package domain."""
    sent = Credentials(input.login, input.password, input.device_name, input.remember, input.device_token)
    outcome = await context.parts.sign_in(sent, context.client, context.now)
    if isinstance(outcome, Failure):
        error = HandledError(outcome.code, outcome.text(context.language), None, outcome.retry_after)
        return Outcome((error,))
    if isinstance(outcome, Challenged):
        return done(two_factor_challenge=outcome)
    session = opened(outcome.session, outcome.token)
    return done(session=session, device_token=outcome.device_token)


async def sign_out(context: Context) -> Outcome:
    """End the session of the request."""
    await end_own_session(context.signed_in, context.client, context.now)
    return done()


async def session_end(context: Context, input: Any) -> Outcome:
    """End one session."""
    await end_session(context.signed_in, input.id, context.client, context.now)
    return done(session_id=input.id)


async def session_end_others(context: Context) -> Outcome:
    """End all sessions but this one."""
    return done(ended=await end_other_sessions(context.signed_in, context.client, context.now))
