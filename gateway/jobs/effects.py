"""What follows from the end of an operation: the row it is about is told, in the unit of work that notes the end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from gateway.jobs.backup import backup_ended
from gateway.jobs.effect_web_host import web_host_ended
from gateway.jobs.effect_website_app import website_app_ended
from gateway.ports.provisioning import Answer
from models import Operation

Effect = Callable[[Operation, Answer, datetime], Awaitable[None]]
"""Told the operation, how it ended and when. Whatever it raises puts the end off: it must bear a row that is gone."""

EFFECTS: Mapping[str, Effect] = {
    "backup.create": backup_ended,
    "backup.restore": backup_ended,
    "website_app.install": website_app_ended,
    "website_app.update": website_app_ended,
    "website_app.remove": website_app_ended,
    "web_host.create": web_host_ended,
    "web_host.change": web_host_ended,
}
"""By the kind of operation. Kinds without an effect end with themselves: what was wished for is what is stored."""
