"""The cases of each mutation, one file per noun. A new mutation needs its case."""

from __future__ import annotations

from tests.api.cases import reauthentication, sign_in, ticket
from tests.api.cases.case import Case

PARTS = (sign_in, reauthentication, ticket)

CASES: dict[str, Case] = {name: case for part in PARTS for name, case in part.CASES.items()}
