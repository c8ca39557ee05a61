"""What forms say, in German and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.rules.form import FormKind


@dataclass(frozen=True, slots=True)
class FormWords:
    """One language. By kind: `title` is the headline, `intro` what the form declares."""

    title: Mapping[FormKind, str]
    intro: Mapping[FormKind, str]
    number: str
    contract: str
    made_on: str
    holder: str
    email: str
    package: str
    tariff: str
    all_contracts: str
    everything: str
    some: str
    wanted: str
    wanted_tariff: str
    when: str
    soonest: str
    on: str
    domains: str
    domains_intro: str
    registered_for: str
    what_of_domains: str
    deleted: str
    moved: str
    new_holder: str
    blanks: tuple[str, ...]
    debit: tuple[str, ...]
    consent: str
    present: str
    new: str
    customer: str
    us: str
    place: str
    signature: str
    send: str
    online: str


_BLANKS_DE = (
    "Name oder Firma", "Ansprechpartner/in", "Straße und Hausnummer", "Postleitzahl und Ort", "Land", "E-Mail-Adresse",
    "Telefon",
)  # fmt: skip
_BLANKS_EN = (
    "Name or company", "Contact person", "Street and number", "Postcode and town", "Country", "E-mail address", "Phone",
)  # fmt: skip

WORDS = {
    "de": FormWords(
        title={
            FormKind.UPGRADE: "Wechsel in einen höheren Tarif",
            FormKind.DOWNGRADE: "Wechsel in einen kleineren Tarif",
            FormKind.DOMAIN_HOLDER_CHANGE: "Änderung des Domaininhabers",
            FormKind.CONTRACT_TRANSFER: "Vertragsübernahme",
            FormKind.CANCELLATION: "Kündigung",
        },
        intro={
            FormKind.UPGRADE: "Hiermit beauftrage ich den Wechsel dieses Vertrags in einen höheren Tarif.",
            FormKind.DOWNGRADE: "Hiermit beauftrage ich den Wechsel dieses Vertrags in einen kleineren Tarif. Er gilt ab der "
            "nächsten Abrechnungsperiode, wenn der Vertrag bis dahin in den neuen Tarif passt.",
            FormKind.DOMAIN_HOLDER_CHANGE: "Hiermit beauftragen wir, als Inhaber der angekreuzten Domains den unten genannten "
            "neuen Inhaber einzutragen. Der Hosting-Vertrag bleibt davon unberührt.",
            FormKind.CONTRACT_TRANSFER: "Hiermit vereinbaren wir, dass der neue Vertragsinhaber mit allen Rechten und "
            "Pflichten in den Vertrag eintritt und der bisherige ausscheidet (§ 415 BGB). Bis zur Zustimmung des Anbieters "
            "bleibt der bisherige Vertragsinhaber Vertragspartner.",
            FormKind.CANCELLATION: "Hiermit kündige ich den folgenden Vertrag mit allem, was dazugehört.",
        },
        number="Kundennummer",
        contract="Vertragsnummer",
        made_on="Erstellt am",
        holder="Vertragsinhaber",
        email="E-Mail-Adresse",
        package="Paket",
        tariff="Bisheriger Tarif",
        all_contracts="Verträge",
        everything="alle Verträge unter dieser Kundennummer",
        some="nur diese Verträge (Nummern):",
        wanted="Gewünscht",
        wanted_tariff="Neuer Tarif",
        when="Zeitpunkt",
        soonest="zum nächstmöglichen Zeitpunkt",
        on="zum (Tag, Monat, Jahr):",
        domains="Domains",
        domains_intro="Bitte ankreuzen, für welche Domains die Änderung gilt.",
        registered_for="Bisheriger Inhaber: {holder}",
        what_of_domains="Domains des Pakets",
        deleted="Alle Domains werden gelöscht.",
        moved="Die Domains ziehen zu einem anderen Anbieter um; bitte teilen Sie mir die AuthInfo-Codes mit.",
        new_holder="Neuer Inhaber",
        blanks=_BLANKS_DE,
        debit=("Kontoinhaber", "IBAN"),
        consent="SEPA-Lastschriftmandat: Ich ermächtige den Anbieter, fällige Beträge vom genannten Konto einzuziehen, und "
        "weise mein Kreditinstitut an, die Lastschriften einzulösen. Innerhalb von acht Wochen kann ich die Erstattung "
        "verlangen.",
        present="Bisheriger Inhaber",
        new="Neuer Inhaber",
        customer="Vertragsinhaber",
        us="Zustimmung des Anbieters",
        place="Ort, Datum",
        signature="Unterschrift",
        send="Bitte senden Sie das unterschriebene Formular an: {address}",
        online="Ohne Formular geht es schneller: in Ihrem Kundenkonto unter „Verträge“.",
    ),
    "en": FormWords(
        title={
            FormKind.UPGRADE: "Change to a higher tariff",
            FormKind.DOWNGRADE: "Change to a smaller tariff",
            FormKind.DOMAIN_HOLDER_CHANGE: "Change of domain holder",
            FormKind.CONTRACT_TRANSFER: "Contract transfer",
            FormKind.CANCELLATION: "Cancellation",
        },
        intro={
            FormKind.UPGRADE: "I hereby order the change of this contract to a higher tariff.",
            FormKind.DOWNGRADE: "I hereby order the change of this contract to a smaller tariff. It holds from the next "
            "billing period on if the contract fits the new tariff by then.",
            FormKind.DOMAIN_HOLDER_CHANGE: "We hereby order that the new holder named below is entered as the holder of the "
            "ticked domains. The hosting contract is not affected.",
            FormKind.CONTRACT_TRANSFER: "We hereby agree that the new contract holder enters into the contract with all rights "
            "and duties, and that the present one leaves it (§ 415 BGB). Until the provider consents, the present contract "
            "holder remains the party to the contract.",
            FormKind.CANCELLATION: "I hereby cancel the following contract with everything that belongs to it.",
        },
        number="Customer number",
        contract="Contract number",
        made_on="Made on",
        holder="Contract holder",
        email="E-mail address",
        package="Package",
        tariff="Present tariff",
        all_contracts="Contracts",
        everything="all contracts under this customer number",
        some="these contracts only (numbers):",
        wanted="What is wanted",
        wanted_tariff="New tariff",
        when="When",
        soonest="at the next possible time",
        on="on (day, month, year):",
        domains="Domains",
        domains_intro="Please tick the domains that the change is for.",
        registered_for="Present holder: {holder}",
        what_of_domains="Domains of the package",
        deleted="All domains are deleted.",
        moved="The domains move to another provider; please tell me their AuthInfo codes.",
        new_holder="New holder",
        blanks=_BLANKS_EN,
        debit=("Account holder", "IBAN"),
        consent="SEPA direct debit mandate: I authorise the provider to collect what is due from this account, and instruct my "
        "bank to honour the debits. I can ask for a refund within eight weeks.",
        present="Present holder",
        new="New holder",
        customer="Contract holder",
        us="Consent of the provider",
        place="Place, date",
        signature="Signature",
        send="Please send the signed form to: {address}",
        online="It is quicker without a form: in your customer account under “Contracts”.",
    ),
}
