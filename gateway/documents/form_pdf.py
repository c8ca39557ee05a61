"""Forms as PDF letters to the company: filled in as far as is known, to be signed and sent back."""

from __future__ import annotations

from gateway.documents.entries import write_entry
from gateway.documents.figures import format_date
from gateway.documents.form import FormDocument
from gateway.documents.form_fields import SIGNATURE, write_blank, write_choice, write_heading, write_signatures
from gateway.documents.form_words import WORDS, FormWords
from gateway.documents.letter import Letter
from gateway.documents.party import Issuer, Party, address_lines
from gateway.documents.pdf import Properties
from models.rules.form import ONLINE, FormKind

_TOGETHER = 7
"""Names of domains in one paragraph: none of them is cut, however long they are."""

_TWO_SIDES = (FormKind.DOMAIN_HOLDER_CHANGE, FormKind.CONTRACT_TRANSFER)


def render_form(document: FormDocument) -> bytes:
    """The PDF file: PDF/A-3B, the same bytes for the same document."""
    return lay_out_form(document).finish()


def lay_out_form(document: FormDocument) -> Letter:
    """The form with everything in its place, before page numbers and file format."""
    words, language, contract = WORDS[document.language], document.language, document.contract
    title = words.title[document.kind]
    letter = Letter(
        document.issuer,
        _addressee(document.issuer),
        facts=[
            (words.number, document.customer.number or ""),
            (words.contract, contract.number if contract else ""),
            (words.made_on, format_date(document.made_on, language)),
        ],
        subject=title,
        properties=Properties(title, document.issuer.name, language, document.made_on),
        sender=document.customer,
    )
    letter.paragraph(words.intro[document.kind], gap=3)
    _write_parties(letter, document, words)
    match document.kind:
        case FormKind.UPGRADE | FormKind.DOWNGRADE:
            write_heading(letter, words.wanted)
            write_blank(letter, words.wanted_tariff)
            if document.kind is FormKind.UPGRADE:
                _write_when(letter, words)
        case FormKind.CANCELLATION:
            _write_when(letter, words)
            _write_fate(letter, document, words)
        case FormKind.DOMAIN_HOLDER_CHANGE:
            _write_domains(letter, document, words)
            _write_new_holder(letter, words)
        case FormKind.CONTRACT_TRANSFER:
            _write_new_holder(letter, words)
            _write_mandate(letter, words)
    _write_signatures(letter, document, words)
    return letter


def _write_parties(letter: Letter, document: FormDocument, words: FormWords) -> None:
    """Who and what it is about; the numbers stand beside the address."""
    contract, customer = document.contract, document.customer
    write_entry(
        letter, words.holder, address_lines(customer, seen_from=document.issuer.country, language=document.language)
    )
    write_entry(letter, words.email, [document.email])
    if contract is not None:
        write_entry(letter, words.package, [f"{contract.package} ({contract.identification})"])
        write_entry(letter, words.tariff, [contract.tariff])
    else:
        write_heading(letter, words.all_contracts)
        write_choice(letter, words.everything)
        write_choice(letter, words.some, blank=True)


def _write_when(letter: Letter, words: FormWords) -> None:
    write_heading(letter, words.when)
    write_choice(letter, words.soonest)
    write_choice(letter, words.on, blank=True)


def _write_fate(letter: Letter, document: FormDocument, words: FormWords) -> None:
    if document.domains:
        write_heading(letter, words.what_of_domains)
        for start in range(0, len(document.domains), _TOGETHER):
            names = [domain.name for domain in document.domains[start : start + _TOGETHER]]
            letter.paragraph(", ".join(names), size=9, gap=0.5)
        letter.y += 1.5
        write_choice(letter, words.deleted)
        write_choice(letter, words.moved)


def _write_domains(letter: Letter, document: FormDocument, words: FormWords) -> None:
    write_heading(letter, words.domains)
    letter.paragraph(words.domains_intro, size=9)
    for domain in document.domains:
        write_choice(letter, domain.name, more=words.registered_for.format(holder=domain.holder))


def _write_new_holder(letter: Letter, words: FormWords) -> None:
    write_heading(letter, words.new_holder, following=62)
    for label in words.blanks:
        write_blank(letter, label)


def _write_mandate(letter: Letter, words: FormWords) -> None:
    if letter.room < 34:
        letter.turn()
    for label in words.debit:
        write_blank(letter, label)
    letter.y += 2
    letter.paragraph(words.consent, size=8.5)


def _write_signatures(letter: Letter, document: FormDocument, words: FormWords) -> None:
    """The places to sign, with where to send them: all on one page."""
    name = document.customer.name
    parties = [(words.present, name), (words.new, "")] if document.kind in _TWO_SIDES else [(words.customer, name)]
    if document.kind is FormKind.CONTRACT_TRANSFER:
        parties.append((words.us, document.issuer.name))
    if letter.room < 18 + SIGNATURE * -(-len(parties) // 2):
        letter.turn()
    letter.y += 2
    write_signatures(letter, words.place, words.signature, parties)
    where = ", ".join(_where(document.issuer, document.language))
    letter.paragraph(words.send.format(address=where), size=9)
    if document.kind in ONLINE:
        letter.paragraph(words.online, size=9)


def _addressee(issuer: Issuer) -> Party:
    return Party(issuer.name, issuer.street, issuer.postcode, issuer.city, issuer.country)


def _where(issuer: Issuer, language: str) -> list[str]:
    """Where the form goes: by post or, scanned, by mail."""
    lines = address_lines(_addressee(issuer), seen_from=issuer.country, language=language)
    return [*lines, *([issuer.email] if issuer.email else [])]
