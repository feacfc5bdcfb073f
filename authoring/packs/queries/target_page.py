"""A page as the pack defines it: plain values, in terms of the models.

This is a separate module because the models of review tasks compare such pages, and
Wagtail 8 does not allow imports of its rich text while models are loading.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from modelcluster.fields import ParentalKey
from wagtail.models import Page

Fields = dict[str, Any]


@dataclass(frozen=True)
class Relation:
    """Children of a page: the name of the relation and the fields of each child."""

    name: str
    model: type[Model]
    children: tuple[Fields, ...]

    @property
    def parent_field(self) -> str:
        """The child's field that refers to its page."""
        return next(
            field.name
            for field in self.model._meta.get_fields()
            if isinstance(field, ParentalKey)
        )


@dataclass(frozen=True)
class TargetPage:
    """A page as the pack defines it in `file`."""

    file: str
    model: type[Page]
    key: UUID
    fields: Fields
    relations: tuple[Relation, ...]

    @property
    def title(self) -> str:
        return self.fields["title"]

    @property
    def slug(self) -> str:
        return self.fields["slug"]
