"""What becomes of the domains of something that is cancelled: what can be chosen for each, and what was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tortoise.expressions import Q
from tortoise.functions import Count

from gateway.auth import visible
from gateway.auth.cancellation_subject import Subject
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from models import CancellationState, CancellationSubject, Domain, DomainFate, DomainState, Package, PackageState
from models.ids import prefix_of
from models.rules import cancellation as rule
from models.rules.decision import Refused

PATH = ("input", "domains")
MOST_PACKAGES = 50
"""Packages that are offered to keep a domain in, by name; any other that is suitable can be named as well."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the customer wants for a domain; `keep_in` is the id of the package it moves to."""

    domain_id: str
    fate: DomainFate
    keep_in: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A fate, and whether the domain can have it: `reason` is a code of the rule. `packages` are those it can be kept in."""

    fate: DomainFate
    reason: str | None
    packages: tuple[Package, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether it can be chosen."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class EndingDomain:
    """A domain, its choices, and what was chosen; `reason` is why that will not do."""

    domain: Domain
    choices: tuple[Choice, ...]
    fate: DomainFate | None = None
    keep_in: Package | None = None
    reason: str | None = None


async def ending_domains(
    viewer: Viewer, subject: Subject, chosen: Sequence[Chosen], today: date
) -> tuple[EndingDomain, ...]:
    """The domains that end with a subject, by name, each with what was chosen for it.

    Those that are cancelled already keep what was decided for them. Raises `NOT_FOUND` for a choice about any other domain and
    for a package to keep one in that is not the customer's, `BAD_USER_INPUT` for two choices about one.
    """
    domains = await _domains(viewer, subject)
    wanted = {choice.domain_id: choice for choice in chosen}
    if len(wanted) != len(chosen):
        raise GatewayError(ErrorCode.BAD_USER_INPUT, "cancellation.chosen_twice", path=PATH)
    if set(wanted) - {domain.id for domain in domains}:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=PATH)
    room = await _room(viewer, subject, wanted) if domains and subject.domain is None else {}
    keeping = tuple(package for package, left in room.values() if left > 0)[:MOST_PACKAGES]
    placed: dict[str, int] = {}
    return tuple([_ending(subject, domain, keeping, room, wanted.get(domain.id), placed) for domain in domains])


async def _domains(viewer: Viewer, subject: Subject) -> list[Domain]:
    if subject.domain is not None:
        return [subject.domain]
    if subject.kind is not CancellationSubject.PACKAGE:
        return []
    of_package = visible.domains(viewer).filter(package_id=subject.package.id)
    return await of_package.filter(_staying()).order_by("ascii_name")


def _staying() -> Q:
    """Domains that nobody has decided about: neither cancelled, nor given free for another provider."""
    return Q(state__in=(DomainState.PENDING, DomainState.ACTIVE)) | Q(state=DomainState.TRANSFERRING, ends_on=None)


Room = dict[str, tuple[Package, int]]
"""Packages that domains can be kept in, by id in the order of their names, with how many more each takes."""


async def _room(viewer: Viewer, subject: Subject, wanted: Mapping[str, Chosen]) -> Room:
    """Those that are offered, and those that were named. Raises `NOT_FOUND` for one that the viewer cannot see."""
    named = {choice.keep_in for choice in wanted.values() if choice.keep_in is not None}
    if any(prefix_of(id) != "pkg" for id in named):
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=PATH)
    others = visible.packages(viewer).select_related("type").exclude(id=subject.package.id).order_by("name_key", "id")
    running = await others.filter(state=PackageState.ACTIVE).limit(4 * MOST_PACKAGES)
    packages = {package.id: package for package in running}
    for package in await visible.packages(viewer).select_related("type").filter(id__in=named - set(packages)):
        packages[package.id] = package
    if named - set(packages):
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=PATH)
    taken = await _taken(viewer, list(packages))
    room: Room = {}
    for id, package in packages.items():
        limit, used = package.type.domain_limit, taken.get(id, 0)
        decision = rule.can_keep(package.type.functions, package.state.value, limit, used)
        suitable = id != subject.package.id and not (
            isinstance(decision, Refused) and decision.reason == rule.KEEP_PACKAGE_UNSUITABLE
        )
        if suitable:
            room[id] = package, limit - used
    return room


async def _taken(viewer: Viewer, packages: list[str]) -> dict[str, int]:
    """The domains of each package, those that are to move there included."""
    own = visible.domains(viewer).filter(_staying(), package_id__in=packages)
    taken = dict(await own.annotate(n=Count("id")).group_by("package_id").values_list("package_id", "n"))
    coming = visible.cancelled_domains(viewer).filter(
        keep_in_id__in=packages, cancellation__state=CancellationState.DECLARED
    )
    for id, n in await coming.annotate(n=Count("id")).group_by("keep_in_id").values_list("keep_in_id", "n"):
        taken[id] = taken.get(id, 0) + n
    return taken


def _ending(
    subject: Subject,
    domain: Domain,
    keeping: tuple[Package, ...],
    room: Room,
    wanted: Chosen | None,
    placed: dict[str, int],
) -> EndingDomain:
    choices = []
    for fate in DomainFate:
        decision = rule.fate_possible(
            fate.value, domain.state.value, of_package=subject.domain is None, packages=bool(keeping)
        )
        reason = decision.reason if isinstance(decision, Refused) else None
        choices.append(Choice(fate, reason, keeping if fate is DomainFate.KEEP and reason is None else ()))
    made = tuple(choices)
    if wanted is None:
        return EndingDomain(domain, made, reason=rule.FATE_MISSING)
    (choice,) = (choice for choice in made if choice.fate is wanted.fate)
    if wanted.fate is not DomainFate.KEEP or not choice.allowed:
        return EndingDomain(domain, made, wanted.fate, reason=choice.reason)
    return EndingDomain(domain, made, wanted.fate, *_kept(room, wanted.keep_in, placed))


def _kept(room: Room, keep_in: str | None, placed: dict[str, int]) -> tuple[Package | None, str | None]:
    """The package a domain is to be kept in, or why it cannot be; `placed` counts those that were put there before."""
    if keep_in is None:
        return None, rule.KEEP_PACKAGE_MISSING
    if keep_in not in room:
        return None, rule.KEEP_PACKAGE_UNSUITABLE
    package, left = room[keep_in]
    placed[keep_in] = placed.get(keep_in, 0) + 1
    return package, rule.KEEP_PACKAGE_FULL if placed[keep_in] > left else None
