"""The operations that the explorer opens with are held to the schema that the gateway prints."""

from __future__ import annotations

from pathlib import Path

from graphql import OperationDefinitionNode, build_schema, parse, validate

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = parse((ROOT / "explorer" / "src" / "operations.graphql").read_text())


def test_every_ready_operation_is_valid() -> None:
    schema = build_schema((ROOT / "schema.graphql").read_text())
    assert [error.message for error in validate(schema, DOCUMENT)] == []


def test_the_ready_operations_are_the_ones_that_the_page_names() -> None:
    operations = [node for node in DOCUMENT.definitions if isinstance(node, OperationDefinitionNode)]
    assert len(operations) == len(DOCUMENT.definitions)
    names = [operation.name.value for operation in operations if operation.name]
    assert names == ["SignIn", "AllPackages", "OnePackage", "Invoices", "SignOut"]
