"""What the end of an operation means for a website app."""

from __future__ import annotations

from datetime import datetime

from tortoise.expressions import F

from gateway.ports.provisioning import Answer, Result
from models import Operation, WebsiteApp, WebsiteAppState


async def website_app_ended(operation: Operation, answer: Answer, now: datetime) -> None:
    """Move it on: installed or failed, updated or as before, gone or as before."""
    well = answer.result is Result.SUCCEEDED
    row = WebsiteApp.filter(id=operation.subject_id, customer_id=operation.customer_id)
    if operation.kind == "website_app.remove" and well:
        await row.delete()
    elif operation.kind == "website_app.remove":
        before = WebsiteAppState.INSTALLED if operation.desired.get("installed", True) else WebsiteAppState.FAILED
        await row.filter(state=WebsiteAppState.REMOVING).update(state=before, version=F("version") + 1)
    elif operation.kind == "website_app.install":
        state = WebsiteAppState.INSTALLED if well else WebsiteAppState.FAILED
        await row.filter(state=WebsiteAppState.INSTALLING).update(state=state, version=F("version") + 1)
    else:
        changed = {"app_version": operation.desired["appVersion"], "updated_at": now} if well else {}
        await row.filter(state=WebsiteAppState.UPDATING).update(
            state=WebsiteAppState.INSTALLED, version=F("version") + 1, **changed
        )
