"""Finding what is to be cancelled, and asking the rule whether it can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from models import AddOn, CancellationSubject, Contract, Domain, Package
from models.ids import prefix_of
from models.rules import cancellation as rule
from models.rules.decision import Decision


@dataclass(frozen=True, slots=True)
class Subject:
    """A package, a domain or an add-on (`kind` says which), with the package (and its type) and contract it belongs to.

    A package without a contract has `contract` `None`, and cannot be cancelled.
    """

    kind: CancellationSubject
    package: Package
    contract: Contract | None
    domain: Domain | None = None
    add_on: AddOn | None = None

    @property
    def id(self) -> str:
        """The id of what is cancelled; of a package its own, not the contract's."""
        return str((self.domain or self.add_on or self.package).id)

    @property
    def name(self) -> str:
        """What people call it."""
        return (self.domain or self.add_on or self.package).name

    def decision(self, today: date) -> Decision:
        """Whether it can be cancelled today."""
        state = None if self.contract is None else self.contract.state.value
        ends_on = None if self.contract is None else self.contract.ends_on
        if self.add_on is not None:
            return rule.add_on_cancellable(self.add_on.state.value, self.add_on.ends_on, state, ends_on, today)
        package = self.package
        if self.domain is not None:
            own, paid_until = self.domain.state.value, self.domain.paid_until
            return rule.domain_cancellable(own, paid_until, package.state.value, state, ends_on, today)
        return rule.package_cancellable(package.type.functions, package.state.value, state, ends_on, today)


async def find_subject(viewer: Viewer, id: str) -> Subject | None:
    """What an id of a package, a contract (its package), a domain or an add-on names; `None`: nothing the viewer can see."""
    match prefix_of(id):
        case "pkg":
            return await _package(viewer, id)
        case "ctr":
            contract = await visible.contracts(viewer).get_or_none(id=id)
            return None if contract is None else await _package(viewer, contract.package_id)
        case "dom":
            domain = await visible.domains(viewer).get_or_none(id=id)
            found = None if domain is None else await _package(viewer, domain.package_id)
            kind = CancellationSubject.DOMAIN
            return None if found is None else Subject(kind, found.package, found.contract, domain=domain)
        case "add":
            add_on = await visible.add_ons(viewer).get_or_none(id=id)
            booked = None if add_on is None else await visible.contracts(viewer).get_or_none(id=add_on.contract_id)
            if booked is None:
                return None
            package = await visible.packages(viewer).select_related("type").get(id=booked.package_id)
            return Subject(CancellationSubject.ADD_ON, package, booked, add_on=add_on)
    return None


async def _package(viewer: Viewer, id: str) -> Subject | None:
    package = await visible.packages(viewer).select_related("type").get_or_none(id=id)
    if package is None:
        return None
    contract = await visible.contracts(viewer).get_or_none(package_id=id)
    return Subject(CancellationSubject.PACKAGE, package, contract)
