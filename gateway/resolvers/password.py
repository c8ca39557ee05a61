"""The customer password: its rule as data, how strong one would be, changing it, and setting a forgotten one anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.context import Context
from gateway.messages import message
from gateway.resolvers.outcome import Outcome, done
from models.rules import password as rule


@dataclass(frozen=True, slots=True)
class PasswordStrength:
    """`score` is 0 to 4; `acceptable` whether `passwordChange` would take it."""

    score: int
    acceptable: bool
    suggestions: list[str]


def policy_text(context: Context) -> str:
    """The rule in a few sentences."""
    return message(
        "password.policy",
        context.language,
        shortest=rule.SHORTEST,
        shorter=rule.SHORTEST_WITH_TWO_FACTOR,
        longest=rule.LONGEST,
    )


def shortest(context: Context) -> int:
    """Code points of the shortest password."""
    return rule.SHORTEST


def shortest_with_two_factor(context: Context) -> int:
    """The same for those who sign in with a second factor."""
    return rule.SHORTEST_WITH_TWO_FACTOR


def longest(context: Context) -> int:
    """Code points of the longest password."""
    return rule.LONGEST


def least_score(context: Context) -> int:
    """The least score."""
    return rule.LEAST_SCORE


async def password_strength(context: Context, password: str) -> PasswordStrength:
    """How strong a password of the viewer would be."""
    strength, acceptable = await context.parts.new_passwords.look(context.signed_in, password, context.now)
    suggestions = [message(hint.value, context.language) for hint in strength.hints]
    return PasswordStrength(strength.score, acceptable, suggestions)


async def password_change(context: Context, input: Any) -> Outcome:
    """Change it."""
    change = context.parts.password_change
    viewer, current, new = context.signed_in, input.current_password, input.new_password
    return done(sessions_ended=await change(viewer, current, new, context.client, context.now))


async def password_reset_request(context: Context, input: Any) -> Outcome:
    """Ask for a link; the answer is the same whether or not there is such an account."""
    reset = context.parts.password_reset
    await reset.request(input.customer_number, input.email, context.client, context.now)
    return done()


async def password_reset(context: Context, input: Any) -> Outcome:
    """Set it anew with the code of a link."""
    await context.parts.password_reset(input.code, input.new_password, context.client, context.now)
    return done()
