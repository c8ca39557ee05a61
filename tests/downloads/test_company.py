"""The company that invoices name."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from gateway.documents.company import DEMO_COMPANY, load_company

ROOT = Path(__file__).resolve().parents[2]

GIVEN = {
    "name": "Nordlicht Hosting eG", "street": "Kai 1", "postcode": "24103", "city": "Kiel", "country": "DE",
    "iban": "DE02120300000000202051", "tax_number": "20/123/45678",
}  # fmt: skip


def written(folder: Path, *content: dict[str, Any]) -> Path:
    path = folder / "company.json"
    path.write_text(json.dumps({key: value for part in content for key, value in part.items()}), encoding="utf-8")
    return path


def test_without_a_file_the_company_is_made_up() -> None:
    assert load_company(None) is DEMO_COMPANY


def test_a_file_with_what_the_law_wants_is_enough(tmp_path: Path) -> None:
    company = load_company(written(tmp_path, GIVEN))
    assert (company.name, company.vat_id, company.creditor_id) == ("Nordlicht Hosting eG", None, None)


def test_the_documented_file_is_the_demo_company(tmp_path: Path) -> None:
    section = (ROOT / "docs" / "invoices.md").read_text(encoding="utf-8").partition("## The company")[2]
    example = section.partition("```json")[2].partition("```")[0]
    assert load_company(written(tmp_path, json.loads(example))) == DEMO_COMPANY
    whole = load_company(written(tmp_path, asdict(DEMO_COMPANY)))
    assert whole == replace(DEMO_COMPANY)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"iban": "DE03120300000000202051"}, "iban"),
        ({"iban": None}, "iban"),
        ({"creditor_id": "DE98"}, "creditor_id"),
        ({"country": "Deutschland"}, "country"),
        ({"name": "  "}, "name"),
        ({"tax_number": None}, "tax number"),
        ({"managing_directors": "Eva"}, "managing_directors"),
        ({"colour": "red"}, "colour"),
    ],
    ids=str,
)
def test_a_fault_in_the_file_is_named(tmp_path: Path, change: dict[str, Any], named: str) -> None:
    path = written(tmp_path, GIVEN, change)
    with pytest.raises(ValueError, match=rf"^GATEWAY_COMPANY_FILE {path}: .*{named}"):
        load_company(path)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'"name"', b"[" * 100_000])
def test_a_file_that_holds_no_object_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "company.json"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="GATEWAY_COMPANY_FILE"):
        load_company(path)
