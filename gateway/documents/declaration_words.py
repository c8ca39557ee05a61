"""What receipts of declarations say, on paper and in mails, in German and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.documents.figures import format_date
from models.rules.berlin import BERLIN
from models.rules.declaration import CANCELLATION, EXTRAORDINARY, WITHDRAWAL, Content


@dataclass(frozen=True, slots=True)
class DeclarationWords:
    """One language. By kind: `declared` is what the declaration is called, `subject` how its receipt is headed."""

    subject: Mapping[str, str]
    declared: Mapping[str, str]
    intro: str
    number: str
    received: str
    kind: str
    name: str
    identification: str
    contract: str
    reason: str
    requested: str
    soonest: str
    email: str
    time: str
    checksum: str
    checksum_note: str
    next: Mapping[str, str]


WORDS = {
    "de": DeclarationWords(
        subject={
            CANCELLATION: "Eingangsbestätigung Ihrer Kündigung",
            EXTRAORDINARY: "Eingangsbestätigung Ihrer außerordentlichen Kündigung",
            WITHDRAWAL: "Eingangsbestätigung Ihres Widerrufs",
        },
        declared={
            CANCELLATION: "Ordentliche Kündigung",
            EXTRAORDINARY: "Außerordentliche Kündigung",
            WITHDRAWAL: "Widerruf des Vertrags",
        },
        intro="wir bestätigen Ihnen den Eingang der folgenden Erklärung. Sie ist uns so zugegangen:",
        number="Nummer",
        received="Eingegangen am",
        kind="Erklärung",
        name="Name",
        identification="Weitere Angaben zur Person",
        contract="Vertrag",
        reason="Grund",
        requested="Vertragsende",
        soonest="zum nächstmöglichen Zeitpunkt",
        email="Bestätigung an",
        time="{date}, {berlin} Uhr (Berlin), {utc} Uhr UTC",
        checksum="Prüfsumme (SHA-256)",
        checksum_note="Die Prüfsumme ist die des Inhalts in seiner Normalform: Sie belegt, dass die Erklärung mit genau diesem "
        "Inhalt eingegangen ist. Bewahren Sie diese Bestätigung auf.",
        next={
            CANCELLATION: "Wir ordnen die Kündigung nun Ihrem Vertrag zu und melden uns, falls uns dafür etwas fehlt.",
            EXTRAORDINARY: "Wir prüfen den Grund der Kündigung und melden uns bei Ihnen.",
            WITHDRAWAL: "Wir ordnen den Widerruf nun Ihrem Vertrag zu und melden uns, falls uns dafür etwas fehlt. Er ist "
            "fristgerecht, wenn Sie ihn vor Ablauf der Widerrufsfrist abgeschickt haben (§ 355 Abs. 1 Satz 5 BGB).",
        },
    ),
    "en": DeclarationWords(
        subject={
            CANCELLATION: "Receipt of your cancellation",
            EXTRAORDINARY: "Receipt of your extraordinary cancellation",
            WITHDRAWAL: "Receipt of your withdrawal",
        },
        declared={
            CANCELLATION: "Ordinary cancellation",
            EXTRAORDINARY: "Extraordinary cancellation",
            WITHDRAWAL: "Withdrawal from the contract",
        },
        intro="we confirm that the following declaration has reached us. It arrived like this:",
        number="Number",
        received="Received on",
        kind="Declaration",
        name="Name",
        identification="More about the person",
        contract="Contract",
        reason="Reason",
        requested="End of the contract",
        soonest="at the next possible time",
        email="Confirmation to",
        time="{date}, {berlin} (Berlin), {utc} UTC",
        checksum="Checksum (SHA-256)",
        checksum_note="The checksum is that of the content in its canonical form: it proves that the declaration arrived with "
        "exactly this content. Please keep this confirmation.",
        next={
            CANCELLATION: "We now assign the cancellation to your contract, and ask you if we lack something for that.",
            EXTRAORDINARY: "We look at the reason of the cancellation and come back to you.",
            WITHDRAWAL: "We now assign the withdrawal to your contract, and ask you if we lack something for that. It is "
            "in time if you sent it before the withdrawal period ended (§ 355 (1) sentence 5 BGB).",
        },
    ),
}


def received(content: Content, language: str) -> str:
    """Date and time of arrival, in Berlin and UTC."""
    there = content.received_at.astimezone(BERLIN)
    return WORDS[language].time.format(
        date=format_date(there.date(), language), berlin=f"{there:%H:%M:%S}", utc=f"{content.received_at:%H:%M:%S}"
    )


def entries(content: Content, language: str) -> list[tuple[str, list[str]]]:
    """What was declared, as labels and lines: the same on paper and in the mail."""
    words = WORDS[language]
    told = [
        (words.number, [content.number]),
        (words.received, [received(content, language)]),
        (words.kind, [words.declared[content.kind]]),
        (words.name, [content.name]),
    ]
    if content.identification:
        told.append((words.identification, [content.identification]))
    told.append((words.contract, [content.contract]))
    if content.reason:
        told.append((words.reason, content.reason.split("\n")))
    if content.kind != WITHDRAWAL:
        day = content.requested_on
        told.append((words.requested, [words.soonest if day is None else format_date(day, language)]))
    return [*told, (words.email, [content.email])]
