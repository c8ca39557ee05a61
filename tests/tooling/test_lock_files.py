"""What is installed was decided: every lock file holds versions and hashes, fits pyproject.toml, and no addresses."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS = PROJECT["project"]["optional-dependencies"]

_ENTRY = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)(\[[a-z,]+\])?==(?P<version>[^ ;\\]+)")


def pins(lock: Path) -> dict[str, str]:
    """Versions by name; the last one where markers choose between several."""
    found = (_ENTRY.match(line) for line in lock.read_text().splitlines())
    return {canonicalize_name(entry["name"]): entry["version"] for entry in found if entry}


def unmet(requirements: list[str], lock: Path) -> list[str]:
    """Requirements that the lock has no fitting version for."""
    pinned = pins(lock)
    parsed = [Requirement(text) for text in requirements]
    return [str(r) for r in parsed if not r.specifier.contains(pinned.get(canonicalize_name(r.name), "0"))]


def test_there_is_a_lock_for_running_testing_building_and_node() -> None:
    assert {lock.name for lock in LOCKS} == {
        "requirements.lock",
        "requirements-build.lock",
        "requirements-node.lock",
        "requirements-test.lock",
    }


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_line_is_a_pinned_version_or_a_hash(lock: Path) -> None:
    lines = lock.read_text().splitlines()
    for line in lines:
        assert _ENTRY.match(line) or re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line), line
    for entry, below in zip(lines, [*lines[1:], ""], strict=True):
        if _ENTRY.match(entry):
            assert below.strip().startswith("--hash="), f"{entry} has no hash"


def test_what_runs_is_locked_at_versions_the_project_asks_for() -> None:
    assert unmet([*PROJECT["project"]["dependencies"], *EXTRAS["postgres"]], ROOT / "requirements.lock") == []


def test_what_tests_is_locked_at_versions_the_project_asks_for() -> None:
    assert (
        unmet([requirement for extra in EXTRAS.values() for requirement in extra], ROOT / "requirements-test.lock")
        == []
    )


def test_what_builds_is_locked_at_versions_the_project_asks_for() -> None:
    assert unmet(PROJECT["build-system"]["requires"], ROOT / "requirements-build.lock") == []


def test_a_version_that_does_not_fit_is_noticed() -> None:
    assert unmet(["starlette<1"], ROOT / "requirements.lock") == ["starlette<1"]


def test_tests_run_against_the_versions_that_run_in_production() -> None:
    running, testing = pins(ROOT / "requirements.lock"), pins(ROOT / "requirements-test.lock")
    assert {name: testing.get(name) for name in running} == running


def test_no_tracked_file_names_a_registry() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True).stdout
    hosts = re.compile("|".join([r"pyp" + r"i\.org", "python" + "hosted", "npm" + "js", r"deb\.deb" + "ian"]))
    named = []
    for name in filter(None, tracked.split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".pdf", ".png"} and hosts.search(path.read_text(errors="replace")):
            named.append(name)
    assert named == []
