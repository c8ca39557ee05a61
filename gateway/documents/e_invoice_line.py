"""The positions of an electronic invoice (EN 16931: BG-25 to BG-31), and what is taken off them or off the whole."""

from __future__ import annotations

from gateway.documents.e_invoice_code import DISCOUNT, ONE, UNIT_CODES
from gateway.documents.e_invoice_element import amount, element, percent, quantity, text
from gateway.documents.invoice import InvoiceDiscount, InvoiceLine
from models.rules.e_invoice import Category, Price, Taxed


def line(position: InvoiceLine, price: Price) -> str:
    """A position, at the price that makes its amount."""
    unit = UNIT_CODES.get(position.unit, ONE)
    return element(
        "ram:IncludedSupplyChainTradeLineItem",
        element("ram:AssociatedDocumentLineDocument", text("ram:LineID", str(position.position))),
        element("ram:SpecifiedTradeProduct", text("ram:Name", position.description)),
        element(
            "ram:SpecifiedLineTradeAgreement",
            element(
                "ram:NetPriceProductTradePrice",
                amount("ram:ChargeAmount", price.net_minor),
                "" if price.base_thousandths == 1_000 else quantity("ram:BasisQuantity", price.base_thousandths, unit),
            ),
        ),
        element("ram:SpecifiedLineTradeDelivery", quantity("ram:BilledQuantity", price.quantity_thousandths, unit)),
        element(
            "ram:SpecifiedLineTradeSettlement",
            element("ram:ApplicableTradeTax", *taxed(position)),
            _discount_of(position),
            element(
                "ram:SpecifiedTradeSettlementLineMonetarySummation", amount("ram:LineTotalAmount", position.net_minor)
            ),
        ),
    )


def discount(off: InvoiceDiscount) -> str:
    """Something taken off the whole invoice (BG-20)."""
    return element(
        "ram:SpecifiedTradeAllowanceCharge",
        *_taken_off(off.net_minor, off.reason),
        element("ram:CategoryTradeTax", *taxed(off)),
    )


def taxed(part: Taxed) -> tuple[str, ...]:
    """Category and rate; what is outside of VAT has no rate (BR-O-05)."""
    outside = part.vat_category == Category.O
    return (
        text("ram:TypeCode", "VAT"),
        text("ram:CategoryCode", part.vat_category),
        "" if outside else percent("ram:RateApplicablePercent", part.vat_basis_points),
    )


def _discount_of(position: InvoiceLine) -> str:
    if not position.discount_minor:
        return ""
    return element("ram:SpecifiedTradeAllowanceCharge", *_taken_off(position.discount_minor, position.discount_reason))


def _taken_off(minor_units: int, reason: str | None) -> tuple[str, ...]:
    return (
        element("ram:ChargeIndicator", text("udt:Indicator", "false")),
        amount("ram:ActualAmount", minor_units),
        text("ram:ReasonCode", DISCOUNT),
        text("ram:Reason", reason),
    )
