"""Forms on paper."""

MESSAGES: dict[str, tuple[str, str]] = {
    "form.UPGRADE": ("Change to a higher tariff", "Wechsel in einen höheren Tarif"),
    "form.DOWNGRADE": ("Change to a smaller tariff", "Wechsel in einen kleineren Tarif"),
    "form.DOMAIN_HOLDER_CHANGE": ("Change of domain holder", "Änderung des Domaininhabers"),
    "form.CONTRACT_TRANSFER": ("Contract transfer", "Vertragsübernahme"),
    "form.CANCELLATION": ("Cancellation", "Kündigung"),
    "refused.NO_DOMAIN": ("The package has no domain.", "Das Paket hat keine Domain."),
}
