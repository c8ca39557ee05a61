"""The committed schema is the one reports are made by; docs/data-report.md describes it."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from gateway.jobs.data_report.declaration import json_name
from gateway.jobs.data_report.file_json import SCHEMA_ID, VERSION, schema_text
from gateway.jobs.data_report.register import SECTIONS
from tests.running_demo import ROOT

COMMITTED = ROOT / "docs" / "data-report.schema.json"
PAGE = (ROOT / "docs" / "data-report.md").read_text(encoding="utf-8")


def test_the_committed_schema_is_that_of_the_code() -> None:
    """`gateway schema` writes it. What a program relies on changes with `VERSION` alone."""
    assert COMMITTED.read_bytes() == schema_text()


def test_the_structure_of_version_one_stays() -> None:
    schema = json.loads(COMMITTED.read_bytes())
    Draft202012Validator.check_schema(schema)
    assert (VERSION, schema["$id"], SCHEMA_ID) == (1, SCHEMA_ID, "urn:customer-gateway:data-report:1")
    assert list(schema["properties"]) == [
        "schema", "version", "report", "controller", "subject", "information", "recipients", "leftOut", "sections",
    ]  # fmt: skip
    sections = schema["properties"]["sections"]["properties"]
    assert list(sections) == [section.name for section in SECTIONS]
    assert list(sections["bankAccount"]["items"]["properties"]) == [
        "id", "holder", "ibanLast4", "bankName", "mandateReference", "mandateSignedOn", "mandateUsedOn", "mandateRevokedAt",
        "createdAt",
    ]  # fmt: skip
    for section in SECTIONS:
        names = [json_name(section, name) for name, _ in section.told()]
        assert sections[section.name]["items"]["required"] == names


def test_every_section_is_described() -> None:
    for section in SECTIONS:
        assert f"| `{section.name}` |" in PAGE, section.name
