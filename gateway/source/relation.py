"""The relations of the models, as the statements need them: which column meets which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tortoise.fields.relational import BackwardFKRelation, BackwardOneToOneRelation, ForeignKeyFieldInstance
from tortoise.models import Model


@dataclass(frozen=True)
class Relation:
    """`target.<target_column> = parent.<parent_column>` joins a row to what it is related to."""

    target: type[Model]
    parent_column: str
    target_column: str


@cache
def relation(model: type[Model], name: str) -> Relation:
    """The relation `name` of a model. Raises `LookupError` naming both when there is none."""
    found = model._meta.fields_map.get(name)
    if isinstance(found, ForeignKeyFieldInstance):
        return Relation(found.related_model, str(found.source_field), found.related_model._meta.db_pk_column)
    if isinstance(found, BackwardFKRelation):  # the reverse of a one-to-one is one of these too
        return Relation(found.related_model, model._meta.db_pk_column, str(found.relation_source_field))
    raise LookupError(f"{model.__name__} has no relation {name}")


@cache
def is_many(model: type[Model], name: str) -> bool:
    """Whether `name` is a relation of a model to many rows."""
    found = model._meta.fields_map.get(name)
    return isinstance(found, BackwardFKRelation) and not isinstance(found, BackwardOneToOneRelation)


@cache
def column(model: type[Model], name: str) -> str:
    """The database column of a field. Raises `LookupError` naming both when there is none."""
    try:
        return model._meta.fields_db_projection[name]
    except KeyError:
        raise LookupError(f"{model.__name__} has no column {name}") from None


def owner(model: type[Model], path: str) -> tuple[type[Model], str]:
    """The model and field at the end of a path of to-one relations."""
    *relations, name = path.split(".")
    for step in relations:
        model = relation(model, step).target
    return model, name
