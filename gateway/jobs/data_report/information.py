"""What has to be said besides the data: Art. 15 (1) (a) to (h) and (2) GDPR, in German and English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gateway.documents.party import country_name
from gateway.jobs.data_report.declaration import Category, Reason, Section, Words, say
from gateway.jobs.data_report.subject import Subject
from gateway.jobs.data_report.words import WITHHELD


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said about one letter of the article: in the language of the report."""

    article: str
    heading: str
    paragraphs: tuple[str, ...]


_RECIPIENTS: Words = (
    "Banks, when we collect payments or pay back; registries of domain names, with the data of the domain; tax advisers, "
    "auditors, courts and authorities, where the law demands it.",
    "Banken, wenn wir Zahlungen einziehen oder erstatten; Registrierungsstellen von Domains mit den Daten der Domain; "
    "Steuerberatung, Wirtschaftsprüfung, Gerichte und Behörden, soweit das Gesetz es verlangt.",
)
_WHOEVER_HAS_THE_PACKAGE_LOGIN: Words = (
    "Whoever you gave the package login of a package to sees the technical data of that package, and nothing else.",
    "Wem Sie den Paketzugang eines Pakets gegeben haben, der sieht die technischen Daten dieses Pakets und sonst nichts.",
)
_NO_PROCESSORS: Words = (
    "No other company processes these data on our behalf.",
    "Kein anderes Unternehmen verarbeitet diese Daten in unserem Auftrag.",
)
_THIRD_COUNTRIES: Words = (
    "Outside the European Economic Area data go to no others than the companies named above with such a country, on the "
    "basis that is named with each: an adequacy decision (Art. 45 GDPR) or safeguards (Art. 46 GDPR).",
    "Außerhalb des Europäischen Wirtschaftsraums gehen Daten an niemanden als die oben mit einem solchen Land genannten "
    "Unternehmen, auf der jeweils genannten Grundlage: einem Angemessenheitsbeschluss (Art. 45 DSGVO) oder Garantien "
    "(Art. 46 DSGVO).",
)
_RIGHTS: Words = (
    "You can have wrong data corrected (Art. 16), data erased (Art. 17) or their processing restricted (Art. 18), receive "
    "data you gave us in a machine-readable form (Art. 20: the JSON file beside this one), and object to processing that "
    "rests on our legitimate interests (Art. 21). Much of it you can change in your customer account yourself; for the rest "
    "write to {contact}.",
    "Sie können falsche Daten berichtigen (Art. 16), Daten löschen (Art. 17) oder ihre Verarbeitung einschränken lassen "
    "(Art. 18), Daten, die Sie uns gegeben haben, in maschinenlesbarer Form erhalten (Art. 20: die JSON-Datei neben dieser) "
    "und einer Verarbeitung widersprechen, die auf unseren berechtigten Interessen beruht (Art. 21). Vieles können Sie in "
    "Ihrem Kundenkonto selbst ändern; für alles andere schreiben Sie bitte an {contact}.",
)
_COMPLAINT: Words = (
    "You can lodge a complaint with a data protection supervisory authority (Art. 77), in particular where you live or work"
    "{authority}.",
    "Sie können sich bei einer Datenschutz-Aufsichtsbehörde beschweren (Art. 77), insbesondere dort, wo Sie wohnen oder "
    "arbeiten{authority}.",
)
_OUR_AUTHORITY: Words = ("; ours is: {authority}", "; für uns zuständig ist: {authority}")
_NO_DECISIONS: Words = (
    "There are no decisions based solely on automated processing, and no profiling (Art. 22).",
    "Es gibt keine ausschließlich automatisierten Entscheidungen und kein Profiling (Art. 22).",
)

_HEADINGS: dict[str, Words] = {
    "15(1)(a)": ("What the data are for", "Wozu die Daten dienen"),
    "15(1)(b)": ("Which kinds of data there are", "Welche Arten von Daten es gibt"),
    "15(1)(c)": ("Who receives them", "Wer sie erhält"),
    "15(1)(d)": ("How long they are stored", "Wie lange sie gespeichert werden"),
    "15(1)(e)": ("Your rights", "Ihre Rechte"),
    "15(1)(f)": ("Complaints", "Beschwerde"),
    "15(1)(g)": ("Where they are from", "Woher sie stammen"),
    "15(1)(h)": ("Automated decisions", "Automatisierte Entscheidungen"),
    "15(2)": ("Transfers to third countries", "Übermittlung in Drittländer"),
}


def information(subject: Subject) -> list[Statement]:
    """Everything Art. 15 (1) and (2) GDPR asks for, in its order."""
    told = {
        "15(1)(a)": [_by_category(c, c.purpose, subject) for c in categories(subject)],
        "15(1)(b)": [_kinds(c, sections, subject) for c, sections in _by_kind(subject)],
        "15(1)(c)": list(_recipients(subject)),
        "15(1)(d)": [_by_category(c, c.storage, subject) for c in categories(subject)],
        "15(1)(e)": [say(_RIGHTS, subject.language).format(contact=contact(subject))],
        "15(1)(f)": [_complaint(subject)],
        "15(1)(g)": [_by_category(c, c.source, subject) for c in categories(subject)],
        "15(1)(h)": [say(_NO_DECISIONS, subject.language)],
        "15(2)": [say(_THIRD_COUNTRIES, subject.language)],
    }
    return [
        Statement(article, say(_HEADINGS[article], subject.language), tuple(paragraphs))
        for article, paragraphs in told.items()
    ]


def left_out(subject: Subject) -> list[tuple[Reason, str, list[tuple[Section, str]]]]:
    """What is not in the report: the reason, its words, and the columns (section, name)."""
    found: dict[Reason, list[tuple[Section, str]]] = {}
    for section in subject.sections():
        for name, reason in section.withheld():
            found.setdefault(reason, []).append((section, name))
    return [(reason, say(WITHHELD[reason], subject.language), found[reason]) for reason in Reason if reason in found]


def categories(subject: Subject) -> list[Category]:
    """The kinds of data, in the order of the report."""
    return [category for category, _ in _by_kind(subject)]


def contact(subject: Subject) -> str:
    """Whom to write to about data protection."""
    company = subject.company
    return company.data_protection_contact or company.email or f"{company.name}, {company.street}"


def _by_kind(subject: Subject) -> list[tuple[Category, Sequence[Section]]]:
    kinds: dict[str, tuple[Category, list[Section]]] = {}
    for section in subject.sections():
        kinds.setdefault(section.category.name[0], (section.category, []))[1].append(section)
    return list(kinds.values())


def _by_category(category: Category, words: Words, subject: Subject) -> str:
    return f"{say(category.name, subject.language)}: {say(words, subject.language)}"


def _kinds(category: Category, sections: Sequence[Section], subject: Subject) -> str:
    counted = (f"{say(section.title, subject.language)} ({subject.counts[section.name]})" for section in sections)
    return f"{say(category.name, subject.language)}: {', '.join(counted)}."


def _recipients(subject: Subject) -> Iterator[str]:
    language = subject.language
    for company in subject.recipients:
        parts = [company.name, company.address, country_name(company.country, language), company.purpose]
        yield ", ".join(parts) + (f" ({company.safeguard})" if company.safeguard else "") + "."
    if not subject.recipients:
        yield say(_NO_PROCESSORS, language)
    yield say(_RECIPIENTS, language)
    yield say(_WHOEVER_HAS_THE_PACKAGE_LOGIN, language)


def _complaint(subject: Subject) -> str:
    authority = subject.company.supervisory_authority
    ours = say(_OUR_AUTHORITY, subject.language).format(authority=authority) if authority else ""
    return say(_COMPLAINT, subject.language).format(authority=ours)
