"""What it means that a direct debit came back: the reason codes of SEPA returns (EPC173-14, ISO 20022 external codes).

Banks in Germany seldom give a reason that says something of the debtor: without one the code is `MS03`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Repeat(StrEnum):
    """Whether sending the debit again makes sense: as it is, from another account only, or not at all."""

    SENSIBLE = "SENSIBLE"
    NEW_ACCOUNT = "NEW_ACCOUNT"
    NOT = "NOT"


@dataclass(frozen=True, slots=True)
class ReturnCode:
    """A code with its reason, English and German, and what to do about it."""

    repeat: Repeat
    reason: tuple[str, str]
    advice: tuple[str, str]

    def reason_in(self, language: str) -> str:
        """Why it came back, in `de` or otherwise English."""
        return self.reason[language == "de"]

    def advice_in(self, language: str) -> str:
        """What to do, in `de` or otherwise English."""
        return self.advice[language == "de"]


_AGAIN = (
    "Make sure that the account covers the amount, then repeat the debit, or transfer the amount.",
    "Sorgen Sie für Deckung und wiederholen Sie die Lastschrift, oder überweisen Sie den Betrag.",
)
_ASK_BANK = (
    "Ask your bank for the reason, then repeat the debit, or transfer the amount.",
    "Fragen Sie Ihre Bank nach dem Grund und wiederholen Sie die Lastschrift, oder überweisen Sie den Betrag.",
)
_NEW = (
    "Enter new bank details first, or transfer the amount.",
    "Hinterlegen Sie zuerst eine neue Bankverbindung, oder überweisen Sie den Betrag.",
)
_OURS = (
    "You need do nothing about the reason, we correct it; the debit can be repeated then.",
    "Um den Grund müssen Sie sich nicht kümmern, wir beheben ihn; danach kann die Lastschrift wiederholt werden.",
)
_CONTACT = (
    "Please write to us; until this is cleared nothing is debited.",
    "Bitte schreiben Sie uns; bis das geklärt ist, wird nichts abgebucht.",
)


def _again(english: str, german: str, advice: tuple[str, str] = _ASK_BANK) -> ReturnCode:
    return ReturnCode(Repeat.SENSIBLE, (english, german), advice)


def _new(english: str, german: str) -> ReturnCode:
    return ReturnCode(Repeat.NEW_ACCOUNT, (english, german), _NEW)


def _not(english: str, german: str) -> ReturnCode:
    return ReturnCode(Repeat.NOT, (english, german), _CONTACT)


RETURN_CODES: dict[str, ReturnCode] = {
    "AC01": _new("The IBAN is wrong.", "Die IBAN ist falsch."),
    "AC04": _new("The account is closed.", "Das Konto ist aufgelöst."),
    "AC06": _new("The account is blocked.", "Das Konto ist gesperrt."),
    "AC13": _new("The account is of the wrong kind.", "Das Konto ist von der falschen Art."),
    "AG01": _new("The account takes no direct debits.", "Das Konto ist für Lastschriften nicht zugelassen."),
    "AG02": _again("The kind of debit was stated wrongly.", "Die Art der Lastschrift war falsch angegeben.", _OURS),
    "AM04": _again("The account did not cover the amount.", "Das Konto war nicht gedeckt.", _AGAIN),
    "AM05": _again("The bank took it for a duplicate.", "Die Bank hielt die Lastschrift für doppelt eingereicht."),
    "BE05": _new("The bank does not know the creditor.", "Die Bank kennt den Gläubiger nicht."),
    "CNOR": _again(
        "Our bank was not registered for direct debits.",
        "Unsere Bank war nicht für Lastschriften registriert.",
        _OURS,
    ),
    "DNOR": _new("Your bank takes no direct debits.", "Ihre Bank nimmt an Lastschriften nicht teil."),
    "DT01": _again("The day of the debit was not valid.", "Der Tag der Lastschrift war ungültig.", _OURS),
    "ED05": _again("The banks could not settle it.", "Die Banken konnten sie nicht verrechnen.", _OURS),
    "FF01": _again("The file for the bank was malformed.", "Die Datei an die Bank war fehlerhaft.", _OURS),
    "FF05": _again("The scheme was stated wrongly.", "Das Lastschriftverfahren war falsch angegeben.", _OURS),
    "MD01": _new("There is no valid mandate.", "Es liegt kein gültiges Mandat vor."),
    "MD02": _new("Data of the mandate are missing or wrong.", "Angaben zum Mandat fehlen oder sind falsch."),
    "MD06": _not("The amount was claimed back by the payer.", "Der Betrag wurde vom Zahler zurückgefordert."),
    "MD07": _not("The payer has died.", "Der Zahler ist verstorben."),
    "MS02": _again("The payer refused it, without a reason.", "Der Zahler hat sie ohne Angabe von Gründen abgelehnt."),
    "MS03": _again(
        "The bank gave no reason, which is usual in Germany; often the account was not covered.",
        "Die Bank nennt keinen Grund, was in Deutschland üblich ist; oft fehlte die Deckung.",
        _AGAIN,
    ),
    "RC01": _new("The bank's code (BIC) is wrong.", "Die Bankkennung (BIC) ist falsch."),
    "RR01": _new("The payer's account or identity is missing.", "Konto oder Kennung des Zahlers fehlt."),
    "RR02": _again("The payer's name or address is missing.", "Name oder Anschrift des Zahlers fehlt.", _OURS),
    "RR03": _again("The creditor's name or address is missing.", "Name oder Anschrift des Gläubigers fehlt.", _OURS),
    "RR04": _new("The law keeps the bank from paying it.", "Die Bank darf sie aus rechtlichen Gründen nicht einlösen."),
    "SL01": _new(
        "The account does not let this creditor debit it.",
        "Das Konto ist für Lastschriften dieses Gläubigers gesperrt.",
    ),
    "TM01": _again("It reached the bank too late.", "Sie kam zu spät bei der Bank an.", _OURS),
}
"""The codes that banks of the SEPA area give for direct debits (SDD Core and B2B), by code."""

UNKNOWN = ReturnCode(
    Repeat.SENSIBLE,
    (
        "The bank returned the debit for a reason of its own.",
        "Die Bank hat die Lastschrift aus eigenem Grund zurückgegeben.",
    ),
    _ASK_BANK,
)
"""What is said of a code that is not in the table: the lists grow."""


def return_code(code: str) -> ReturnCode:
    """What a code means."""
    return RETURN_CODES.get(code, UNKNOWN)


def permits_repeat(code: str) -> bool:
    """Whether a debit that came back with `code` may be sent again to the same account under the same mandate."""
    return return_code(code).repeat is Repeat.SENSIBLE
