"""Which finished lessons are still asked for: rooms above may ask more than a quiz does.

A room below cannot ask one above; so a room adds its own in `AppConfig.ready()`.
"""

import uuid
from collections.abc import Callable, Collection

from django.http import HttpRequest

from accounts.models import Learner

_sources: list[Callable[..., Collection[str]]] = []


def add_requirements(source: Callable[..., Collection[str]]) -> None:
    """Have `source(learner=…, course_key=…, request=…)` name lessons to do again.

    It returns keys of lessons that are not done as somebody asked the learner to do
    them, and does without a query for who has no account.
    """
    _sources.append(source)


def lessons_still_required(
    *, learner: Learner, course_key: uuid.UUID, request: HttpRequest
) -> set[str]:
    """Return the keys of lessons that are asked for, whatever their quiz says."""
    terms = {"learner": learner, "course_key": course_key, "request": request}
    return {key for source in _sources for key in source(**terms)}
