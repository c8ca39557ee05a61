"""No table and no column can be forgotten: each is told in a report, or left out for a reason."""

from __future__ import annotations

from collections import Counter

import pytest
from tortoise.fields.data import BinaryField, CharEnumFieldInstance
from tortoise.models import Model

import models
from gateway.jobs.data_report.declaration import Reason, Section, json_name
from gateway.jobs.data_report.register import OF_NOBODY, SECTIONS
from gateway.jobs.data_report.words import WITHHELD, member_words

pytestmark = pytest.mark.usefixtures("database")  # models know their foreign keys once they are connected

MODELS = {
    value
    for value in vars(models).values()
    if isinstance(value, type) and issubclass(value, Model) and value is not Model
}

BY_NAME = {section.name: section for section in SECTIONS}

SECRET_ENDINGS = ("_hash", "_sealed", "_secret", "seal")
"""What columns of secrets are called."""


def columns_of(model: type[Model]) -> set[str]:
    return set(model._meta.fields_db_projection)


async def test_every_table_is_in_a_report_or_is_nobodys() -> None:
    decided = Counter([section.model for section in SECTIONS]) + Counter(list(OF_NOBODY))
    assert {model.__name__ for model in MODELS} == {model.__name__ for model in decided}
    assert set(decided.values()) == {1}
    assert all(why.strip() for why in OF_NOBODY.values())


async def test_what_is_nobodys_belongs_to_no_customer() -> None:
    assert {model for model in OF_NOBODY if "customer_id" in columns_of(model)} <= {models.AuditChain}


async def test_every_column_is_told_or_left_out() -> None:
    """A column that fails here is decided about in gateway/jobs/data_report/register."""
    undecided = {
        section.name: missing for section in SECTIONS if (missing := columns_of(section.model) - set(section.columns))
    }
    gone = {section.name: more for section in SECTIONS if (more := set(section.columns) - columns_of(section.model))}
    assert (undecided, gone) == ({}, {})


async def test_no_secret_and_no_file_is_told() -> None:
    for section in SECTIONS:
        for name, _ in section.told():
            assert not name.endswith(SECRET_ENDINGS), (section.name, name)
            assert not isinstance(section.model._meta.fields_map[name], BinaryField), (section.name, name)


async def test_names_in_the_file_are_unique() -> None:
    assert len(BY_NAME) == len(SECTIONS)
    for section in SECTIONS:
        names = [json_name(section, name) for name, _ in section.told()]
        assert len(set(names)) == len(names), section.name


async def test_rows_have_an_order_without_gaps_or_doubles() -> None:
    """Keyset pages skip rows whose keys are null or not unique."""
    for section in SECTIONS:
        meta = section.model._meta
        assert not any(meta.fields_map[name].null for name in section.order), section.name
        uniques = [{"id"}, *(set(unique) for unique in meta.unique_together)]
        uniques += [{name} for name, field in meta.fields_map.items() if field.unique]
        assert any(unique <= {*section.order, section.owner} for unique in uniques), (section.name, section.order)


LONG = {
    "packages", "domains", "mailboxes", "contracts", "addOns", "invoices", "invoiceLines", "invoiceTaxes", "payments",
    "activity", "sessions",
}  # fmt: skip
"""Sections that grow with an account: an index must give their rows in the order of the report."""


async def test_an_index_gives_long_sections_in_their_order() -> None:
    for name in sorted(LONG):
        section = BY_NAME[name]
        wanted = (section.owner, *section.order)
        indexes = [tuple(index.fields) for index in section.model._meta.indexes]
        assert any(index[: len(wanted)] == wanted for index in indexes), (name, wanted, indexes)


async def test_everything_told_has_words_in_both_languages() -> None:
    for section in SECTIONS:
        check_words(section)


def check_words(section: Section) -> None:
    texts = [section.title, section.category.name, section.category.purpose, section.category.storage]
    texts += [section.category.source, *(told.label for _, told in section.told())]
    for english, german in texts:
        assert english.strip()
        assert german.strip()
    for name, _ in section.told():
        field = section.model._meta.fields_map[name]
        if isinstance(field, CharEnumFieldInstance):
            for value in field.enum_type:
                assert all(member_words(value)), value


async def test_every_reason_has_words_and_is_used() -> None:
    for reason in Reason:
        assert all(text.strip() for text in WITHHELD[reason])
        assert any(reason in dict(section.withheld()).values() for section in SECTIONS), reason


async def test_what_an_entry_is_headed_by_is_told() -> None:
    for section in SECTIONS:
        assert section.headed_by, section.name
        assert set(section.headed_by) <= dict(section.told()).keys(), section.name
