"""Forms on paper: which can be used for a contract, what does the same online, and where they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from gateway.auth import visible
from gateway.auth.viewer import Scope
from gateway.context import Context
from gateway.messages import message
from gateway.resolvers.download import Kind
from gateway.resolvers.package import RefusalReason
from gateway.source.declaration import First, FirstOf, Need
from models import Contract, Customer
from models.rules import form as rule
from models.rules.berlin import berlin_day
from models.rules.decision import Decision, Refused
from models.rules.form import FormKind

LANGUAGES = ("de", "en")

_DOMAIN = First("domains", "name", ("-main", "created_at"))

CONTRACT_NEEDS: tuple[Need, ...] = (
    "number", "state", "ends_on", "package.state", "package.type.functions", FirstOf("package", _DOMAIN), "id",
    "pending_tariff_change.id",
)  # fmt: skip
PACKAGE_NEEDS: tuple[Need, ...] = (
    "contract.number", "contract.state", "contract.ends_on", "state", "type.functions", _DOMAIN, "contract.id",
    "contract.pending_tariff_change.id",
)  # fmt: skip
"""What `forms` is given, of a contract and of its package."""


def _kind_of(kind: FormKind) -> Kind[Contract]:
    return Kind(
        noun="form",
        prefix="ctr",
        folder=f"forms/{slug(kind)}",
        suffix="pdf",
        media_type="application/pdf",
        scope=Scope.CONTRACT_READ,
        rows=visible.contracts,
        named_by="number",
        languages=LANGUAGES,
    )


def slug(kind: FormKind) -> str:
    """`contract-transfer`: how a form is called in paths and file names."""
    return kind.value.lower().replace("_", "-")


FORMS: dict[FormKind, Kind[Contract]] = {kind: _kind_of(kind) for kind in FormKind}
"""The forms of a contract."""

HOLDER_CHANGE: Kind[Customer] = Kind(
    noun="form",
    prefix="cus",
    folder="forms/holder-change",
    suffix="pdf",
    media_type="application/pdf",
    scope=Scope.ACCOUNT_READ,
    rows=visible.customers,
    named_by="number",
    languages=LANGUAGES,
)
"""The contract transfer of everything under a customer number."""


TITLES = {
    FormKind.UPGRADE: "form.UPGRADE",
    FormKind.DOWNGRADE: "form.DOWNGRADE",
    FormKind.DOMAIN_HOLDER_CHANGE: "form.DOMAIN_HOLDER_CHANGE",
    FormKind.CONTRACT_TRANSFER: "form.CONTRACT_TRANSFER",
    FormKind.CANCELLATION: "form.CANCELLATION",
}
"""What forms are called."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form, with whether it can be used now and what does the same without paper."""

    kind: FormKind
    title: str
    allowed: bool
    reason: RefusalReason | None
    message: str | None
    mutation: str | None
    download_path: str | None

    @property
    def online(self) -> bool:
        """Whether the same can be finished without paper."""
        return self.mutation is not None


def decide(
    kind: FormKind,
    state: str,
    ends_on: date | None,
    package_state: str,
    functions: Collection[str],
    today: date,
    *,
    has_domain: bool,
    pending: bool,
) -> Decision:
    """Whether the form can be used: the list and the download ask this alike."""
    return rule.available(kind, functions, package_state, state, ends_on, today, has_domain=has_domain, pending=pending)


def forms(
    context: Context,
    number: str | None,
    state: str | None,
    ends_on: date | None,
    package_state: str | None,
    functions: Collection[str] | None,
    domain: str | None,
    contract_id: str | None,
    pending: str | None,
) -> list[Form]:
    """All forms of a contract; none for a package without one."""
    if contract_id is None or state is None or package_state is None:
        return []
    today, language = berlin_day(context.now), context.language
    found = []
    for kind in FormKind:
        decision = decide(
            kind, state, ends_on, package_state, functions or (), today,
            has_domain=domain is not None, pending=pending is not None,
        )  # fmt: skip
        refused = RefusalReason(decision.reason) if isinstance(decision, Refused) else None
        found.append(
            Form(
                kind,
                message(TITLES[kind], language),
                refused is None,
                refused,
                None if refused is None else message(f"refused.{refused.value}", language),
                rule.ONLINE.get(kind),
                None if refused else FORMS[kind].path(contract_id, number),
            )
        )
    return found
