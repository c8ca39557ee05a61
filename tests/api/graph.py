"""The schema as a graph of types, walked by what the SDL says: paths, the operations that follow them, and permissions.

Nothing here reads the declarations of the gateway: what a field needs is taken from its directive in the SDL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from heapq import heappop, heappush
from typing import Any

from graphql import (
    EnumValueNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
    is_leaf_type,
    is_non_null_type,
    is_required_argument,
)

from gateway.auth.viewer import Scope
from gateway.schema.build import schema_text
from tests.world import ALIVE, ARTICLES, NARROW, Caller, World

PUBLIC, SIGN_IN = "public", "requiresSignIn"
SCOPE = "requiresScope"
STEP_UP = "requiresReauthentication"
SESSION = "requiresSession"

PAGE = 3
"""Entries asked of each list on the way."""

TEXTS = {
    "username": "bernd",
    "password": "Klabautermann",
    "zoneFile": "www A 192.0.2\\nnew A 192.0.2.99",
    "until": "2027-03-01",
}
"""Arguments that are texts: a name that is taken, a password that is weak, a zone file with a mistake, a day."""

TYPE_OF_PREFIX = {
    "add": "AddOn", "agr": "Agreement", "agv": "AgreementVersion", "aud": "Activity", "ctr": "Contract", "cus": "Customer",
    "can": "Cancellation",
    "dcl": "Declaration", "exp": "InvoiceExport",
    "dev": "TrustedDevice", "dns": "DnsRecord", "dom": "Domain", "inv": "Invoice", "mbx": "Mailbox", "mad": "MailAddress",
    "pkg": "Package",
    "ope": "Operation", "whs": "WebHost",
    "crn": "CronJob", "sft": "SftpAccount", "sky": "SshKey", "dbs": "Database", "app": "WebsiteApp", "bak": "Backup",
    "rep": "DataReport", "ses": "Session", "sub": "SubProcessor", "tch": "TariffChange", "tok": "ApiToken", "trf": "Tariff",
}  # fmt: skip


VALUE = ""
"""What an edge leads to whose field has a value and no fields of its own."""


@dataclass(frozen=True)
class Edge:
    """A field whose value is an object. `narrowed` is set where the field gives an interface."""

    parent: str
    name: str
    target: str
    narrowed: bool = False

    @property
    def coordinate(self) -> str:
        """`Package.contract`."""
        return f"{self.parent}.{self.name}"


Path = tuple[Edge, ...]


class Graph:
    """A schema, read from its text."""

    def __init__(self, sdl: str) -> None:
        self.schema: GraphQLSchema = build_schema(sdl)
        self.needs: dict[str, str] = {}
        """By coordinate: a scope, `PUBLIC` or `SIGN_IN`."""
        for kind in self.types.values():
            for name, field in kind.fields.items():
                self.needs[f"{kind.name}.{name}"] = _need(field)

    def steps_up(self, coordinate: str) -> bool:
        """Whether the SDL says that the session must have been raised."""
        node = self.field(coordinate).ast_node
        return node is not None and any(d.name.value == STEP_UP for d in node.directives or ())

    @cached_property
    def types(self) -> dict[str, GraphQLObjectType]:
        """The object types, introspection's own left out."""
        return {
            name: kind
            for name, kind in self.schema.type_map.items()
            if isinstance(kind, GraphQLObjectType) and not name.startswith("__")
        }

    @property
    def roots(self) -> tuple[str, ...]:
        """The names of the root types."""
        kinds = (self.schema.query_type, self.schema.mutation_type)
        return tuple(kind.name for kind in kinds if kind is not None)

    def field(self, coordinate: str) -> GraphQLField:
        """The definition of `Package.contract`."""
        kind, _, name = coordinate.partition(".")
        field: GraphQLField = self.types[kind].fields[name]
        return field

    def edges(self, kind: str) -> Iterator[Edge]:
        """The fields of a type that lead on to objects; an interface leads to each type that has it."""
        for name, field in () if kind == VALUE else self.types[kind].fields.items():
            target = get_named_type(field.type)
            if isinstance(target, GraphQLObjectType):
                yield Edge(kind, name, target.name)
            elif isinstance(target, GraphQLInterfaceType):
                for possible in self.schema.get_possible_types(target):
                    yield Edge(kind, name, possible.name, narrowed=True)

    def every_edge(self) -> list[Edge]:
        """All of them."""
        return [edge for kind in self.types for edge in self.edges(kind)]

    def leaves(self, kind: str) -> list[str]:
        """The fields of a type that hold values and can be asked without arguments."""
        return [name for name, field in self._values(kind) if not _asks(field)]

    def every_answer(self) -> list[Edge]:
        """The fields that hold a value and must be asked with arguments; they lead to nothing."""
        return [Edge(kind, name, VALUE) for kind in self.types for name, field in self._values(kind) if _asks(field)]

    def fields_of(self, kind: str) -> set[str]:
        """The names of the fields of what an edge leads to that are asked for at its end."""
        return set() if kind == VALUE else {*self.leaves(kind), *(edge.name for edge in self.edges(kind))}

    def _values(self, kind: str) -> list[tuple[str, GraphQLField]]:
        fields = self.types[kind].fields.items()
        return [(name, field) for name, field in fields if is_leaf_type(get_named_type(field.type))]

    def required(self, coordinate: str) -> bool:
        """Whether the field is never null."""
        return is_non_null_type(self.field(coordinate).type)

    def asks_for_a_session(self, coordinate: str) -> bool:
        """Whether the SDL says that an API token will not do."""
        node = self.field(coordinate).ast_node
        return node is not None and any(d.name.value == SESSION for d in node.directives or ())

    def allows(self, coordinate: str, scopes: frozenset[Scope], *, signed_in: bool, session: bool = True) -> bool:
        """Whether the SDL grants a field, to a session or to an API token."""
        need = self.needs[coordinate]
        if not session and self.asks_for_a_session(coordinate):
            return False
        if need == PUBLIC:
            return True
        return signed_in and (need == SIGN_IN or need in scopes)

    def ways(self, cost: Callable[[str], int]) -> dict[str, Path]:
        """The cheapest way from a root to each type, with what each field on it costs."""
        ways: dict[str, Path] = {}
        heap: list[tuple[int, int, str, Path]] = [(0, place, root, ()) for place, root in enumerate(self.roots)]
        tick = len(heap)
        while heap:
            total, _, kind, path = heappop(heap)
            if kind in ways:
                continue
            ways[kind] = path
            for edge in self.edges(kind):
                if edge.target not in ways:
                    tick += 1
                    heappush(heap, (total + cost(edge.coordinate), tick, edge.target, (*path, edge)))
        return ways

    def reachable(self, passable: Callable[[str], bool], roots: tuple[str, ...] | None = None) -> set[str]:
        """The types that can be reached over fields that `passable` lets through."""
        found, waiting = set(roots or self.roots), list(roots or self.roots)
        while waiting:
            for edge in self.edges(waiting.pop()):
                if edge.target not in found and passable(edge.coordinate):
                    found.add(edge.target)
                    waiting.append(edge.target)
        return found


@cache
def graph() -> Graph:
    """The schema of the gateway."""
    return Graph(schema_text())


def _asks(field: GraphQLField) -> bool:
    return any(is_required_argument(argument) for argument in field.args.values())


def _need(field: GraphQLField) -> str:
    """What the one directive of a field says."""
    node = field.ast_node
    assert node is not None
    found = [d for d in node.directives or () if d.name.value in (PUBLIC, SIGN_IN, SCOPE)]
    assert len(found) == 1, f"{node.name.value} has {len(found)} permissions"
    if found[0].name.value != SCOPE:
        return found[0].name.value
    (argument,) = found[0].arguments or ()
    assert isinstance(argument.value, EnumValueNode)
    return argument.value.value


def arguments_of(graph: Graph, world: World, edge: Edge) -> str:
    """What a field on a path is asked with: ids of the owner's rows, and a short page of every list."""
    field = graph.field(edge.coordinate)
    given = {}
    if "id" in field.args:
        given["id"] = f'"{id_of(world, edge.target)}"'
    if "ids" in field.args:
        given["ids"] = f'["{id_of(world, edge.target)}"]'
    if "slug" in field.args:
        given["slug"] = f'"{ARTICLES[0][0]}"'
    if "first" in field.args:
        given["first"] = str(20 if edge.parent == "Query" else PAGE)
    given |= {name: f'"{text}"' for name, text in TEXTS.items() if name in field.args}
    if "subjectId" in field.args:  # one domain has a choice and one has none: a part of everything is there
        kept, target = id_of(world, "Domain"), world.owner.packages["club"]
        given["subjectId"] = f'"{id_of(world, "Package")}"'
        given["domains"] = f'[{{domainId: "{kept}", fate: KEEP, keepIn: "{target}"}}]'
    for name in {"packageId", "domainId", "tariffId", "backupId"} & set(field.args):
        given[name] = f'"{id_of(world, name.removesuffix("Id").title())}"'
    assert not {name for name, argument in field.args.items() if is_required_argument(argument)} - set(given), edge
    return f"({', '.join(f'{name}: {value}' for name, value in given.items())})" if given else ""


def id_of(world: World, kind: str) -> str:
    """The id of a row of the owner: what hangs on the package of the package login, where it hangs on one."""
    house = world.owner
    return {
        "Activity": house.entries[0],
        "AddOn": house.add_ons["shop"],
        "Agreement": house.agreements["old"],
        "AgreementVersion": _any_of(world, "agreement_version"),
        "ApiToken": _any_of(world, "api_token"),
        "Cancellation": house.cancellations["cancelled"],
        "Contract": house.contracts["shop"],
        "CronJob": house.cron_jobs["shop"],
        "Customer": house.customer,
        "DataReport": house.reports["ready"],
        "Declaration": house.declarations["waiting"],
        "DnsRecord": house.records["@ A laden.example"],
        "Domain": house.domains["laden.example"],
        "Invoice": house.invoices["both"],
        "InvoiceExport": _any_of(world, "invoice_export"),
        "MailAddress": house.mail_addresses["verkauf@laden.example"],
        "Mailbox": house.mailboxes["info@laden.example"],
        "Operation": house.operations["web_host.change"],
        "Package": house.packages["shop"],
        "Session": world.sessions[Caller.PACKAGE],
        "SftpAccount": house.sftp_accounts["shop"],
        "SshKey": house.ssh_keys["shop"],
        "SubProcessor": _any_of(world, "sub_processor"),
        "Tariff": world.tariff,
        "TariffChange": house.tariff_changes["shop"],
        "Database": house.databases["shop"],
        "WebsiteApp": house.website_apps["shop"],
        "Backup": house.backups["shop"],
        "WebHost": house.web_hosts["@ laden.example"],
        "TrustedDevice": house.devices["Werkstatt"],
    }[kind]


def _any_of(world: World, table: str) -> str:
    """A row of a table, whichever."""
    return next(id for id, row in world.rows.items() if row.table == table)


def operation(graph: Graph, world: World, path: Path) -> str:
    """The query that follows a path and asks for everything at its end: values, and of objects their type."""
    target = path[-1].target
    text = ""
    if target != VALUE:
        inner = [*graph.leaves(target), *(f"{name} {{ __typename }}" for name in _objects(graph, target))]
        text = f"{{ {' '.join(inner)} }}"
    for edge in reversed(path):
        if edge.narrowed:
            text = f"{{ __typename ... on {edge.target} {text} }}"
        text = f"{{ {edge.name}{arguments_of(graph, world, edge)} {text} }}"
    return f"query {text}"


def _objects(graph: Graph, kind: str) -> list[str]:
    return list(dict.fromkeys(edge.name for edge in graph.edges(kind)))


def objects_at(data: Any, names: tuple[str, ...]) -> Iterator[tuple[dict[str, Any], tuple[str | int, ...]]]:
    """The objects at the end of a path of field names, each with its place in the answer; nulls are passed over."""
    found: list[tuple[Any, tuple[str | int, ...]]] = [(data, ())]
    for name in names:
        found = [(value[name], (*place, name)) for value, place in found]
        while any(isinstance(value, list) for value, _ in found):
            found = [
                pair
                for value, place in found
                for pair in (
                    [(entry, (*place, index)) for index, entry in enumerate(value)]
                    if isinstance(value, list)
                    else [(value, place)]
                )
            ]
        found = [(value, place) for value, place in found if value is not None]
    yield from found


def signed_in(caller: Caller) -> bool:
    """Whether a caller's token is good."""
    return caller in ALIVE


def has_session(caller: Caller) -> bool:
    """Whether a caller comes with a session rather than an API token."""
    return caller not in NARROW
