"""Help: questions and guides, whom to ask, and what people say about the pages."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key


class ArticleKind(StrEnum):
    """A short answer, or a guide in steps."""

    FAQ = "FAQ"
    GUIDE = "GUIDE"


class HelpArticle(Model):
    """An article in one language: `slug` is the same in all of them. `body` is CommonMark, `search_key` folded text."""

    id = key("art")
    slug = fields.CharField(max_length=80)
    language = fields.CharField(max_length=2)  # ISO 639-1
    kind = fields.CharEnumField(ArticleKind, max_length=8)
    topic = fields.CharField(max_length=40)
    title = fields.CharField(max_length=160)
    body = fields.TextField()
    search_key = fields.TextField()
    position = fields.IntField(default=0)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "help_article"
        unique_together = (("slug", "language"),)
        indexes = (Index(fields=("language", "kind", "position", "id")),)
        constraints = (CheckConstraint(check="kind IN ('FAQ', 'GUIDE')", name="help_article_kind_known"),)


class ContactOption(Model):
    """Whom to ask about a topic, in one language."""

    id = key("cop")
    language = fields.CharField(max_length=2)  # ISO 639-1
    topic = fields.CharField(max_length=40)
    title = fields.CharField(max_length=160)
    phone = fields.CharField(max_length=16, null=True)  # E.164
    hours = fields.CharField(max_length=160, null=True)
    email = fields.CharField(max_length=254, null=True)
    position = fields.IntField(default=0)

    class Meta:
        table = "contact_option"
        unique_together = (("topic", "language"),)


class Feedback(Model):
    """What somebody said about a page: `rating` from 1 (bad) to 5 (good)."""

    id = key("fbk")
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="feedback", on_delete=fields.CASCADE, null=True
    )
    customer_id: str | None
    package_id = fields.CharField(max_length=30, null=True)  # of a package login
    rating = fields.IntField()
    text = fields.TextField(null=True)
    page = fields.CharField(max_length=200, null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "feedback"
        indexes = (Index(fields=("customer_id", "created_at")),)
        constraints = (CheckConstraint(check="rating BETWEEN 1 AND 5", name="feedback_rating_in_range"),)
