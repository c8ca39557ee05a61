"""The README says the truth: each shown command gives the shown answer, each setting and code is there."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from gateway.errors import ErrorCode
from gateway.settings import PREFIX, Settings
from tests.running_demo import ROOT, Demo

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.compile(r"<!-- run: ([\w-]+) -->\n```console\n\$ (.*?[^\\])\n(.*?)\n```", re.DOTALL)
COMMANDS = {name: (command, answer) for name, command, answer in SHOWN.findall(README)}

VARYING = re.compile(r"gws_\w+…?|R\d{4}-\d{6}")
"""What differs from one demo to the next: tokens, and the numbers of invoices, which move with the calendar."""


def run(name: str, demo: Demo, folder: Path, **variables: str) -> tuple[str, str]:
    """What a shown command prints against this demo, and what the README shows."""
    command, shown = COMMANDS[name]
    for placeholder, value in variables.items():
        command = command.replace(placeholder, value)
    command = command.replace("http://127.0.0.1:8000", demo.url)
    ran = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=60, check=True)
    return ran.stdout.strip(), shown.strip()


def steady(text: str) -> str:
    return VARYING.sub("*", text)


def shape(value: Any) -> Any:
    """The names of an answer without its values."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    return [shape(inner) for inner in value] if isinstance(value, list) else type(value).__name__


def test_signing_in_answers_as_shown(demo: Demo, tmp_path: Path) -> None:
    printed, shown = run("sign-in", demo, tmp_path)
    assert steady(printed) == steady(shown)


def test_the_package_list_answers_as_shown(demo: Demo, tmp_path: Path) -> None:
    printed, shown = run("packages", demo, tmp_path, **{"$TOKEN": demo.token("20481937")})
    assert printed == shown


def test_an_invoice_answers_as_shown(demo: Demo, tmp_path: Path) -> None:
    printed, shown = run("invoice", demo, tmp_path, **{"$TOKEN": demo.token("20481937")})
    assert shape(json.loads(printed)) == shape(json.loads(shown))


def test_the_pdf_of_an_invoice_comes_as_shown(demo: Demo, tmp_path: Path) -> None:
    token = demo.token("20481937")
    path = demo.ask("{ invoices(first: 1) { nodes { pdfPath } } }", token)["invoices"]["nodes"][0]["pdfPath"]
    shown_path = re.search(r"/invoices/\S+\.pdf", COMMANDS["pdf"][0])
    assert shown_path is not None
    printed, shown = run("pdf", demo, tmp_path, **{"$TOKEN": token, shown_path.group(): path})
    assert printed == shown
    assert (tmp_path / "invoice.pdf").read_bytes().startswith(b"%PDF-")


def test_a_package_login_is_answered_as_shown(demo: Demo, tmp_path: Path) -> None:
    printed, shown = run("package-login", demo, tmp_path, **{"$PACKAGE_TOKEN": demo.token("familie-weiss.example")})
    assert printed == shown


def test_every_shown_command_is_run_by_a_test() -> None:
    assert set(COMMANDS) == {"sign-in", "packages", "invoice", "pdf", "package-login"}
    assert README.count("<!-- run:") == len(COMMANDS)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_table_with_its_default_and_meaning(name: str) -> None:
    field = Settings.model_fields[name]
    row = next((line for line in README.splitlines() if line.startswith(f"| `{PREFIX}{name.upper()}` |")), "")
    assert str(field.description) in row
    if isinstance(field.default, str | int | float) and not isinstance(field.default, bool):
        assert f"`{field.default}`" in row


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_error_code_is_explained(code: ErrorCode) -> None:
    assert f"`{code.value}`" in README


def test_every_folder_of_the_gateway_is_on_the_map() -> None:
    for folder in (ROOT / "gateway").iterdir():
        if (folder / "__init__.py").exists():
            assert f"gateway/{folder.name}/" in README, folder.name
