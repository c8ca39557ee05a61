"""Forms as files: filled in and drawn when somebody asks for one, and kept nowhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from gateway.documents.company import Company
from gateway.documents.drawing import draw_form
from gateway.documents.form import FormContract, FormDocument, FormDomain
from gateway.documents.render import Overloaded, Renderer
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.download import File
from gateway.resolvers.form import FORMS, HOLDER_CHANGE, LANGUAGES, decide, slug
from gateway.resolvers.invoice_document import recipient
from models import Contract, Customer, Domain, DomainHolder, Package
from models.rules.berlin import berlin_day
from models.rules.decision import Decision, Refused
from models.rules.form import FormKind

MOST_DOMAINS = 500
"""Domains that one form names, which is more than any type of package has."""


@dataclass(frozen=True, slots=True)
class FormRows:
    """A contract with what stands on its forms; domains in the order of their names, with their holders."""

    contract: Contract
    package: Package
    domains: Sequence[Domain]
    holders: Sequence[DomainHolder]
    pending: bool
    """Whether another tariff is on its way."""

    def decide(self, kind: FormKind, now: datetime) -> Decision:
        """Whether a form can be used now."""
        contract, package, today = self.contract, self.package, berlin_day(now)
        functions, has_domain = package.type.functions, bool(self.domains)
        return decide(
            kind,
            contract.state,
            contract.ends_on,
            package.state,
            functions,
            today,
            has_domain=has_domain,
            pending=self.pending,
        )


async def form_rows(viewer: Viewer, contract: Contract) -> FormRows:
    """What stands on the forms of a contract."""
    package = await visible.packages(viewer).select_related("type").get(id=contract.package_id)
    domains = await visible.domains(viewer).filter(package_id=package.id).order_by("ascii_name").limit(MOST_DOMAINS)
    holders = visible.domain_holders(viewer).filter(domain_id__in=[domain.id for domain in domains])
    pending = await visible.tariff_changes(viewer).filter(pending_for_id=contract.id).exists()
    return FormRows(contract, package, domains, await holders if domains else [], pending)


class FormFiles:
    """Fills forms in and draws them."""

    def __init__(self, renderer: Renderer, company: Company) -> None:
        self._renderer = renderer
        self._company = company

    def source(self, kind: FormKind) -> Callable[[Viewer, Contract, str | None, datetime], Awaitable[File | None]]:
        """Where the forms of a kind come from."""
        return partial(self._of_contract, kind)

    async def _of_contract(
        self, kind: FormKind, viewer: Viewer, contract: Contract, language: str | None, now: datetime
    ) -> File | None:
        """The form; `None` when it cannot be used now. `language` `None` is the customer's own."""
        rows = await form_rows(viewer, contract)
        if isinstance(rows.decide(kind, now), Refused):
            return None
        customer = await visible.customers(viewer).get()
        tariff = await visible.tariffs(viewer).get(id=contract.tariff_id)
        document = FormDocument(
            kind,
            _language(customer, language),
            self._company,
            recipient(customer),
            customer.email,
            berlin_day(now),
            FormContract(contract.number, rows.package.name, rows.package.identification, tariff.name),
            form_domains(rows, customer),
        )
        return await self._file(document, contract.id, FORMS[kind].file_name(f"{slug(kind)}-{contract.number}"))

    async def holder_change(self, viewer: Viewer, customer: Customer, language: str | None, now: datetime) -> File:
        """The transfer of all contracts of a customer, or of those that are written into it."""
        document = FormDocument(
            FormKind.CONTRACT_TRANSFER,
            _language(customer, language),
            self._company,
            recipient(customer),
            customer.email,
            berlin_day(now),
        )
        name = HOLDER_CHANGE.file_name(f"{slug(FormKind.CONTRACT_TRANSFER)}-{customer.number}")
        return await self._file(document, customer.id, name)

    async def _file(self, document: FormDocument, object_id: str, name: str) -> File:
        try:
            content = await self._renderer.render(draw_form, document)
        except Overloaded:
            raise GatewayError(ErrorCode.UNAVAILABLE, "unavailable") from None
        noted = {"name": document.kind.value, "language": document.language}
        return File(object_id, name, sha256(content).hexdigest(), len(content), partial(_read, content), noted)


def form_domains(rows: FormRows, customer: Customer) -> tuple[FormDomain, ...]:
    """The domains, each with whom it is registered for: the customer where nobody else is known."""
    known = {holder.domain_id: holder for holder in rows.holders}
    return tuple(FormDomain(domain.name, _holder(known.get(domain.id), customer)) for domain in rows.domains)


def _holder(holder: DomainHolder | None, customer: Customer) -> str:
    if holder is None:
        parts = [customer.display_name, customer.street, f"{customer.postcode} {customer.city}", customer.country]
    else:
        names = [holder.organisation or "", holder.name]
        parts = [*names, holder.street, f"{holder.postcode} {holder.city}", holder.country]
    return ", ".join(part.strip() for part in parts if part.strip())


def _language(customer: Customer, asked: str | None) -> str:
    chosen = asked or customer.language
    return chosen if chosen in LANGUAGES else "en"


async def _read(content: bytes) -> bytes:
    return content
