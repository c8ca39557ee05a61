"""Every action that is written into the audit log has its name, its group and its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from gateway.auth.actions import ActivityAction, ActivityGroup, group_of
from gateway.messages.activity import ACTIONS
from tests.architecture.sources import modules

RECORDERS = {"record": 3, "record_for": 1, "changed": 2}
"""Functions that write an entry, and which argument is the action."""

PASSED_ON = {
    "jobs/data_report/queue.py",
    "jobs/invoice_export/queue.py",
    "auth/audit.py",
    "auth/customer_change.py",
    "jobs/declaration_match.py",
    "jobs/demo/activity.py",
}
"""Where the action is one that a caller gave."""


def recorded() -> Iterator[tuple[str, str]]:
    """Where an action is written, and a pattern of what it can be: of a text with gaps, anything fits a gap."""
    for module, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            place = RECORDERS.get(name)
            if place is not None and len(node.args) > place:
                yield from ((f"{module}:{node.lineno}", pattern) for pattern in _patterns(module, node.args[place]))
            for keyword in node.keywords:
                if name == "AuditEvent" and keyword.arg == "action":
                    yield from ((f"{module}:{node.lineno}", pattern) for pattern in _patterns(module, keyword.value))


def _patterns(module: str, action: ast.expr) -> Iterator[str]:
    if isinstance(action, ast.Constant) and isinstance(action.value, str):
        yield re.escape(action.value)
    elif isinstance(action, ast.JoinedStr):
        parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"[a-z_]+" for p in action.values)
        yield "".join(parts)
    elif isinstance(action, ast.IfExp):
        yield from _patterns(module, action.body)
        yield from _patterns(module, action.orelse)
    elif module not in PASSED_ON:
        yield f"an expression that is no text: {ast.unparse(action)}"


def test_every_action_that_is_recorded_is_known() -> None:
    found, known = list(recorded()), {action.value for action in ActivityAction}
    unknown = [f"{place}: {pattern}" for place, pattern in found if not any(re.fullmatch(pattern, a) for a in known)]
    assert unknown == [], "put it into gateway/auth/actions.py, with its words in gateway/messages/activity.py"
    assert len(found) > 20


def test_every_action_has_words_and_a_group() -> None:
    assert set(ACTIONS) == {action.value for action in ActivityAction}
    assert [action for action in ActivityAction if group_of(action.value) is None] == [ActivityAction.OTHER]
    assert all(group.value for group in ActivityGroup)
