"""How an electronic invoice is paid and what it amounts to (EN 16931: BG-3, BG-14, BG-16 to BG-19, BG-22, BG-23)."""

from __future__ import annotations

from gateway.documents import e_invoice_code as code
from gateway.documents.e_invoice_element import amount, day, element, text
from gateway.documents.e_invoice_line import discount, taxed
from gateway.documents.figures import format_date
from gateway.documents.invoice import DocumentKind, InvoiceDocument, InvoiceTax
from gateway.documents.invoice_words import WORDS
from models.rules.e_invoice import Category


def settlement(document: InvoiceDocument) -> str:
    """`ram:ApplicableHeaderTradeSettlement`, its parts in the order of the schema."""
    debit = None if document.kind is DocumentKind.CREDIT_NOTE else document.direct_debit
    return element(
        "ram:ApplicableHeaderTradeSettlement",
        text("ram:CreditorReferenceID", debit.creditor_id if debit else None),
        text("ram:PaymentReference", document.number),
        text("ram:InvoiceCurrencyCode", document.currency),
        _means(document),
        *(_tax(tax) for tax in document.taxes),
        _period(document),
        *(discount(off) for off in document.discounts),
        _terms(document),
        _summation(document),
        _corrects(document),
    )


def _means(document: InvoiceDocument) -> str:
    """Nobody pays a credit note to the seller, so it names no account."""
    if document.kind is DocumentKind.CREDIT_NOTE:
        return ""
    euro = document.currency == "EUR"
    if document.direct_debit:
        means = code.SEPA_DIRECT_DEBIT if euro else code.DIRECT_DEBIT
        return element("ram:SpecifiedTradeSettlementPaymentMeans", text("ram:TypeCode", means))
    issuer = document.issuer
    return element(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        text("ram:TypeCode", code.SEPA_CREDIT_TRANSFER if euro else code.CREDIT_TRANSFER),
        element(
            "ram:PayeePartyCreditorFinancialAccount",
            text("ram:IBANID", "".join(issuer.iban.split())),
            text("ram:AccountName", issuer.name),
        ),
        element("ram:PayeeSpecifiedCreditorFinancialInstitution", text("ram:BICID", issuer.bic)),
    )


def _tax(tax: InvoiceTax) -> str:
    """An entry of the VAT breakdown; a reason for no VAT goes with the categories that need one (BR-S-10, BR-Z-10)."""
    reasoned = tax.vat_category not in (Category.S, Category.Z)
    kind, category, *rate = taxed(tax)
    return element(
        "ram:ApplicableTradeTax",
        amount("ram:CalculatedAmount", tax.vat_minor),
        kind,
        text("ram:ExemptionReason", tax.note if reasoned else None),
        amount("ram:BasisAmount", tax.net_minor),
        category,
        text("ram:ExemptionReasonCode", code.EXEMPTION_CODES.get(tax.vat_category)),
        *rate,
    )


def _period(document: InvoiceDocument) -> str:
    return element(
        "ram:BillingSpecifiedPeriod",
        day("ram:StartDateTime", document.period_from),
        day("ram:EndDateTime", document.period_to),
    )


def _terms(document: InvoiceDocument) -> str:
    words = WORDS[document.language]
    if document.kind is DocumentKind.CREDIT_NOTE:
        return element("ram:SpecifiedTradePaymentTerms", text("ram:Description", words.terms_credit))
    debit = document.direct_debit
    terms = words.terms_debit if debit else words.terms_transfer
    return element(
        "ram:SpecifiedTradePaymentTerms",
        text("ram:Description", terms.format(due=format_date(document.due_on, document.language))),
        day("ram:DueDateDateTime", document.due_on),
        text("ram:DirectDebitMandateID", debit.mandate_reference if debit else None),
    )


def _summation(document: InvoiceDocument) -> str:
    paid = document.gross_minor - document.due_minor
    return element(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        amount("ram:LineTotalAmount", document.net_minor + document.discount_minor),
        amount("ram:AllowanceTotalAmount", document.discount_minor) if document.discounts else "",
        amount("ram:TaxBasisTotalAmount", document.net_minor),
        amount("ram:TaxTotalAmount", document.vat_minor, currencyID=document.currency),
        amount("ram:GrandTotalAmount", document.gross_minor),
        amount("ram:TotalPrepaidAmount", paid) if paid else "",
        amount("ram:DuePayableAmount", document.due_minor),
    )


def _corrects(document: InvoiceDocument) -> str:
    corrected = document.corrects
    return element(
        "ram:InvoiceReferencedDocument",
        text("ram:IssuerAssignedID", corrected.number if corrected else None),
        day("ram:FormattedIssueDateTime", corrected.issued_on if corrected else None, "qdt"),
    )
