"""Finished lessons that are still required, because rooms above may require more.

This room cannot call rooms above, so they register in `AppConfig.ready()`.
"""

import uuid
from collections.abc import Callable, Collection

from django.http import HttpRequest

from accounts.models import Learner

_sources: list[Callable[..., Collection[str]]] = []


def add_requirements(source: Callable[..., Collection[str]]) -> None:
    """Register `source(learner=…, course_key=…, request=…)`.

    It returns the keys of lessons that the learner has not done as required. For
    learners without an account it must not make a query.
    """
    _sources.append(source)


def lessons_still_required(
    *, learner: Learner, course_key: uuid.UUID, request: HttpRequest
) -> set[str]:
    """Return the keys of lessons that are required again, even if finished."""
    terms = {"learner": learner, "course_key": course_key, "request": request}
    return {key for source in _sources for key in source(**terms)}
