"""Node, and the clients that `npm ci` installs in this folder. Node may be the machine's or the one from pip."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CLIENTS = Path(__file__).resolve().parent
MODULES = CLIENTS / "node_modules"
MANIFEST: dict[str, Any] = json.loads((CLIENTS / "package.json").read_text("utf-8"))
PATIENCE = 120.0
"""Seconds that a client may take on a busy machine."""


def node() -> str:
    """The program. Where it or a client is missing the test fails in CI and is skipped elsewhere."""
    found = shutil.which("node", path=os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)]))
    missing = [name for name, version in MANIFEST["devDependencies"].items() if _installed(name) != version]
    if found and not missing:
        return found
    lack = f"tests/clients lacks {', '.join(missing)} (npm ci)" if found else "node is missing"
    if os.environ.get("CI"):
        pytest.fail(lack, pytrace=False)
    pytest.skip(f"{lack}: what clients make of the gateway was not looked at")


def _installed(name: str) -> str | None:
    """The version of a package that is there."""
    try:
        manifest = json.loads((MODULES / name / "package.json").read_text("utf-8"))
    except OSError:
        return None
    return str(manifest["version"])


def run(script: Path, *arguments: str, cwd: Path = CLIENTS) -> subprocess.CompletedProcess[str]:
    """Run a script of Node's to its end."""
    return subprocess.run(
        [node(), str(script), *arguments],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def told(script: str, *arguments: str) -> Any:
    """What a script of this folder tells, as JSON on its standard output."""
    done = run(CLIENTS / script, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
