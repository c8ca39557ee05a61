"""The frame of a business letter, DIN 5008 form B: letterhead, address window, information block, footer.

All measures are millimetres from the upper left corner of an A4 page. A document asks `room` how much is left, `take`s
what it needs from the top and starts a new page with `turn`; `finish` adds what every page has at its foot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.documents.figures import format_date
from gateway.documents.page import ACCENT, FAINT, HAIRLINE, HEIGHT, INK, WIDTH, Page, leading
from gateway.documents.party import Issuer, Party, address_lines, grouped_iban, town
from gateway.documents.pdf import Attachment, Properties, write_pdf
from gateway.documents.text import printable, wrap

LEFT = 25.0
RIGHT = 190.0
"""The edges of the text."""

ADDRESS_TOP, ADDRESS_WIDTH, ADDRESS_HEIGHT = 45.0, 85.0, 45.0
RETURN_ZONE = 17.7
"""The address field (DIN 5008 form B): 20 mm from the left, the upper zone for the return address."""

INFORMATION_LEFT, INFORMATION_TOP, INFORMATION_BOTTOM = 125.0, 50.0, 95.0
SUBJECT_TOP = 98.5
FOLDS = (105.0, 210.0)
PUNCH = 148.5

_ADDRESS_ROOM = ADDRESS_WIDTH - 5.0  # the text stands 5 mm inside the field
_ADDRESS_SIZES = (10.5, 9.5, 8.5, 7.5)
_FOOTER_SIZE = 7.0
_FOOTER_LINES = 9
_FOOTER_BOTTOM = HEIGHT - 9.0
_FOOTER_STARTS = (25.0, 66.0, 105.0, 147.0)
_NEXT_PAGE_TOP = 36.0


@dataclass(frozen=True, slots=True)
class Words:
    """What the frame itself says, in one language."""

    page: str
    phone: str
    register: str
    directors: str
    vat_id: str
    tax_number: str


WORDS = {
    "de": Words("Seite {page} von {pages}", "Telefon", "Register", "Geschäftsführung", "USt-IdNr.", "Steuernr."),
    "en": Words("Page {page} of {pages}", "Phone", "Register", "Managing directors", "VAT ID", "Tax no."),
}


class Letter:
    """A letter in the making. `facts` are the lines of the information block; `subject` names it on every page.

    `sender` is whose address stands above that of the receiver, where it is not the issuer's: on a form that is sent back.
    """

    def __init__(
        self,
        issuer: Issuer,
        recipient: Party,
        *,
        facts: Sequence[tuple[str, str]],
        subject: str,
        properties: Properties,
        attachment: Attachment | None = None,
        sender: Party | None = None,
    ) -> None:
        self.pages = [Page()]
        self.y = SUBJECT_TOP
        self._issuer = issuer
        self._recipient = recipient
        self._subject = printable(subject)
        self._properties = properties
        self._attachment = attachment
        self._sender = sender or issuer
        self._words = WORDS[properties.language]
        self._footer = self._footer_columns()
        self._letterhead()
        self._address()
        self._information(facts)
        self._headline()

    @property
    def page(self) -> Page:
        """The page that is being filled."""
        return self.pages[-1]

    @property
    def bottom(self) -> float:
        """Where the text of a page ends."""
        return self._footer_top - 9.0

    @property
    def room(self) -> float:
        """The height that is left on this page."""
        return self.bottom - self.y

    def take(self, height: float) -> float:
        """Use `height` of the page, of the next one if it does not fit; where it begins."""
        if height > self.room:
            self.turn()
        top = self.y
        self.y += height
        return top

    def turn(self) -> None:
        """Start the next page."""
        self.pages.append(Page())
        date = format_date(self._properties.created, self._properties.language)
        self.page.write(LEFT, 22, self._issuer.name, size=9.5, bold=True, colour=ACCENT, room=70)
        self.page.write(RIGHT, 22, f"{self._subject} · {date}", size=9, colour=FAINT, room=90, align="right")
        self.page.rule(LEFT, 25.5, RIGHT, 25.5, colour=HAIRLINE)
        self.y = _NEXT_PAGE_TOP

    def paragraph(self, content: str, *, size: float = 9.5, bold: bool = False, gap: float = 2.0) -> None:
        """Write running text over the whole width, then leave `gap`. The lines of one paragraph may part."""
        for line in wrap(printable(content, longest=2_000), RIGHT - LEFT, size, bold=bold):
            top = self.take(leading(size))
            self.page.write(LEFT, top + leading(size) * 0.75, line, size=size, bold=bold)
        self.y += gap

    def finish(self) -> bytes:
        """The PDF file of the letter, with the foot of every page."""
        for number, page in enumerate(self.pages, start=1):
            self._foot(page, self._words.page.format(page=number, pages=len(self.pages)))
        return write_pdf(self.pages, self._properties, self._attachment)

    def _letterhead(self) -> None:
        page, issuer = self.page, self._issuer
        page.rule(0, 0.6, WIDTH, 0.6, thickness=1.2, colour=ACCENT)
        page.write(LEFT, 25, issuer.name, size=19, bold=True, colour=ACCENT, room=RIGHT - LEFT)
        contact = " · ".join(printable(part) for part in (issuer.website, issuer.email, issuer.phone) if part)
        page.write(LEFT, 31, contact, size=8.5, colour=FAINT, room=RIGHT - LEFT)
        for y in FOLDS:
            page.rule(5, y, 9, y, colour=FAINT)
        page.rule(5, PUNCH, 11, PUNCH, colour=FAINT)

    def _address(self) -> None:
        page, issuer, by = self.page, self._issuer, self._sender
        sender = " · ".join(printable(part) for part in (by.name, by.street, town(by)) if part.strip())
        bottom = ADDRESS_TOP + RETURN_ZONE
        page.write(LEFT, bottom - 2.4, sender, size=7, colour=FAINT, room=_ADDRESS_ROOM)
        page.rule(LEFT, bottom - 1.3, LEFT + _ADDRESS_ROOM, bottom - 1.3, thickness=0.1, colour=HAIRLINE)
        whole = address_lines(self._recipient, seen_from=issuer.country, language=self._properties.language)
        size, lines, self._address_is_cut = _fitted_address([printable(line) for line in whole])
        for index, line in enumerate(lines):
            page.write(LEFT, bottom + leading(size) * (index + 0.8), line, size=size)

    def _information(self, facts: Sequence[tuple[str, str]]) -> None:
        y = INFORMATION_TOP + 3.5
        value_left = INFORMATION_LEFT + 28
        for label, value in facts:
            lines = wrap(printable(value), RIGHT - value_left, 9, most=2)
            if not lines or y + (len(lines) - 1) * leading(9) > INFORMATION_BOTTOM:
                continue
            self.page.write(INFORMATION_LEFT, y, label, size=8.5, colour=FAINT, room=27)
            for line in lines:
                self.page.write(value_left, y, line, size=9)
                y += leading(9)
            y += 0.7

    def _headline(self) -> None:
        self.page.write(LEFT, self.y + 5, self._subject, size=14, bold=True, room=RIGHT - LEFT)
        self.y += 11
        if self._address_is_cut:  # the window is too small for all of it; the law wants it whole
            whole = address_lines(self._recipient, seen_from="", language=self._properties.language)
            self.paragraph(", ".join(printable(line) for line in whole), size=8.5)

    def _footer_columns(self) -> list[list[str]]:
        issuer, words = self._issuer, self._words
        columns = [
            [issuer.name, issuer.street, town(issuer)],
            [f"{words.phone} {issuer.phone}" if issuer.phone else "", issuer.email or "", issuer.website or ""],
            [
                " ".join(part for part in (issuer.register_court, issuer.register_number) if part),
                f"{words.directors}: {', '.join(issuer.managing_directors)}" if issuer.managing_directors else "",
                f"{words.vat_id} {issuer.vat_id}" if issuer.vat_id else "",
                f"{words.tax_number} {issuer.tax_number}" if issuer.tax_number else "",
            ],
            [
                issuer.bank_name or "",
                f"IBAN {grouped_iban(issuer.iban)}",
                f"BIC {issuer.bic}" if issuer.bic else "",
            ],
        ]
        ends = (*_FOOTER_STARTS[1:], RIGHT + 3)
        wrapped: list[list[str]] = []
        for start, end, entries in zip(_FOOTER_STARTS, ends, columns, strict=True):
            lines: list[str] = []
            for entry in entries:
                lines += wrap(printable(entry), end - start - 3, _FOOTER_SIZE)
            wrapped.append(lines[:_FOOTER_LINES])
        self._footer_top = _FOOTER_BOTTOM - max(len(lines) for lines in wrapped) * leading(_FOOTER_SIZE) - 2.0
        return wrapped

    def _foot(self, page: Page, page_number: str) -> None:
        top = self._footer_top
        page.write(RIGHT, top - 2.5, page_number, size=8, colour=FAINT, align="right")
        page.rule(LEFT, top, RIGHT, top, colour=HAIRLINE)
        for start, lines in zip(_FOOTER_STARTS, self._footer, strict=True):
            for index, line in enumerate(lines):
                y = top + 2.0 + leading(_FOOTER_SIZE) * (index + 0.75)
                page.write(start, y, line, size=_FOOTER_SIZE, colour=FAINT if index or start != LEFT else INK)


def _fitted_address(lines: Sequence[str]) -> tuple[float, list[str], bool]:
    """The size at which the address fits its zone, its lines at that size, and whether something had to be cut."""
    for size in _ADDRESS_SIZES:
        fitted = [part for line in lines for part in wrap(line, _ADDRESS_ROOM, size)]
        most = int((ADDRESS_HEIGHT - RETURN_ZONE) / leading(size))
        if len(fitted) <= most:
            return size, fitted, False
    name, *others = lines
    shortened = wrap(name, _ADDRESS_ROOM, size, most=3)
    for line in others:
        shortened += wrap(line, _ADDRESS_ROOM, size, most=1)
    return size, shortened, True
