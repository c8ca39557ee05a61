"""What a worker process is asked to draw. The server imports this and nothing that draws."""

from __future__ import annotations

from gateway.documents.agreement import AgreementDocument
from gateway.documents.cancellation import CancellationDocument
from gateway.documents.data_report import DataReportDocument
from gateway.documents.declaration import DeclarationDocument
from gateway.documents.form import FormDocument
from gateway.documents.invoice import InvoiceDocument
from gateway.documents.recovery_codes import RecoveryCodesDocument


def draw_invoice(document: InvoiceDocument) -> bytes:
    """The PDF of an invoice: `gateway.documents.invoice_pdf.render_invoice`, imported where it is drawn."""
    from gateway.documents.invoice_pdf import render_invoice

    return render_invoice(document)


def draw_data_report(document: DataReportDocument) -> bytes:
    """The PDF of a data report: `gateway.documents.data_report_pdf.render_data_report`, imported where it is drawn."""
    from gateway.documents.data_report_pdf import render_data_report

    return render_data_report(document)


def draw_recovery_codes(document: RecoveryCodesDocument) -> bytes:
    """The PDF of recovery codes: `gateway.documents.recovery_codes_pdf`, imported where it is drawn."""
    from gateway.documents.recovery_codes_pdf import render_recovery_codes

    return render_recovery_codes(document)


def draw_agreement(document: AgreementDocument) -> bytes:
    """The PDF of an agreement: `gateway.documents.agreement_pdf.render_agreement`, imported where it is drawn."""
    from gateway.documents.agreement_pdf import render_agreement

    return render_agreement(document)


def draw_declaration(document: DeclarationDocument) -> bytes:
    """The PDF of a receipt: `gateway.documents.declaration_pdf.render_declaration`, imported where it is drawn."""
    from gateway.documents.declaration_pdf import render_declaration

    return render_declaration(document)


def draw_cancellation(document: CancellationDocument) -> bytes:
    """The PDF of a receipt: `gateway.documents.cancellation_pdf.render_cancellation`, imported where it is drawn."""
    from gateway.documents.cancellation_pdf import render_cancellation

    return render_cancellation(document)


def draw_form(document: FormDocument) -> bytes:
    """The PDF of a form: `gateway.documents.form_pdf.render_form`, imported where it is drawn."""
    from gateway.documents.form_pdf import render_form

    return render_form(document)
