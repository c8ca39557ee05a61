"""GraphQL Code Generator on the schema: what it writes is TypeScript that fits the strictest use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.clients.node import CLIENTS, MODULES, run
from tests.running_demo import ROOT

SCHEMA = ROOT / "schema.graphql"
TYPESCRIPT = MODULES / "typescript" / "bin" / "tsc"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An application with operations and code that uses them, before anything is generated."""
    folder = tmp_path / "application"
    shutil.copytree(CLIENTS / "codegen", folder)
    (folder / "node_modules").symlink_to(MODULES)
    return folder


def generate(project: Path, schema: Path = SCHEMA) -> None:
    done = run(CLIENTS / "codegen.mjs", str(schema), "operations.graphql", cwd=project)
    assert done.returncode == 0, done.stderr


def test_what_is_generated_compiles_and_types_every_answer(project: Path) -> None:
    generate(project)
    done = run(TYPESCRIPT, "--project", ".", cwd=project)
    assert (done.returncode, done.stdout) == (0, "")


def test_code_that_does_not_fit_the_schema_is_noticed(project: Path) -> None:
    text = SCHEMA.read_text("utf-8")
    assert text.count("minorUnits: Int!") == 1
    (project / "changed.graphql").write_text(text.replace("minorUnits: Int!", "minorUnits: String!"), "utf-8")
    generate(project, project / "changed.graphql")
    done = run(TYPESCRIPT, "--project", ".", cwd=project)
    assert done.returncode != 0
    assert "usage.ts" in done.stdout
