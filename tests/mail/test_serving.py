"""A served gateway hands its mails to the SMTP server its settings name, encrypted and signed in."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from tests.mail.authority import Authority
from tests.mail.receiver import HOST, Receiver, receiving
from tests.running_demo import PATIENCE, environment, serving

GIVE = "mutation ($input: FeedbackCreateInput!) { feedbackCreate(input: $input) { errors { code } } }"
FEEDBACK = {"rating": 3, "text": "Größe?\n<b>Wo</b>", "page": "/hilfe?code=geheim"}


def given(folder: Path, settings: dict[str, str], arrived: Event) -> None:
    """Serve the demo in a folder, give feedback, and go on serving until the mail is there."""
    with serving(folder, **settings) as demo:
        assert demo.ask(GIVE, input=FEEDBACK) == {"feedbackCreate": {"errors": []}}
        assert arrived.wait(PATIENCE), "no mail came"


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # the receiver's own word
async def test_feedback_reaches_the_operator_by_smtp(demo_folder: Path, tmp_path: Path) -> None:
    authority, arrived = Authority(tmp_path), Event()
    folder = tmp_path / "served"
    shutil.copytree(demo_folder, folder)
    receiver = Receiver(at_data=arrived.set)
    async with receiving(receiver, starttls=authority.server(HOST), authentication=True):
        settings = {
            "GATEWAY_SMTP_HOST": HOST,
            "GATEWAY_SMTP_PORT": str(receiver.port),
            "GATEWAY_SMTP_CA_FILE": str(authority.file),
            "GATEWAY_SMTP_USER": "gateway",
            "GATEWAY_SMTP_PASSWORD": "Birke-9",
            "GATEWAY_MAIL_FROM": "service@host.example",
            "GATEWAY_FEEDBACK_EMAIL": "help@host.example",
            "GATEWAY_REMINDER_SCHEDULE": "false",
        }
        await asyncio.to_thread(given, folder, settings, arrived)
    (mail,) = receiver.mails
    assert (mail["From"], mail["To"]) == ("service@host.example", "help@host.example")
    assert receiver.encrypted == [True]
    text, html = (part.get_content() for part in mail.iter_parts())
    assert "> Größe?\n> <b>Wo</b>" in text.replace("\r\n", "\n")
    assert "&lt;b&gt;Wo&lt;/b&gt;" in html
    assert "geheim" not in text + html
    assert not (folder / "var" / "mail").exists()


@pytest.mark.parametrize("command", ["serve", "work"])
def test_a_file_of_authorities_that_is_none_stops_the_start(command: str, demo_folder: Path) -> None:
    settings = environment(GATEWAY_SMTP_HOST=HOST, GATEWAY_SMTP_CA_FILE="geheim.pem")
    done = subprocess.run(
        [sys.executable, "-m", "gateway", command], cwd=demo_folder, env=settings, capture_output=True, timeout=PATIENCE
    )
    assert done.returncode == 2
    assert b"GATEWAY_SMTP_CA_FILE" in done.stderr
    assert len(done.stderr.splitlines()) == 1
