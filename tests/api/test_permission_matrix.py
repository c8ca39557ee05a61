"""Every kind of viewer asks for every field, and gets or is refused what the SDL says (SECURITY Z2, Z7).

For each viewer and each field that leads to objects there are operations through it, by the ways with the fewest fields
that the viewer is refused, once by the owner's ids and once by lists; they ask for everything at their end. So each field
is judged beside its siblings, by the reference and again by the compiled plan.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

import pytest

from tests.api.graph import TYPE_OF_PREFIX, Path, graph, id_of, objects_at, operation, signed_in
from tests.api.service import Reply, Service
from tests.world import ALIVE, Caller, World

pytestmark = pytest.mark.asyncio(loop_scope="module")

ID = re.compile(r"\b[a-z]{3}_[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}\b")

NOT_BY_LISTS = {
    "Query.node",
    "Query.nodes",
    "Query.package",
    "Query.contract",
    "Query.invoice",
    "Query.viewer",
    "Query.dataReport",
    "Query.tariffChangePreview",
    "Query.backupRestorePreview",
}


def queries(caller: Caller, world: World) -> list[Path]:
    """Paths through each field of queries that leads to objects: by ids and by lists, refused as seldom as can be."""
    walked, scopes = graph(), world.scopes(caller)
    paths: dict[Path, None] = {}
    for dear in (set(), NOT_BY_LISTS):

        def cost(coordinate: str, dear: set[str] = dear) -> int:
            allowed = walked.allows(coordinate, scopes, signed_in=signed_in(caller))
            changes = coordinate.startswith("Mutation.")
            return (1 if allowed else 1_000) + (100 if coordinate in dear else 0) + (100_000 if changes else 0)

        ways = walked.ways(cost)
        for edge in (*walked.every_edge(), *walked.every_answer()):
            path = (*ways[edge.parent], edge)
            if path[0].parent == "Query":
                paths[path] = None
    return list(paths)


class Judge:
    """Compares what a viewer got with what the SDL says, and keeps what was seen of each field."""

    def __init__(self, caller: Caller, world: World) -> None:
        self.caller = caller
        self.scopes = world.scopes(caller)
        self.visible = world.visible(caller)
        self.seen: dict[str, Counter[str]] = defaultdict(Counter)

    def allows(self, coordinate: str) -> bool:
        return graph().allows(coordinate, self.scopes, signed_in=signed_in(self.caller))

    def extensions(self, coordinate: str) -> dict[str, str]:
        """What a refusal of a field says."""
        if not signed_in(self.caller):
            return {"code": "UNAUTHENTICATED"}
        return {"code": "FORBIDDEN", "requiredScope": graph().needs[coordinate]}

    def judge(self, reply: Reply, path: Path) -> None:
        """The answer to `operation(path)`."""
        told = {tuple(error["path"]): error["extensions"] for error in reply.errors}
        assert len(told) == len(reply.errors)
        expected = self._along(reply.json["data"], path)
        assert told == expected, path
        strangers = set(ID.findall(reply.body.decode())) - self.visible
        assert not strangers, (path, strangers)

    def _along(self, data: Any, path: Path) -> dict[tuple[str | int, ...], dict[str, str]]:
        """The refusals there should be; fields below one are `beyond` it."""
        names: tuple[str, ...] = ()
        for place, edge in enumerate(path):
            parents = list(objects_at(data, names))
            if not self.allows(edge.coordinate):
                for parent, _ in parents:
                    assert parent[edge.name] is None, edge
                self.seen[edge.coordinate]["refused"] += len(parents)
                for beyond in path[place + 1 :]:
                    self.seen[beyond.coordinate]["beyond"] += 1
                for name in graph().fields_of(path[-1].target):
                    self.seen[f"{path[-1].target}.{name}"]["beyond"] += 1
                return {(*at, edge.name): self.extensions(edge.coordinate) for _, at in parents}
            self.seen[edge.coordinate]["granted"] += len(parents)
            self.seen[edge.coordinate]["filled"] += sum(parent[edge.name] is not None for parent, _ in parents)
            names = (*names, edge.name)
        return self._at_the_end(data, names, path[-1].target)

    def _at_the_end(self, data: Any, names: tuple[str, ...], kind: str) -> dict[tuple[str | int, ...], dict[str, str]]:
        expected = {}
        asked = graph().fields_of(kind)
        for found, at in objects_at(data, names):
            if not set(found) >= asked:  # a node of another kind
                assert found == {"__typename": found["__typename"]} != {"__typename": kind}
                continue
            granted = [name for name in asked if self.allows(f"{kind}.{name}")]
            for name in asked - set(granted):
                assert found[name] is None
                expected[(*at, name)] = self.extensions(f"{kind}.{name}")
                self.seen[f"{kind}.{name}"]["refused"] += 1
            for name in granted:
                self.seen[f"{kind}.{name}"]["granted"] += 1
                self.seen[f"{kind}.{name}"]["filled"] += found[name] is not None
            if expected and granted:
                assert any(found[name] is not None for name in granted), "siblings live on"
        if not expected and not list(objects_at(data, names)):
            for name in asked:
                self.seen[f"{kind}.{name}"]["absent"] += 1
        return expected


JUDGED: dict[Caller, tuple[Judge, int]] = {}


async def judged(caller: Caller, service: Service) -> tuple[Judge, int]:
    """A viewer asks everything there is to ask, twice; with the number of operations."""
    if caller not in JUDGED:
        judge, paths = Judge(caller, service.world), queries(caller, service.world)
        for path in paths:
            reply = await service.both(operation(graph(), service.world, path), by=caller)
            assert reply.status == 200, reply.body
            judge.judge(reply, path)
        JUDGED[caller] = judge, len(paths)
    return JUDGED[caller]


def query_fields() -> set[str]:
    """The fields that queries can reach."""
    kinds = graph().reachable(lambda coordinate: True, ("Query",))
    return {coordinate for coordinate in graph().needs if coordinate.partition(".")[0] in kinds}


@pytest.mark.parametrize("caller", [Caller.ANONYMOUS, *ALIVE], ids=str)
async def test_every_field_answers_or_refuses_as_the_sdl_says(caller: Caller, shared: Service) -> None:
    judge, asked = await judged(caller, shared)
    missing = query_fields() - set(judge.seen)
    assert not missing, f"no operation reaches {sorted(missing)}"
    verdicts = Counter(verdict for counts in judge.seen.values() for verdict in counts if counts[verdict])
    print(f"\n{caller}: {len(judge.seen)} cells by {asked} operations, twice each: {dict(verdicts)}")
    for coordinate, counts in judge.seen.items():
        if judge.allows(coordinate):
            assert not counts["refused"], coordinate
        else:
            assert not counts["granted"], coordinate
    if caller is Caller.OWNER:
        other, _ = await judged(Caller.OTHER, shared)  # has what the owner has not, such as two-factor authentication
        never = {c for c, counts in judge.seen.items() if not counts["filled"] and not other.seen[c]["filled"]}
        assert not never - {"Viewer.package"} - NOT_AT_ONCE, f"no customer ever sees {sorted(never)}"


NOT_AT_ONCE = {
    "BackupRestorePreview.reason", "BackupRestorePreview.message", "HandBackItem.secret", "HandBackItem.operation",
    "CancellationPreview.token", "CancellationPreview.revokedTariff", "DomainFateChoice.reason", "DomainFateChoice.message",
}  # fmt: skip
"""What a preview shows only where it does not show something else, or a mutation alone; the tests of its noun ask for these."""

TECHNICAL = {
    "Package",
    "PackageType",
    "PackageAction",
    "Domain",
    "DnsRecord",
    "WebHost",
    "SftpAccount",
    "SshKey",
    "CronJob",
    "Database",
    "WebSpace",
    "WebsiteApp",
    "Backup",
    "WebSpaceUsage",
    "Mailbox",
    "MailAddress",
    "Operation",
    "Session",
    "Viewer",
    "PageInfo",
}


@pytest.mark.parametrize("caller", [Caller.PACKAGE, Caller.SIBLING], ids=str)
async def test_a_package_login_really_gets_the_technical_fields(caller: Caller, shared: Service) -> None:
    judge, _ = await judged(caller, shared)
    for coordinate, counts in judge.seen.items():
        kind = coordinate.partition(".")[0]
        if kind in TECHNICAL and judge.allows(coordinate):
            assert counts["granted"], f"{coordinate} was never reached"
        elif kind in TECHNICAL:
            assert counts["refused"] or kind == "Session", f"{coordinate} was never refused"
    refused = {coordinate for coordinate, counts in judge.seen.items() if counts["refused"]}
    assert refused >= {
        "Package.contract", "Package.invoices", "Package.orderNumber", "Package.hasPackagePassword", "Viewer.customer",
        "Query.contracts", "Query.invoices", "Query.customer", "Query.sessions", "Query.contract", "Query.invoice",
    }  # fmt: skip


SHARED = {"Tariff", "AgreementVersion", "SubProcessor"}
"""The price list, and what all customers agree to."""


async def test_another_customer_finds_nothing_by_the_owners_ids(shared: Service) -> None:
    judge, _ = await judged(Caller.OTHER, shared)
    for name in ("package", "contract", "invoice"):
        counts = judge.seen[f"Query.{name}"]
        assert counts["granted"] > 0
        assert counts["filled"] == 0, name
    world = shared.world
    for kind in TYPE_OF_PREFIX.values():
        asked = f'{{ node(id: "{id_of(world, kind)}") {{ id }} nodes(ids: ["{id_of(world, kind)}"]) {{ id }} }}'
        found = (await shared.both(asked, by=Caller.OTHER)).data
        assert (found["node"] is not None) == (kind in SHARED), kind
        assert (found["nodes"] != [None]) == (kind in SHARED), kind


@pytest.mark.parametrize("caller", [Caller.EXPIRED, Caller.REVOKED], ids=str)
async def test_a_token_that_is_over_gets_nothing_at_all(caller: Caller, shared: Service) -> None:
    cells = set()
    for path in queries(caller, shared.world):
        reply = await shared.both(operation(graph(), shared.world, path), by=caller)
        assert (reply.status, reply.code) == (401, "UNAUTHENTICATED")
        assert "data" not in reply.json
        assert reply.headers["www-authenticate"] == 'Bearer error="invalid_token"'
        cells |= {edge.coordinate for edge in path}
        cells |= {f"{path[-1].target}.{name}" for name in graph().fields_of(path[-1].target)}
    assert cells >= query_fields()
    print(f"\n{caller}: {len(cells)} cells")


async def test_most_of_it_was_answered_by_plans(shared: Service) -> None:
    await judged(Caller.OWNER, shared)
    print(f"\nplans that answered: {shared.plans.answered}, that gave up: {len(shared.plans.failed)}")
    assert shared.plans.answered > 60
    assert [repr(error) for error in shared.plans.failed] == []
