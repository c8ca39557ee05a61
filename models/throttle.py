"""Counters of failed attempts, shared by all processes. No owner: a key is an HMAC that names nobody."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Throttle(Model):
    """How often something failed since `window_started_at`, and until when it is refused."""

    key = fields.CharField(primary_key=True, max_length=64)
    failures = fields.IntField()
    window_started_at = fields.DatetimeField()
    blocked_until = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField()

    class Meta:
        table = "throttle"
        indexes = (Index(fields=("expires_at",)),)
