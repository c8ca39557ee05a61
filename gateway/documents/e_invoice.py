"""An invoice as data: EN 16931 in the syntax UN/CEFACT Cross Industry Invoice, profile EN 16931 of Factur-X and ZUGFeRD.

What is written is checked first, against the rules of the standard that the values of an invoice can break: an invoice that
breaks one is none for machines, and gets no XML rather than a wrong one. The tests hold that against the official rules.
"""

from __future__ import annotations

from gateway.documents.e_invoice_code import CREDIT_NOTE, INVOICE, REGISTER, countries, currencies, vat_prefixes
from gateway.documents.e_invoice_element import clean, day, element, text
from gateway.documents.e_invoice_line import line
from gateway.documents.e_invoice_party import buyer, receiver, seller, vat_id_of
from gateway.documents.e_invoice_settlement import settlement
from gateway.documents.invoice import DocumentKind, InvoiceDocument
from models.rules.decision import Refused
from models.rules.e_invoice import Category, Sums, price_of, sums_fit

PROFILE = "urn:cen.eu:en16931:2017"
FILE_NAME = "factur-x.xml"
"""What the file is called inside a PDF (Factur-X 1.0, § 6.2.2)."""

_ROOT = (
    '<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"'
    ' xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"'
    ' xmlns:qdt="urn:un:unece:uncefact:data:standard:QualifiedDataType:100"'
    ' xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">'
)


class NotAnEInvoice(ValueError):
    """The invoice breaks a rule of EN 16931; `rule` is its name there, such as `BR-CO-17`."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"the invoice breaks {rule} of EN 16931")
        self.rule = rule


def write_e_invoice(document: InvoiceDocument) -> bytes:
    """The XML of an invoice: the same bytes for the same document. Raises `NotAnEInvoice`."""
    rule = broken_rule(document)
    if rule is not None:
        raise NotAnEInvoice(rule)
    outside = any(tax.vat_category is Category.O for tax in document.taxes)  # then neither side has a VAT id (BR-O-02)
    prices = [price for position in document.lines if (price := price_of(position)) is not None]
    content = (
        element(
            "rsm:ExchangedDocumentContext",
            element("ram:GuidelineSpecifiedDocumentContextParameter", text("ram:ID", PROFILE)),
        ),
        _header(document),
        element(
            "rsm:SupplyChainTradeTransaction",
            *(line(position, price) for position, price in zip(document.lines, prices, strict=True)),
            element(
                "ram:ApplicableHeaderTradeAgreement",
                seller(document.issuer, with_vat_id=not outside),
                buyer(document.recipient, with_vat_id=not outside),
            ),
            _delivery(document),
            settlement(document),
        ),
    )
    written = "".join(('<?xml version="1.0" encoding="UTF-8"?>\n', _ROOT, *content, "</rsm:CrossIndustryInvoice>\n"))
    return written.encode()


def broken_rule(document: InvoiceDocument) -> str | None:
    """The first rule of EN 16931 that the document breaks, by its name in the standard."""
    sums = Sums(
        document.currency,
        document.lines,
        document.discounts,
        document.taxes,
        document.net_minor,
        document.vat_minor,
        document.gross_minor,
    )
    decision = sums_fit(sums)
    if isinstance(decision, Refused):
        return decision.reason
    return _broken_by_texts(document) or _broken_by_parties(document) or _broken_by_exemptions(document)


def _broken_by_texts(document: InvoiceDocument) -> str | None:
    needed = (
        ("BR-02", document.number),
        ("BR-06", document.issuer.name),
        ("BR-07", document.recipient.name),
        *(("BR-25", position.description) for position in document.lines),
        *(("BR-33", off.reason) for off in document.discounts),
    )
    for rule, said in needed:
        if not clean(said):
            return rule
    return None if document.currency in currencies() else "BR-CL-04"


def _broken_by_parties(document: InvoiceDocument) -> str | None:
    issuer, recipient = document.issuer, document.recipient
    if issuer.country not in countries() or recipient.country not in countries():
        return "BR-CL-14"
    if any(vat_id and vat_id[:2] not in vat_prefixes() for vat_id in (vat_id_of(issuer), vat_id_of(recipient))):
        return "BR-CO-09"
    if not document.direct_debit and document.kind is DocumentKind.INVOICE and not issuer.iban.strip():
        return "BR-61"
    return None


def _broken_by_exemptions(document: InvoiceDocument) -> str | None:
    """What must be known of seller and buyer where there is no VAT, and why there is none."""
    sold_by, bought_by = vat_id_of(document.issuer), vat_id_of(document.recipient)
    for tax in document.taxes:
        match tax.vat_category:
            case Category.E if not clean(tax.note or ""):
                return "BR-E-10"
            case Category.AE if not bought_by:
                return "BR-AE-02"
            case Category.K if not (sold_by and bought_by):
                return "BR-IC-02"
            case Category.G if not sold_by:
                return "BR-G-02"
    return None


def _header(document: InvoiceDocument) -> str:
    issuer = document.issuer
    register = " ".join(part for part in (issuer.register_court, issuer.register_number) if part)
    company = ", ".join(part for part in (issuer.name, register, ", ".join(issuer.managing_directors)) if part)
    return element(
        "rsm:ExchangedDocument",
        text("ram:ID", document.number),
        text("ram:TypeCode", CREDIT_NOTE if document.kind is DocumentKind.CREDIT_NOTE else INVOICE),
        day("ram:IssueDateTime", document.issued_on),
        *(element("ram:IncludedNote", text("ram:Content", note)) for note in document.notes),
        element("ram:IncludedNote", text("ram:Content", company), text("ram:SubjectCode", REGISTER)),
    )


def _delivery(document: InvoiceDocument) -> str:
    """Where to (within the EU it must be said, BR-IC-12), and the day of service where there is no period of it."""
    served_on = None if document.period_from else document.issued_on
    return element(
        "ram:ApplicableHeaderTradeDelivery",
        receiver(document.recipient),
        element("ram:ActualDeliverySupplyChainEvent", day("ram:OccurrenceDateTime", served_on)),
    )
