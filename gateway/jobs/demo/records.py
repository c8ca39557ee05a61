"""The whole made-up host as records, in an order in which each refers only to what came before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, count, islice
from random import Random

from gateway.jobs.demo.billing import TARIFFS, invoices
from gateway.jobs.demo.catalogue import PRODUCTS
from gateway.jobs.demo.people import CAST, EXTRAS, Role, customer, extra
from gateway.jobs.demo.single_invoices import buyer, single_invoices
from gateway.jobs.demo.sites import Builder
from gateway.jobs.demo.times import Times
from gateway.jobs.importing.kinds import AnyRecord

SEED = 20260101
BLOCK = 100
"""Customers made together: the records of a kind follow each other and are stored in large batches."""


def demo_records(
    *, today: date, customers: int = EXTRAS, cast: tuple[Role, ...] = CAST, seed: int = SEED
) -> Iterator[AnyRecord]:
    """The catalogue, the cast and so many more customers. The same arguments give the same records.

    A further customer has about two packages, five domains, five mailboxes and thirty invoices. Memory stays the same
    for any number of customers, except for the domain names, which are remembered.
    """
    random = Random(seed)  # noqa: S311 - made-up data, no secrets: the same every time is what is wanted
    builder, times, numbers = Builder(random, Times(today)), Times(today), count(100_001)
    yield from (product.record() for product in PRODUCTS)
    yield from TARIFFS.values()
    everybody = chain(cast, (extra(index, random) for index in range(customers)))
    while block := list(islice(everybody, BLOCK)):
        yield from _block(block, builder, times, numbers)


def _block(roles: Iterable[Role], builder: Builder, times: Times, numbers: count[int]) -> Iterator[AnyRecord]:
    holdings = [(role, list(builder.shelves(role))) for role in roles]
    shelves = [shelf for _, owned in holdings for shelf in owned]
    customers = [customer(role, builder.random, times) for role, _ in holdings]
    yield from customers
    yield from (shelf.package for shelf in shelves)
    yield from (shelf.contract for shelf in shelves)
    yield from (add_on for shelf in shelves for add_on in shelf.add_ons)
    yield from (domain for shelf in shelves for domain in shelf.domains)
    yield from (mailbox for shelf in shelves for mailbox in shelf.mailboxes)
    for (role, owned), record in zip(holdings, customers, strict=True):
        monthly = list(invoices(role, owned, times, numbers))
        yield from monthly
        yield from single_invoices(role, buyer(record), monthly, times)
