"""The JSON file of a report around its entries, and the JSON schema (2020-12) of the whole."""

from __future__ import annotations

from typing import Any

import orjson

from gateway.jobs.data_report.archive import Writer
from gateway.jobs.data_report.declaration import Reason, Section, camel
from gateway.jobs.data_report.entry_json import entry_schema, plain
from gateway.jobs.data_report.information import Statement, left_out
from gateway.jobs.data_report.register import SECTIONS
from gateway.jobs.data_report.subject import Subject

VERSION = 1
"""Counts up when the schema changes so that a program that knew it would break; new sections and columns do not."""

SCHEMA_ID = f"urn:customer-gateway:data-report:{VERSION}"


def head(subject: Subject, statements: list[Statement]) -> dict[str, Any]:
    """Everything but the entries."""
    company = subject.company
    return {
        "schema": SCHEMA_ID,
        "version": VERSION,
        "report": {
            "id": subject.report_id,
            "language": subject.language,
            "requestedAt": plain(subject.requested_at),
            "dueOn": plain(subject.due_on),
            "madeAt": plain(subject.made_at),
        },
        "controller": {
            "name": company.name,
            "street": company.street,
            "postcode": company.postcode,
            "city": company.city,
            "country": company.country,
            "phone": company.phone,
            "email": company.email,
            "dataProtectionContact": company.data_protection_contact,
            "supervisoryAuthority": company.supervisory_authority,
        },
        "subject": {"customerNumber": subject.customer_number, "name": subject.name},
        "information": [
            {"article": s.article, "heading": s.heading, "paragraphs": list(s.paragraphs)} for s in statements
        ],
        "recipients": [
            {
                "name": recipient.name,
                "address": recipient.address,
                "country": recipient.country,
                "purpose": recipient.purpose,
                "safeguard": recipient.safeguard,
            }
            for recipient in subject.recipients
        ],
        "leftOut": [
            {
                "reason": reason.value,
                "text": words,
                "columns": [f"{section.name}.{camel(name)}" for section, name in columns],
            }
            for reason, words, columns in left_out(subject)
        ],
    }


class Entries:
    """Writes the entries of the sections behind the head, batch by batch: no more than a batch is ever in memory."""

    def __init__(self, writer: Writer, head: dict[str, Any]) -> None:
        self._writer = writer
        self._section: Section | None = None
        self._any = False
        writer.write(orjson.dumps(head)[:-1] + b',\n"sections":{')

    def begin(self, section: Section) -> None:
        """The entries that follow are those of `section`, of which there may be none."""
        if self._section is not None:
            self._writer.write(b"],")
        self._section, self._any = section, False
        self._writer.write(b"\n" + orjson.dumps(section.name) + b":[")

    def add(self, entries: list[dict[str, Any]]) -> None:
        """Some entries, one on a line."""
        for entry in entries:
            self._writer.write((b",\n" if self._any else b"\n") + orjson.dumps(entry))
            self._any = True

    def finish(self) -> None:
        """Close what is open."""
        self._writer.write((b"]" if self._section is not None else b"") + b"}}\n")


def report_schema() -> dict[str, Any]:
    """The JSON schema of a report, made from the declarations."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Data report (Art. 15 GDPR)",
        "description": "Everything stored about a customer. Amounts are integers in minor units of the entry's currency.",
        **_object(
            schema={"const": SCHEMA_ID},
            version={"const": VERSION},
            report=_object(
                id=_TEXT,
                language={"enum": ["de", "en"]},
                requestedAt=_INSTANT,
                dueOn={"type": "string", "format": "date"},
                madeAt=_INSTANT,
            ),
            controller=_object(
                name=_TEXT, street=_TEXT, postcode=_TEXT, city=_TEXT, country=_TEXT, phone=_OPTIONAL, email=_OPTIONAL,
                dataProtectionContact=_OPTIONAL, supervisoryAuthority=_OPTIONAL,
            ),
            subject=_object(customerNumber=_TEXT, name=_TEXT),
            information=_list(_object(article=_TEXT, heading=_TEXT, paragraphs=_list(_TEXT))),
            recipients=_list(
                _object(name=_TEXT, address=_TEXT, country=_TEXT, purpose=_TEXT, safeguard=_OPTIONAL)
            ),
            leftOut=_list(
                _object(reason={"enum": [reason.value for reason in Reason]}, text=_TEXT, columns=_list(_TEXT))
            ),
            sections=_object(**{section.name: _section(section) for section in SECTIONS}),
        ),
        "$defs": {"reference": {"description": "Another row: its id, and what it is called.", **_REFERENCE}},
    }  # fmt: skip


def schema_text() -> bytes:
    """The schema as it is committed and put into every report."""
    return orjson.dumps(report_schema(), option=orjson.OPT_INDENT_2) + b"\n"


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _section(section: Section) -> dict[str, Any]:
    return {"description": section.title[0], **_list(entry_schema(section))}


_TEXT = {"type": "string"}
_OPTIONAL = {"type": ["string", "null"]}
_INSTANT = {"type": "string", "format": "date-time"}
_REFERENCE = _object(id=_TEXT, name=_OPTIONAL)
