"""What a postal address must be like, country by country.

Postcodes: Universal Postal Union, "Postal addressing systems". A country without an entry has the rule of `ANY`, or none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from models.rules.decision import Allowed, Decision, Refused
from models.rules.visible_text import BLANK

LENGTHS = {"street": 160, "extra": 160, "postcode": 16, "city": 80}
"""Code points at most."""

MISSING, TOO_LONG, CHARACTERS, POSTCODE, COUNTRY = "MISSING", "TOO_LONG", "CHARACTERS", "POSTCODE", "COUNTRY"
MIXED = "MIXED"

_CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC "
    "CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD "
    "GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH "
    "KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW "
    "MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC "
    "SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY "
    "UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(_CODES.split())
"""ISO 3166-1 alpha-2."""


@dataclass(frozen=True, slots=True)
class PostcodeRule:
    """`pattern` is matched by the tidied postcode as a whole, `example` shows one."""

    pattern: str
    example: str


ANY = PostcodeRule(r"[0-9A-Z][0-9A-Z -]{1,14}", "12345")

_FOUR, _FIVE, _SIX = r"\d{4}", r"\d{5}", r"\d{6}"
POSTCODES: dict[str, PostcodeRule] = {
    "AD": PostcodeRule(r"AD\d{3}", "AD500"),
    "AT": PostcodeRule(r"[1-9]\d{3}", "1010"),
    "AU": PostcodeRule(_FOUR, "2000"),
    "BE": PostcodeRule(r"[1-9]\d{3}", "1000"),
    "BG": PostcodeRule(_FOUR, "1000"),
    "CA": PostcodeRule(r"[A-CEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d", "K1A 0B1"),
    "CH": PostcodeRule(r"[1-9]\d{3}", "8001"),
    "CY": PostcodeRule(_FOUR, "1010"),
    "CZ": PostcodeRule(r"\d{3} ?\d{2}", "110 00"),
    "DE": PostcodeRule(_FIVE, "10117"),
    "DK": PostcodeRule(_FOUR, "1050"),
    "EE": PostcodeRule(_FIVE, "10111"),
    "ES": PostcodeRule(r"(?:0[1-9]|[1-4]\d|5[0-2])\d{3}", "28013"),
    "FI": PostcodeRule(_FIVE, "00100"),
    "FR": PostcodeRule(_FIVE, "75001"),
    "GB": PostcodeRule(r"(?:[A-Z]{1,2}\d[A-Z\d]?|GIR) ?\d[A-Z]{2}", "SW1A 1AA"),
    "GR": PostcodeRule(r"\d{3} ?\d{2}", "105 57"),
    "HR": PostcodeRule(_FIVE, "10000"),
    "HU": PostcodeRule(_FOUR, "1051"),
    "IE": PostcodeRule(r"(?:D6W|[AC-FHKNPRTV-Y]\d{2}) ?[0-9AC-FHKNPRTV-Y]{4}", "D02 AF30"),
    "IS": PostcodeRule(r"\d{3}", "101"),
    "IT": PostcodeRule(_FIVE, "00184"),
    "LI": PostcodeRule(r"94(?:8[5-9]|9[0-8])", "9490"),
    "LT": PostcodeRule(r"(?:LT-)?\d{5}", "LT-01103"),
    "LU": PostcodeRule(r"(?:L-)?\d{4}", "1111"),
    "LV": PostcodeRule(r"(?:LV-)?\d{4}", "LV-1050"),
    "MC": PostcodeRule(r"980\d{2}", "98000"),
    "MT": PostcodeRule(r"[A-Z]{3} ?\d{4}", "VLT 1117"),
    "NL": PostcodeRule(r"[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}", "1012 JS"),
    "NO": PostcodeRule(_FOUR, "0150"),
    "PL": PostcodeRule(r"\d{2}-\d{3}", "00-001"),
    "PT": PostcodeRule(r"\d{4}-\d{3}", "1000-205"),
    "RO": PostcodeRule(_SIX, "010011"),
    "SE": PostcodeRule(r"\d{3} ?\d{2}", "111 20"),
    "SI": PostcodeRule(r"(?:SI-)?\d{4}", "1000"),
    "SK": PostcodeRule(r"\d{3} ?\d{2}", "811 01"),
    "SM": PostcodeRule(r"4789\d", "47890"),
    "TR": PostcodeRule(_FIVE, "34110"),
    "UA": PostcodeRule(_FIVE, "01001"),
    "US": PostcodeRule(r"\d{5}(?:-\d{4})?", "20500"),
}

_NO_POSTCODES = (
    "AE AG AO AW BO BS BZ CD CF CG CI CM DJ ER FJ GD GH GM GN GQ GY HK JM KI KM KN KP ML MO MR MS MW NR NU PA QA RW SB SC SL "
    "SR ST SY TD TF TG TK TL TO TT TV UG VU YE ZW"
)
WITHOUT_POSTCODES = frozenset(_NO_POSTCODES.split())

_PREFIXED = frozenset({"AT", "CH", "DE"})
"""Where people still write the letters of the car plates before a postcode: `D-10117`."""

_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")

_COSTUMES = ("FULLWIDTH ", "HALFWIDTH ", "MATHEMATICAL ", "CIRCLED ")
"""Names of what looks like a plain letter or digit and is another."""

_ALPHABETS = frozenset({"LATIN", "GREEK", "CYRILLIC"})
"""Alphabets with letters that look alike."""

_FAR_TOO_LONG = 1_000
"""Normalising takes quadratic time: what is longer is left as it is, for `acceptable` to refuse."""


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address, tidied by `tidied`."""

    street: str
    extra: str | None
    postcode: str
    city: str
    country: str


def line(text: str) -> str:
    """One line: composed (NFC), without blanks around it and with single blanks inside. Other white space stays."""
    if len(text) > _FAR_TOO_LONG:
        return text
    return " ".join(part for part in unicodedata.normalize("NFC", text).split(" ") if part)


def _capitals(text: str) -> str:
    """In capitals, if it is ASCII: `ſ` and `ﬁ` look like what they would become, and are not."""
    return text.upper() if text.isascii() else text


def tidied(street: str, extra: str | None, postcode: str, city: str, country: str) -> PostalAddress:
    """As it is stored: lines of single blanks, the country in capitals, the postcode as its country writes it."""
    country = _capitals(line(country))
    code = _capitals(line(postcode))
    if country in _PREFIXED:
        code = re.sub(r"^[A-Z]{1,2}-", "", code)
    if country == "NL" and re.fullmatch(r"\d{4}[A-Z]{2}", code):
        code = f"{code[:4]} {code[4:]}"
    return PostalAddress(line(street), line(extra or "") or None, code, line(city), country)


def acceptable(address: PostalAddress) -> tuple[str, Decision]:
    """Whether a tidied address will do, and the first part that will not ("" when all do).

    A word is of one alphabet, so that it reads as what it is: one in Latin letters with a Cyrillic `a` is refused.
    """
    if address.country not in COUNTRIES:
        return "country", Refused(COUNTRY)
    for part in ("street", "extra", "postcode", "city"):
        value = getattr(address, part)
        if not value:
            if part == "extra" or (part == "postcode" and address.country in WITHOUT_POSTCODES):
                continue
            return part, Refused(MISSING)
        if len(value) > LENGTHS[part]:
            return part, Refused(TOO_LONG)
        if part == "postcode":  # its pattern has nothing but letters and digits of ASCII, blanks and hyphens
            continue
        if not all(_is_plain(character) for character in value):
            return part, Refused(CHARACTERS)
        if not any(character.isalnum() for character in value):
            return part, Refused(MISSING)
        if any(len(_alphabets(word)) > 1 for word in value.split(" ")):
            return part, Refused(MIXED)
    if address.postcode and not re.fullmatch(postcode_rule(address.country).pattern, address.postcode, re.ASCII):
        return "postcode", Refused(POSTCODE)
    return "", Allowed()


def _is_plain(character: str) -> bool:
    if character in BLANK or unicodedata.category(character) in _UNSEEN or (character.isspace() and character != " "):
        return False
    return not unicodedata.name(character, "").startswith(_COSTUMES)


def _alphabets(word: str) -> set[str]:
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()} & _ALPHABETS


def postcode_rule(country: str) -> PostcodeRule:
    """The rule of a country."""
    return POSTCODES.get(country, ANY)
