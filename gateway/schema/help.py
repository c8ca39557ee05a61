"""Help: questions and guides, and whom to ask."""

from datetime import datetime
from enum import Enum

import strawberry

import models
from gateway.auth.permissions import Public
from gateway.schema.field import column, entity, where
from gateway.schema.money import Language
from gateway.schema.page import Direction
from gateway.source.declaration import OfRequest, SortKey
from models import ArticleKind

_LANGUAGE = "In this language; by default that of the request."


@entity(models.HelpArticle, description="A question with its answer, or a guide, in one language.")
class HelpArticle:
    id: strawberry.ID = column(Public, "The id of the article in this language.")
    slug: str = column(Public, "Its name in addresses, the same in every language.")
    language: str = column(Public, "The language it is in (ISO 639-1).")
    kind: ArticleKind = column(Public, "Whether it is a question or a guide.")
    topic: str = column(Public, "What it is about, in a word such as `mail`; contact options have the same.")
    title: str = column(Public, "The question, or the name of the guide.")
    body: str = column(Public, "The text, in Markdown (CommonMark, with tables, without HTML).")
    position: int = column(Public, "Its place in lists: the smaller, the earlier.")
    updated_at: datetime = column(Public, "When it was last changed.")


@strawberry.enum(description="What articles of the help can be ordered by.")
class HelpArticleOrderField(Enum):
    POSITION = strawberry.enum_value(SortKey("position"), description="As the editors ordered them.")
    UPDATED = strawberry.enum_value(SortKey("updated_at"), description="By the time they were last changed.")


@strawberry.input(description="One entry of an order of articles.")
class HelpArticleOrder:
    field: HelpArticleOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which articles to list; every condition given must be met.")
class HelpArticleFilter:
    kind: list[ArticleKind] | None = where("Of one of these kinds.", "kind", "in")
    topic: list[str] | None = where("About one of these topics.", "topic", "in")
    language: Language | None = where(_LANGUAGE, "language", "eq", presumed=OfRequest.LANGUAGE)


@entity(models.ContactOption, description="Whom to ask about a topic.")
class ContactOption:
    id: strawberry.ID = column(Public, "The id of the option in this language.")
    language: str = column(Public, "The language it is in (ISO 639-1).")
    topic: str = column(Public, "What it is about, in a word such as `account` or `invoices`.")
    title: str = column(Public, "Who answers.")
    phone: str | None = column(Public, "The phone number (E.164); null where nobody can be called.")
    hours: str | None = column(Public, "When somebody answers, in words.")
    email: str | None = column(Public, "The e-mail address; null where there is none.")
    position: int = column(Public, "Its place in lists: the smaller, the earlier.")


@strawberry.enum(description="What contact options can be ordered by.")
class ContactOptionOrderField(Enum):
    POSITION = strawberry.enum_value(SortKey("position"), description="As the editors ordered them.")


@strawberry.input(description="One entry of an order of contact options.")
class ContactOptionOrder:
    field: ContactOptionOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which contact options to list; every condition given must be met.")
class ContactOptionFilter:
    topic: list[str] | None = where("About one of these topics.", "topic", "in")
    language: Language | None = where(_LANGUAGE, "language", "eq", presumed=OfRequest.LANGUAGE)
