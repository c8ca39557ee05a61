"""What operators do with operations: they look, try dead letters again, and give up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from gateway.auth.operations import Wish, request_all, sealed
from gateway.auth.viewer import SCOPES_OF, Viewer
from gateway.jobs.operation_end import OPEN
from gateway.jobs.operation_queue import QueueError, give_up, listed, retry, shown, statistics
from gateway.jobs.provisioning import OperationRounds
from gateway.ports.provisioning import Answer, Order, Result
from models import (
    AuditEvent,
    Backup,
    HostedDatabase,
    Operation,
    OperationState,
    SessionKind,
    WebHost,
    WebsiteApp,
)
from models.database import in_unit_of_work
from tests.api.cases.backup import a_backup
from tests.api.cases.website_app import a_database, a_host, an_app
from tests.databases import RING
from tests.world import NOW, World, make_world

LATER = NOW + timedelta(days=3)


class Host:
    """Another system, away for some."""

    def __init__(self, away: bool = False) -> None:
        self.away = away
        self.given: list[str] = []

    async def apply(self, order: Order) -> Answer:
        self.given.append(order.id)
        if self.away:
            raise ConnectionError
        return Answer(Result.SUCCEEDED)


@pytest.fixture
async def world(database: str) -> World:
    made = await make_world()
    await Operation.all().delete()
    return made


async def ask(world: World, *wishes: Wish) -> list[str]:
    viewer = Viewer(SessionKind.CUSTOMER, world.owner.customer, None, SCOPES_OF[SessionKind.CUSTOMER], "")
    made = await in_unit_of_work(lambda: request_all(viewer, world.owner.packages["shop"], wishes, NOW))
    return [row.id for row in made]


async def dead(world: World, *wishes: Wish) -> list[str]:
    """Operations that were tried as often as can be."""
    ids = await ask(world, *wishes)
    for _ in ids:
        await OperationRounds(Host(away=True), RING, most_attempts=1).step(NOW)
    assert await Operation.filter(id__in=ids, dead_at=NOW).count() == len(ids)
    return ids


def wish(subject: str = "crn_1", kind: str = "cron_job.change") -> Wish:
    return Wish(kind, subject, {"minute": 7})


async def audited() -> Sequence[tuple[str, str]]:
    return [
        (str(a), str(o))
        for a, o in await AuditEvent.filter(action__startswith="operation.").values_list("action", "object_id")
    ]


async def test_a_dead_letter_is_handed_over_again_with_the_same_id(world: World) -> None:
    (id,) = await dead(world, wish())
    assert await retry(id, LATER) == [f"{id} is QUEUED."]
    row = await Operation.get(id=id)
    assert (row.state, row.attempts, row.error, row.dead_at, row.finished_at) == ("QUEUED", 0, None, None, None)
    host = Host()
    await OperationRounds(host, RING).step(LATER)
    assert host.given == [id]
    assert (await Operation.get(id=id)).state == "SUCCEEDED"
    assert await audited() == [("operation.retry", id)]


async def test_one_that_had_secrets_is_not_tried_without_them(world: World) -> None:
    secrets = sealed(RING, password="very secret")
    (id,) = await dead(world, Wish("mailbox.create", "mbx_1", {"address": "a@b.example"}, secrets))
    with pytest.raises(QueueError, match="had secrets, which were taken out when it was given up"):
        await retry(id, LATER)
    assert (await Operation.get(id=id)).state == "FAILED"
    assert await audited() == []


async def test_a_newer_wish_about_the_same_stands_against_it(world: World) -> None:
    (old,) = await dead(world, wish())
    await ask(world, wish("crn_2"))
    (new,) = await ask(world, wish())
    with pytest.raises(QueueError, match=r"not the wish any more: number 3 \(cron_job.change\)"):
        await retry(old, LATER)
    for _ in range(2):
        await OperationRounds(Host(), RING).step(NOW)
    assert (await Operation.get(id=new)).state == "SUCCEEDED"
    with pytest.raises(QueueError, match="not the wish any more"):
        await retry(old, LATER)


async def test_dead_letters_about_the_same_come_back_in_their_order(world: World) -> None:
    first, second = await dead(world, wish(kind="cron_job.create"), wish())
    await retry(first, LATER)
    with pytest.raises(QueueError, match="is QUEUED and no dead letter"):
        await retry(first, LATER)
    await retry(second, LATER)
    host = Host()
    for _ in range(2):
        await OperationRounds(host, RING).step(LATER)
    assert host.given == [first, second]


async def test_what_is_tried_again_is_on_its_way_again(world: World) -> None:
    house = world.owner
    backup = await a_backup(house, state="CREATING", size_mb=None)
    app, host = await an_app(house, state="UPDATING"), await a_host(house, tls_state="PENDING")
    wishes = (
        Wish("backup.create", backup.id, {}), Wish("website_app.update", app.id, {"appVersion": "6.9"}),
        Wish("web_host.create", host.id, {}),
    )  # fmt: skip
    rows: tuple[tuple[Any, str], ...] = ((Backup, backup.id), (WebsiteApp, app.id), (WebHost, host.id))

    async def states() -> list[str]:
        found = [await model.get(id=id) for model, id in rows]
        return [str(getattr(one, "state", None) or one.tls_state) for one in found]

    ids = await dead(world, *wishes)
    assert await states() == ["FAILED", "INSTALLED", "FAILED"]
    for id in ids:
        assert await retry(id, NOW) == [f"{id} is QUEUED."]
    assert await states() == ["CREATING", "UPDATING", "PENDING"]
    for _ in ids:
        await OperationRounds(Host(), RING, most_attempts=1).step(LATER)
    assert await states() == ["READY", "INSTALLED", "PENDING"]
    assert (await WebsiteApp.get(id=app.id)).app_version == "6.9"


@pytest.mark.parametrize("since", ["nothing", "another restore", "a new password", "gone", "moved on"])
async def test_a_restore_overwrites_nothing_newer(world: World, since: str) -> None:
    house, database = world.owner, await a_database(world.owner)
    mine: dict[str, Any] = {"content": "DATABASE", "database_id": database.id}
    old, new = [await a_backup(house, **mine, state="RESTORING") for _ in range(2)]
    (id,) = await dead(world, Wish("backup.restore", old.id, {"name": database.name}))
    assert (await Backup.get(id=old.id)).state == "READY"
    if since == "another restore":
        await ask(world, Wish("backup.restore", new.id, {"name": database.name}))
    elif since == "a new password":
        await ask(world, Wish("database.rotate_password", database.id, {}))
    elif since == "gone":
        await HostedDatabase.filter(id=database.id).delete()
    elif since == "moved on":
        await Backup.filter(id=old.id).update(state="RESTORING")
    if since == "nothing":
        assert await retry(id, NOW) == [f"{id} is QUEUED."]
        assert (await Backup.get(id=old.id)).state == "RESTORING"
        return
    with pytest.raises(QueueError, match="is not the wish any more"):
        await retry(id, NOW)
    assert (await Operation.get(id=id)).state is OperationState.FAILED


@pytest.mark.parametrize("since", ["an app", "another restore"])
async def test_a_web_space_is_not_set_back_behind_what_came_since(world: World, since: str) -> None:
    old, new = [await a_backup(world.owner, content="WEB_SPACE", state="RESTORING") for _ in range(2)]
    (id,) = await dead(world, Wish("backup.restore", old.id, {}))
    later = (
        Wish("backup.restore", new.id, {}) if since == "another restore" else Wish("website_app.install", "app_1", {})
    )
    await ask(world, later)
    with pytest.raises(QueueError, match="is not the wish any more"):
        await retry(id, NOW)


@pytest.mark.parametrize(("installed", "state"), [(True, "INSTALLED"), (False, "FAILED")])
async def test_a_removal_that_fails_leaves_an_app_as_it_was(world: World, installed: bool, state: str) -> None:
    app = await an_app(world.owner, state="REMOVING")
    await dead(world, Wish("website_app.remove", app.id, {"installed": installed}))
    assert (await WebsiteApp.get(id=app.id)).state == state


async def test_only_dead_letters_are_tried_again(world: World) -> None:
    (id,) = await ask(world, wish())
    for state in ("QUEUED", "SUCCEEDED"):
        with pytest.raises(QueueError, match=f"is {state} and no dead letter"):
            await retry(id, LATER)
        await OperationRounds(Host(), RING).step(NOW)
    with pytest.raises(QueueError, match="there is no operation ope_x"):
        await retry("ope_x", LATER)


async def test_what_is_given_up_holds_nothing_back(world: World) -> None:
    waiting, behind = await ask(world, wish(), wish("crn_2"))
    await give_up(waiting, LATER)
    row = await Operation.get(id=waiting)
    assert (row.state, row.error, row.dead_at, row.finished_at) == ("FAILED", "GIVEN_UP", None, LATER)
    host = Host()
    await OperationRounds(host, RING).step(LATER)
    assert host.given == [behind]
    with pytest.raises(QueueError, match="is FAILED already"):
        await give_up(waiting, LATER)
    with pytest.raises(QueueError, match="is SUCCEEDED already"):
        await give_up(behind, LATER)
    assert await audited() == [("operation.give_up", waiting)]


async def test_a_dead_letter_is_put_away(world: World) -> None:
    (id,) = await dead(world, wish())
    assert len(await listed(dead=True)) == 1
    await give_up(id, LATER)
    assert await listed(dead=True) == []
    row = await Operation.get(id=id)
    assert (row.state, row.error, row.finished_at) == ("FAILED", "GIVEN_UP", NOW)


async def test_operators_see_what_there_is_and_no_secrets(world: World) -> None:
    secrets = sealed(RING, password="very secret")
    (gone,) = await dead(world, wish())
    (waiting,) = await ask(world, Wish("mailbox.create", "mbx_1", {"address": "a@b.example"}, secrets))
    (line,) = await listed(OPEN)
    assert line.startswith(f"{waiting}  2026-03-02 12:00  QUEUED     web")
    assert line.endswith(" 2  mailbox.create  0 tries  -")
    (line,) = await listed((OperationState.FAILED,))
    assert line.endswith(" 1  cron_job.change  1 tries  UNREACHABLE")
    lines = await shown(waiting)
    sealed_text = (await Operation.get(id=waiting)).secrets_sealed
    assert sealed_text is not None
    assert sealed_text not in "\n".join(lines)
    assert "very secret" not in "\n".join(lines)
    assert {"Secrets: sealed", 'Wanted: {"address": "a@b.example"}', "State: QUEUED, 0 %"} <= set(lines)
    assert {"Secrets: none", "Dead letter: since 2026-03-02 12:00"} <= set(await shown(gone))
    assert await statistics(NOW + timedelta(seconds=90)) == [
        "QUEUED: 1", "RUNNING: 0", "SUCCEEDED: 0", "FAILED: 1", "dead letters: 1", "oldest open: 90 s",
    ]  # fmt: skip
