"""The username: its rule as data, whether one can be had, and changing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.context import Context
from gateway.errors import ErrorCode
from gateway.messages import message
from gateway.resolvers.outcome import Outcome, done
from models.rules import username as rule


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a name can be had: `username` is its folded form where it is one; `code` and `message` say why not."""

    available: bool
    username: str | None = None
    code: ErrorCode | None = None
    message: str | None = None


def policy_text(context: Context) -> str:
    """The rule in a few sentences."""
    return message("username.policy", context.language, shortest=rule.SHORTEST, longest=rule.LONGEST)


def allowed_characters(context: Context) -> str:
    """The characters, named."""
    return message("username.allowed_characters", context.language)


def pattern(context: Context) -> str:
    """What the folded name matches as a whole."""
    return rule.PATTERN


def shortest(context: Context) -> int:
    """Characters of the shortest name."""
    return rule.SHORTEST


def longest(context: Context) -> int:
    """Characters of the longest name."""
    return rule.LONGEST


def examples(context: Context) -> list[str]:
    """Names that fit."""
    return list(rule.EXAMPLES)


async def username_available(context: Context, username: str) -> Availability:
    """Whether the viewer could have this name now."""
    obstacle = await context.parts.usernames.obstacle(context.signed_in, username, context.now)
    if obstacle is None:
        return Availability(True, rule.folded(username))
    name = None if obstacle.code is ErrorCode.BAD_USER_INPUT else rule.folded(username)
    return Availability(False, name, obstacle.code, obstacle.text(context.language))


async def username_change(context: Context, input: Any) -> Outcome:
    """Set or change it."""
    usernames, viewer = context.parts.usernames, context.signed_in
    return done(customer=await usernames.change(viewer, input.username, input.version, context.client, context.now))


async def username_remove(context: Context, input: Any) -> Outcome:
    """Take it away."""
    usernames, viewer = context.parts.usernames, context.signed_in
    return done(customer=await usernames.remove(viewer, input.version, context.client, context.now))
