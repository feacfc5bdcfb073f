"""Parts of pages that everybody may be shown: what they are made of names them."""

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model

from page_cache.memory import LatePart
from page_cache.watching import tables_shown_to_no_visitor

_PLAIN = (str, int, float, bool, type(None), dt.date, UUID)


class UnableToShare(Exception):
    """A part is made of something that may be about one person, or of a draft."""


def name_part(name: str, values: Mapping[str, Any]) -> Hashable:
    """Return what a part that is made of these values alone is remembered under.

    Two parts have one name only if they are made of equal values, or of the same rows
    of content. Raises UnableToShare for any other kind of value.
    """
    return name, tuple((key, _name_of(value)) for key, value in values.items())


def _name_of(value):
    if isinstance(value, _PLAIN):
        return type(value).__name__, value
    if isinstance(value, LatePart):
        return value.name
    if isinstance(value, Model):
        return _name_of_row(value)
    if isinstance(value, tuple | list):
        return tuple(map(_name_of, value))
    if is_dataclass(value) and value.__dataclass_params__.frozen:
        named = (_name_of(getattr(value, field.name)) for field in fields(value))
        return type(value).__qualname__, *named
    raise UnableToShare(type(value).__qualname__)


def _name_of_row(row):
    """Return the row's name: its content can only change with the content version."""
    if row.pk is None or row._meta.db_table in tables_shown_to_no_visitor():
        raise UnableToShare(row._meta.label)
    return row._meta.label, row.pk
