"""The invoice for archives and for machines: what PDF/A-3B (ISO 19005-3) and Factur-X ask of the file's structure.

No free validator of PDF/A is packaged for Python; each test here is a clause of the standard that this file could break.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import facturx
import pikepdf
import pytest
from lxml import etree
from pypdf import PdfReader

from gateway.documents.e_invoice import write_e_invoice
from gateway.documents.invoice import InvoiceDocument
from gateway.documents.invoice_pdf import render_invoice
from tests.documents.sample_invoice import invoice, many_lines


def with_data(document: InvoiceDocument) -> InvoiceDocument:
    return replace(document, data=write_e_invoice(document))


DOCUMENTS = {
    "a transfer": with_data(invoice(direct_debit=None)),
    "a debit": with_data(invoice(language="en")),
    "many pages": with_data(invoice(many_lines(120), direct_debit=None)),
}

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
FX = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"


@pytest.fixture(scope="module", params=DOCUMENTS)
def drawn(request: pytest.FixtureRequest) -> tuple[InvoiceDocument, bytes]:
    document = DOCUMENTS[request.param]
    return document, render_invoice(document)


@pytest.fixture
def pdf(drawn: tuple[InvoiceDocument, bytes]) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(drawn[1])) as opened:
        yield opened


def test_two_libraries_read_the_attachment_back_byte_for_byte(drawn: tuple[InvoiceDocument, bytes]) -> None:
    document, content = drawn
    assert PdfReader(io.BytesIO(content)).attachments == {"factur-x.xml": [document.data]}
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert list(opened.attachments) == ["factur-x.xml"]
        assert opened.attachments["factur-x.xml"].get_file().read_bytes() == document.data


def test_a_reader_of_electronic_invoices_finds_the_xml(drawn: tuple[InvoiceDocument, bytes]) -> None:
    document, content = drawn
    name, xml = facturx.get_xml_from_pdf(content, check_xsd=True, check_schematron=False)
    assert (name, xml) == ("factur-x.xml", document.data)
    assert facturx.get_level(etree.fromstring(xml)) == "en16931"


def test_the_attachment_is_an_alternative_of_the_document(pdf: pikepdf.Pdf) -> None:
    (associated,) = pdf.Root.AF
    assert associated.is_indirect
    assert associated.objgen == pdf.Root.Names.EmbeddedFiles.Names[1].objgen
    assert str(associated.AFRelationship) == "/Alternative"
    assert (str(associated.F), str(associated.UF)) == ("factur-x.xml", "factur-x.xml")
    assert str(associated.Desc)
    embedded = associated.EF.F
    assert str(embedded.Subtype) == "/text/xml"
    assert str(embedded.Params.ModDate).startswith("D:20261122")
    assert int(embedded.Params.Size) == len(embedded.read_bytes())


def test_the_metadata_say_what_is_attached_and_describe_how_they_say_it(pdf: pikepdf.Pdf) -> None:
    metadata = etree.fromstring(pdf.Root.Metadata.read_bytes())
    said = {name: metadata.findtext(f".//{{{FX}}}{name}") for name in ("DocumentFileName", "DocumentType", "Version")}
    assert said == {"DocumentFileName": "factur-x.xml", "DocumentType": "INVOICE", "Version": "1.0"}
    assert metadata.findtext(f".//{{{FX}}}ConformanceLevel") == "EN 16931"
    (schema,) = metadata.findall(".//{http://www.aiim.org/pdfa/ns/extension/}schemas/*/*")
    told = {etree.QName(part).localname: part for part in schema}
    assert told["namespaceURI"].text == FX
    assert told["prefix"].text == "fx"
    described = {part.text for part in told["property"].iter("{http://www.aiim.org/pdfa/ns/property#}name")}
    assert described == {"DocumentFileName", "DocumentType", "Version", "ConformanceLevel"}
    assert all(item.get(f"{RDF}parseType") == "Resource" for item in told["property"].iter(f"{RDF}li"))
    assert "/Filter" not in pdf.Root.Metadata
    with pdf.open_metadata() as opened:
        assert opened.pdfa_status == "3B"


def test_colours_have_a_profile(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFA1"
    profile = intent.DestOutputProfile.read_bytes()
    assert (profile[12:16], profile[16:20], profile[36:40]) == (b"mntr", b"RGB ", b"acsp")
    assert int(intent.DestOutputProfile.N) == 3


def test_every_font_is_embedded_and_says_which_characters_its_glyphs_are(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            (descendant,) = font.DescendantFonts
            assert descendant.FontDescriptor.FontFile2.read_bytes()
            assert str(descendant.CIDToGIDMap) == "/Identity" or descendant.CIDToGIDMap.read_bytes()
            assert "/ToUnicode" in font


def every_object(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """All dictionaries of the file, those within others too."""
    waiting: list[Any] = [*pdf.objects, pdf.trailer]
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Array):
            waiting += [item for item in found if not getattr(item, "is_indirect", False)]
        elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            yield found
            waiting += [item for _, item in found.items() if not getattr(item, "is_indirect", False)]


FORBIDDEN_KEYS = {"/JS", "/JavaScript", "/AA", "/SMask", "/XFA", "/AcroForm", "/OCProperties", "/TR", "/Encrypt", "/PS"}
FORBIDDEN_TYPES = {"/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/JavaScript", "/URI", "/SubmitForm"}


def test_nothing_runs_hides_shines_through_or_is_locked(pdf: pikepdf.Pdf, drawn: tuple[InvoiceDocument, bytes]) -> None:
    assert not pdf.is_encrypted
    seen = 0
    for found in every_object(pdf):
        seen += 1
        assert not FORBIDDEN_KEYS & set(found.keys())
        assert str(found.get("/S", "")) not in FORBIDDEN_TYPES
        assert str(found.get("/Filter", "")) not in ("/LZWDecode", "/Crypt")
        assert float(found.get("/ca", 1)) == float(found.get("/CA", 1)) == 1
        assert str(found.get("/BM", "/Normal")) == "/Normal"
        if isinstance(found, pikepdf.Stream):
            assert not {"/F", "/FFilter", "/FDecodeParms"} & set(found.keys())
    assert seen > 20
    for page in pdf.pages:
        content = page.Contents.read_bytes()
        assert not re.search(rb"(?:^|\s)(?:K|k|cs|CS|sh|Do|BI)(?:\s|$)", re.sub(rb"\((?:\\.|[^\\)])*\)", b"", content))


def test_the_file_begins_and_ends_as_archives_want(drawn: tuple[InvoiceDocument, bytes]) -> None:
    content = drawn[1]
    head, comment = content.split(b"\n", 2)[:2]
    assert re.fullmatch(rb"%PDF-1\.[4-7]", head)
    assert comment.startswith(b"%")
    assert sum(byte > 127 for byte in comment[1:]) >= 4
    assert content.rstrip().endswith(b"%%EOF")
    with pikepdf.open(io.BytesIO(content)) as opened:
        first, second = opened.trailer.ID
        assert bytes(first)
        assert bytes(second)
        assert not opened.check_pdf_syntax() if hasattr(opened, "check_pdf_syntax") else not opened.check()
        assert str(opened.Root.Lang) == drawn[0].language
        assert "/Info" not in opened.trailer or "/Title" in opened.trailer.Info


def test_without_data_nothing_is_attached() -> None:
    with pikepdf.open(io.BytesIO(render_invoice(invoice()))) as opened:
        assert not opened.attachments
        assert "/AF" not in opened.Root
        assert b"factur-x" not in opened.Root.Metadata.read_bytes()


def test_the_same_invoice_with_its_data_is_the_same_file() -> None:
    document = DOCUMENTS["a transfer"]
    assert render_invoice(document) == render_invoice(replace(document))
