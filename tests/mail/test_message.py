"""A mail as RFC 5322 has it: parts, headers, encodings, and nobody's text in a header of its own."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from gateway.ports.delivery import Undeliverable
from gateway.ports.mail import Mail
from tests.mail.placed import AT

SENDER = "service@host.example"
TEXT = "Grüße aus Köln, €5.\n" + "lang " * 400 + "\n"


def mail(**changed: object) -> Mail:
    values: dict[str, object] = {
        "id": "out_01h455vb4pex5vsknk084sn02q",
        "to": ("katharina@host.example",),
        "at": AT,
        "subject": "Ihr Paßwort – geändert",
        "text": TEXT,
        "html": f"<p>{TEXT}</p>",
    }
    return Mail(**(values | changed))  # type: ignore[arg-type]  # a test's own values


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    assert message.defects == []
    return message


def test_it_has_a_text_and_then_an_html_part_that_read_back_as_written() -> None:
    message = read(mail().encoded(SENDER))
    assert message.get_content_type() == "multipart/alternative"
    parts = list(message.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert [part.get_content_charset() for part in parts] == ["utf-8", "utf-8"]
    contents = [part.get_content().replace("\r\n", "\n") for part in parts]
    assert contents == [TEXT, f"<p>{TEXT}</p>\n"]


def test_its_headers_are_complete_and_unique() -> None:
    message = read(mail().encoded(SENDER))
    assert message["From"] == SENDER
    assert message["To"] == "katharina@host.example"
    assert message["Subject"] == "Ihr Paßwort – geändert"
    assert message["Date"].datetime == AT
    assert message["Message-ID"] == "<out_01h455vb4pex5vsknk084sn02q@host.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert len(message.keys()) == len(set(message.keys()))


def test_it_is_ascii_in_lines_of_at_most_998_octets() -> None:
    content = mail(subject="ü" * 300).encoded(SENDER)
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_it_is_the_same_at_every_try() -> None:
    assert mail().encoded(SENDER) == mail().encoded(SENDER)


@pytest.mark.parametrize(
    "changed",
    [
        {"subject": "a\r\nBcc: b@example.com"},
        {"subject": "a\nb"},
        {"to": ("a@example.com\r\nBcc: b@example.com",)},
        {"to": ("a@example.com\n",)},
        {"to": ("nobody",)},
        {"to": ("@example.com",)},
        {"to": ("a@",)},
        {"to": ("a@exa mple.com",)},
        {"to": ("a@" + "x" * 64 + ".example",)},
    ],
)
def test_what_no_mail_can_hold_is_undeliverable(changed: dict[str, object]) -> None:
    with pytest.raises(Undeliverable) as refusal:
        mail(**changed).encoded(SENDER)
    assert "example" not in str(refusal.value)


def test_an_address_is_one_recipient_whatever_it_looks_like() -> None:
    message = read(mail(to=("a,b<c@host.example",)).encoded(SENDER))
    assert [address.addr_spec for address in message["To"].addresses] == ['"a,b<c"@host.example']


def test_a_domain_with_umlauts_travels_in_its_ascii_form() -> None:
    message = read(mail(to=("info@müller.example",)).encoded("dienst@größe.example"))
    assert message["To"] == "info@xn--mller-kva.example"
    assert message["From"] == "dienst@xn--gre-6ka8i.example"
    assert message["Message-ID"].endswith("@xn--gre-6ka8i.example>")


def test_a_name_of_a_mailbox_beyond_ascii_is_kept() -> None:
    content = mail(to=("müller@host.example",)).encoded(SENDER)
    assert "To: müller@host.example\r\n".encode() in content
