"""The cases of each mutation, one file per noun. A new mutation needs its case."""

from __future__ import annotations

from tests.api.cases import (
    acme_challenge,
    agreement,
    api_token,
    calendar_feed,
    cancellation,
    customer,
    data_report,
    debit,
    declaration,
    dns_record,
    feedback,
    form,
    hand_back,
    invoice_export,
    mail_client,
    package_name,
    package_password,
    password,
    reauthentication,
    sign_in,
    tariff_change,
    ticket,
    trusted_device,
    two_factor,
    username,
    web_host,
)
from tests.api.cases.case import Case

PARTS = (
    sign_in,
    reauthentication,
    two_factor,
    data_report,
    debit,
    invoice_export,
    declaration,
    cancellation,
    agreement,
    ticket,
    username,
    feedback,
    form,
    password,
    package_name,
    package_password,
    hand_back,
    api_token,
    trusted_device,
    acme_challenge,
    customer,
    web_host,
    mail_client,
    dns_record,
    calendar_feed,
    tariff_change,
)

CASES: dict[str, Case] = {name: case for part in PARTS for name, case in part.CASES.items()}
