"""Files that go with a mail: they arrive as they are stored, and a mail that lost one is not sent."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from gateway.jobs.attachments import attachments_of
from gateway.ports.delivery import Undeliverable
from gateway.ports.mail import Attachment, Mail
from models import Declaration, DeclarationReceipt, OutboxMessage
from models.ids import new_id
from tests.mail.placed import AT

SENDER = "service@host.example"
PDF = b"%PDF-1.7\r\n--=_out_01h455vb4pex5vsknk084sn02q\r\n\x00\xff"
"""Bytes that would end the mail if they were sent as they are."""


def mail(*attachments: Attachment) -> Mail:
    return Mail(
        "out_01h455vb4pex5vsknk084sn02q", ("a@host.example",), AT, "Beleg", "Grüße\n", "<p>Grüße</p>", attachments
    )


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    assert message.defects == []
    return message


def test_a_file_stands_beside_the_text_and_reads_back_byte_for_byte() -> None:
    message = read(mail(Attachment("receipt-K-1.pdf", "application/pdf", PDF)).encoded(SENDER))
    assert message.get_content_type() == "multipart/mixed"
    text, file = message.iter_parts()
    assert [part.get_content_type() for part in text.iter_parts()] == ["text/plain", "text/html"]
    assert (file.get_content_type(), file.get_filename(), file.get_content()) == (
        "application/pdf",
        "receipt-K-1.pdf",
        PDF,
    )
    assert file.get_content_disposition() == "attachment"


def test_a_mail_with_files_has_the_same_bytes_each_time() -> None:
    one = mail(Attachment("a.pdf", "application/pdf", PDF), Attachment("b.xml", "application/xml", b"<a/>"))
    assert one.encoded(SENDER) == one.encoded(SENDER)
    assert len(list(read(one.encoded(SENDER)).iter_attachments())) == 2


def test_what_is_attached_is_not_shown_when_a_mail_is_logged() -> None:
    assert "PDF-1.7" not in repr(mail(Attachment("a.pdf", "application/pdf", PDF)))


def row(*ids: str) -> OutboxMessage:
    return OutboxMessage(kind="mail.declaration_received", payload={"to": ["a@b.example"], "attached": list(ids)})


@pytest.mark.usefixtures("database")
async def test_a_row_names_its_files_by_their_ids() -> None:
    declared = await Declaration.create(
        kind="CANCELLATION", state="RECEIVED", number="K-1", name="A", email="a@b.example", contract_text="V-1",
        language="de", received_at=AT - timedelta(days=1), sha256="0" * 64,
    )  # fmt: skip
    stored = await DeclarationReceipt.create(declaration_id=declared.id, sha256="1" * 64, content=PDF, created_at=AT)
    assert await attachments_of(row(stored.id)) == (Attachment("receipt-K-1.pdf", "application/pdf", PDF),)
    assert await attachments_of(row()) == ()


@pytest.mark.usefixtures("database")
async def test_a_mail_whose_file_is_gone_is_never_sent() -> None:
    with pytest.raises(Undeliverable):
        await attachments_of(row(new_id("drc")))
