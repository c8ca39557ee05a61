"""Seller and buyer of an electronic invoice (EN 16931: BG-4 to BG-8)."""

from __future__ import annotations

from gateway.documents.e_invoice_code import E_MAIL
from gateway.documents.e_invoice_element import element, text
from gateway.documents.party import Issuer, Party


def vat_id_of(party: Party | Issuer) -> str:
    """The VAT id in one piece, or nothing."""
    return "".join((party.vat_id or "").split()).upper()


def seller(issuer: Issuer, *, with_vat_id: bool) -> str:
    """The company. A seller without a register number is told by its tax number (BR-CO-26)."""
    return element(
        "ram:SellerTradeParty",
        "" if issuer.register_number else text("ram:ID", issuer.tax_number),
        text("ram:Name", issuer.name),
        element("ram:SpecifiedLegalOrganization", text("ram:ID", issuer.register_number)),
        _contact(issuer),
        _address(issuer.postcode, issuer.street, None, issuer.city, issuer.country),
        _electronic(issuer.electronic_address or issuer.email),
        _registration("VA", vat_id_of(issuer) if with_vat_id else None),
        _registration("FC", issuer.tax_number),
    )


def buyer(party: Party, *, with_vat_id: bool) -> str:
    """The customer, told by the customer number."""
    return element(
        "ram:BuyerTradeParty",
        text("ram:ID", party.number),
        text("ram:Name", party.name),
        _address(party.postcode, party.street, party.extra, party.city, party.country),
        _registration("VA", vat_id_of(party) if with_vat_id else None),
    )


def receiver(party: Party) -> str:
    """Where to the service goes: the buyer's country."""
    return element("ram:ShipToTradeParty", element("ram:PostalTradeAddress", text("ram:CountryID", party.country)))


def _contact(issuer: Issuer) -> str:
    if not (issuer.phone or issuer.email):
        return ""
    return element(
        "ram:DefinedTradeContact",
        text("ram:PersonName", issuer.contact or issuer.name),
        element("ram:TelephoneUniversalCommunication", text("ram:CompleteNumber", issuer.phone)),
        element("ram:EmailURIUniversalCommunication", text("ram:URIID", issuer.email)),
    )


def _address(postcode: str, street: str, extra: str | None, city: str, country: str) -> str:
    return element(
        "ram:PostalTradeAddress",
        text("ram:PostcodeCode", postcode),
        text("ram:LineOne", street),
        text("ram:LineTwo", extra),
        text("ram:CityName", city),
        text("ram:CountryID", country),
    )


def _electronic(address: str | None) -> str:
    return element("ram:URIUniversalCommunication", text("ram:URIID", address, schemeID=E_MAIL))


def _registration(scheme: str, number: str | None) -> str:
    return element("ram:SpecifiedTaxRegistration", text("ram:ID", number, schemeID=scheme))
