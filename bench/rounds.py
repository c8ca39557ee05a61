"""Rounds: contestants asked in turn, so that what the machine does meanwhile hits all of them, and what it cost them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from statistics import median

from bench.dataset import RESELLER_EVERY, DataSet, token
from bench.loop import Make, Round, ask, drive, request
from bench.processes import Running, cpu_seconds
from bench.workload import Operation, comparable, variables

WARM_SECONDS = 0.5
_fresh = count()


@dataclass(frozen=True)
class Load:
    """What is asked in a round. `fresh`: every request is a text never seen before."""

    operation: Operation
    connections: int = 16
    page: int | None = None
    fresh: bool = False


@dataclass(frozen=True)
class Figures:
    """Medians over rounds; `least` and `most` are the slowest and the fastest round, in answers per second."""

    per_second: float
    p50_ms: float
    p99_ms: float
    server_cpu_ms: float
    database_cpu_ms: float
    least: float
    most: float

    def as_dict(self) -> dict[str, float]:
        """For the results file."""
        return {name: round(value, 4) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Cost:
    """One round of one contestant: what came, and CPU seconds of server and database."""

    round: Round
    server: float
    database: float


def makes(one: Running, load: Load, data: DataSet) -> list[Make]:
    """The requests of each connection; each is a customer of its own, as far as there are enough."""
    dialect = one.contestant.dialect

    def make(connection: int) -> Make:
        number = connection % data.sessions
        given = variables(load.operation, data.package_of_reseller(number * RESELLER_EVERY), load.page)
        signed = token(number)
        if load.fresh:
            return lambda n: request(signed, load.operation.body(dialect, given, f"Fresh{next(_fresh)}"))
        sent = request(signed, load.operation.body(dialect, given))
        return lambda n: sent

    return [make(connection) for connection in range(load.connections)]


def once(one: Running, load: Load, data: DataSet, database: int, seconds: float) -> Cost:
    """One round; `database` is the process of the database server, 0 where there is none."""
    asked = makes(one, load, data)
    server_before, database_before = cpu_seconds(one.pid), cpu_seconds(database) if database else 0.0
    measured = drive(one.port, asked, seconds)
    database_after = cpu_seconds(database) if database else 0.0
    return Cost(measured, cpu_seconds(one.pid) - server_before, database_after - database_before)


def interleaved(
    contestants: Sequence[Running], load: Load, data: DataSet, database: int, rounds: int, seconds: float
) -> dict[str, Figures]:
    """Every contestant in turn, `rounds` times over, each after a first one that is not counted."""
    costs: dict[str, list[Cost]] = {one.name: [] for one in contestants}
    for one in contestants:
        once(one, load, data, database, min(WARM_SECONDS, seconds))
    for number in range(rounds):
        for one in _turned(contestants, number):
            costs[one.name].append(once(one, load, data, database, seconds))
    return {name: figures(found) for name, found in costs.items()}


def _turned(contestants: Sequence[Running], number: int) -> Iterator[Running]:
    """Another one begins in every round: nobody always follows the same neighbour's load."""
    for place in range(len(contestants)):
        yield contestants[(place + number) % len(contestants)]


def figures(costs: list[Cost]) -> Figures:
    """The medians."""
    answers = [max(len(cost.round.times), 1) for cost in costs]
    rates = [cost.round.rate for cost in costs]
    return Figures(
        per_second=median(rates),
        p50_ms=median(cost.round.percentile(0.5) for cost in costs),
        p99_ms=median(cost.round.percentile(0.99) for cost in costs),
        server_cpu_ms=median(1_000 * cost.server / n for cost, n in zip(costs, answers, strict=True)),
        database_cpu_ms=median(1_000 * cost.database / n for cost, n in zip(costs, answers, strict=True)),
        least=min(rates),
        most=max(rates),
    )


def disagreements(contestants: Sequence[Running], operations: Sequence[Operation], data: DataSet) -> list[str]:
    """Who answers unlike the first: for three customers, each asked three times, so that what is compiled is compared."""
    found = []
    for operation in operations:
        for customer in (0, 1, data.sessions - 1):
            expected: object = None
            for one in contestants:
                given = variables(operation, data.package_of_reseller(customer * RESELLER_EVERY))
                body = operation.body(one.contestant.dialect, given)
                for _ in range(3):
                    answer = comparable(ask(one.port, token(customer), body), one.contestant.dialect)
                    if expected is None:
                        expected = _with_data(answer, one.name)
                    if answer != expected:
                        found.append(f"{one.name}, {operation.title}: {str(answer)[:300]}")
                        break
    return found


def _with_data(answer: object, name: str) -> object:
    """The first contestant's answer must be one: all being wrong alike is no agreement."""
    if not isinstance(answer, dict) or answer.get("errors") or not all((answer.get("data") or {0: None}).values()):
        raise RuntimeError(f"{name} answers {str(answer)[:300]}")
    return answer
