"""The clients are installed at exact versions, from whatever registry the machine uses, and run nothing meanwhile."""

from __future__ import annotations

import json

from tests.clients.node import CLIENTS, MANIFEST

LOCK = json.loads((CLIENTS / "package-lock.json").read_text("utf-8"))
PACKAGES = {name: package for name, package in LOCK["packages"].items() if name}


def test_the_lock_holds_what_the_manifest_names_with_hashes_and_no_addresses() -> None:
    assert LOCK["packages"][""]["devDependencies"] == MANIFEST["devDependencies"]
    assert [version for version in MANIFEST["devDependencies"].values() if not version[0].isdigit()] == []
    assert [name for name, package in PACKAGES.items() if "resolved" in package] == []
    assert [name for name, package in PACKAGES.items() if not package["integrity"].startswith("sha512-")] == []


def test_nothing_runs_while_packages_are_installed() -> None:
    assert "ignore-scripts=true" in (CLIENTS / ".npmrc").read_text("utf-8").splitlines()
    assert [name for name, package in PACKAGES.items() if package.get("hasInstallScript")] == []
