"""What is asked of every contestant, and how the answers of another schema are made comparable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

_PACKAGE = """id name identification orderNumber state createdAt version type { name } mailboxCount"""
_LIST = (
    "packages(first: $first) { totalCount nodes { " + _PACKAGE + " domains(first: 20) { nodes { name state } }"
    " contract { number state tariff { name } } } }"
)
_INVOICES = """invoices(first: $first) { totalCount nodes {
  id number state issuedOn dueOn total { minorUnits currency }
  lines { position description quantity unit net { minorUnits currency } } } }"""
_ONE = (
    "package(id: $id) { "
    + _PACKAGE
    + """
  domains(first: 20) { nodes { id name asciiName main state registeredOn createdAt } }
  mailboxes(first: 20) { nodes { id address displayName quotaMb usedMb } }
  contract { number state startsOn endsOn billingMonths price { minorUnits currency } tariff { code name } } }"""
)

# PostGraphile names things after the tables: aliases, and one object (`me`) that everything of the caller hangs under.
_PG_PACKAGE = """id: rowId name identification orderNumber state createdAt version
  type: packageTypeByTypeId { name } mailboxCount: mailboxesByPackageId { totalCount }"""
_PG_LIST = (
    "me { packages: packagesByCustomerId(first: $first, orderBy: [NAME_KEY_ASC, ROW_ID_ASC]) { totalCount nodes { "
    + _PG_PACKAGE
    + """ domains: domainsByPackageId(first: 20, orderBy: [ASCII_NAME_ASC, ROW_ID_ASC]) { nodes { name state } }
  contract: contractByPackageId { number state tariff: tariffByTariffId { name } } } } }"""
)
_PG_INVOICES = """me { invoices: invoicesByCustomerId(first: $first, orderBy: [ISSUED_ON_DESC, ROW_ID_DESC]) {
  totalCount nodes { id: rowId number state issuedOn dueOn grossMinor currency
  lines: invoiceLinesByInvoiceId(orderBy: [POSITION_ASC]) {
    nodes { position description quantityThousandths unit netMinor currency } } } } }"""
_PG_ONE = (
    "me { package: packagesByCustomerId(condition: {rowId: $id}, first: 1) { nodes { "
    + _PG_PACKAGE
    + """ domains: domainsByPackageId(first: 20, orderBy: [ASCII_NAME_ASC, ROW_ID_ASC]) {
    nodes { id: rowId name asciiName main state registeredOn createdAt } }
  mailboxes: mailboxesByPackageId(first: 20, orderBy: [ADDRESS_ASC, ROW_ID_ASC]) {
    nodes { id: rowId address displayName quotaMb usedMb } }
  contract: contractByPackageId { number state startsOn endsOn billingMonths grossMinor currency
    tariff: tariffByTariffId { code name } } } } }"""
)


@dataclass(frozen=True)
class Operation:
    """One thing asked: the selection in the common schema and in PostGraphile's, and its variables."""

    name: str
    title: str
    declared: str
    selection: str
    postgraphile: str

    def text(self, dialect: str, name: str | None = None) -> str:
        """The text for a contestant; another `name` makes it one never seen before."""
        theirs = self.postgraphile if dialect == "postgraphile" else self.selection
        declared = self.declared.replace("ID!", "String!") if dialect == "postgraphile" else self.declared
        return f"query {name or self.name}({declared}) {{ {theirs} }}"

    def body(self, dialect: str, variables: dict[str, Any], name: str | None = None) -> bytes:
        """The JSON of a request."""
        name = name or self.name
        return orjson.dumps({"query": self.text(dialect, name), "operationName": name, "variables": variables})


PACKAGE_LIST = Operation("PackageList", "package list", "$first: Int!", _LIST, _PG_LIST)
INVOICES = Operation("Invoices", "invoices", "$first: Int!", _INVOICES, _PG_INVOICES)
ONE_PACKAGE = Operation("OnePackage", "one package", "$id: ID!", _ONE, _PG_ONE)
UNPLANNED = Operation(
    "Unplanned",
    "a part no plan knows",
    PACKAGE_LIST.declared,
    "__schema { queryType { name } } " + _LIST,  # introspection is graphql-core's alone, the list is planned
    "__schema { queryType { name } } " + _PG_LIST,
)
OPERATIONS = (PACKAGE_LIST, INVOICES, ONE_PACKAGE)

PAGE = {PACKAGE_LIST.name: 50, UNPLANNED.name: 50, INVOICES.name: 20}


def variables(operation: Operation, package_id: str, page: int | None = None) -> dict[str, Any]:
    """What a session sends with an operation."""
    return {"id": package_id} if operation is ONE_PACKAGE else {"first": page or PAGE[operation.name]}


def comparable(answer: Any, dialect: str) -> Any:
    """An answer in the common form.

    Of Strawberry's own: the form of instants. Of PostGraphile's also: names of amounts and the envelopes of lists.
    """
    if not isinstance(answer, dict) or "data" not in answer or answer.get("errors"):
        return answer
    if dialect == "strawberry":
        return {"data": _instants(answer["data"])}
    if dialect != "postgraphile":
        return answer
    data = dict(answer["data"])
    mine = _renamed(data.pop("me"))
    if "package" in mine:
        nodes = mine["package"]["nodes"]
        mine["package"] = nodes[0] if nodes else None
    return {"data": {**data, **mine}}


def _instants(value: Any) -> Any:
    if isinstance(value, list):
        return [_instants(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    return {name: f"{entry[:19]}Z" if name == "createdAt" else _instants(entry) for name, entry in value.items()}


def _renamed(value: Any) -> Any:
    if isinstance(value, list):
        return [_renamed(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    made: dict[str, Any] = {}
    for name, entry in value.items():
        rename = _RENAMED.get(name)
        made.update(rename(entry, value) if rename else {name: _renamed(entry)})
    return made


def _amount(name: str) -> Callable[[Any, Any], dict[str, Any]]:
    return lambda entry, row: {name: {"minorUnits": int(entry), "currency": row["currency"]}}


_RENAMED: dict[str, Callable[[Any, Any], dict[str, Any]]] = {
    "currency": lambda entry, row: {},
    "grossMinor": lambda entry, row: _amount("price" if "billingMonths" in row else "total")(entry, row),
    "netMinor": _amount("net"),
    "quantityThousandths": lambda entry, row: {"quantity": int(entry) / 1000},
    "mailboxCount": lambda entry, row: {"mailboxCount": entry["totalCount"]},
    "lines": lambda entry, row: {"lines": _renamed(entry["nodes"])},
    "createdAt": lambda entry, row: {"createdAt": f"{entry[:19]}Z"},
}
