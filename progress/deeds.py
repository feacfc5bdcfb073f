"""What happens when a learner finished something: rooms above say what they do then.

A verb below cannot call one above; so a room adds its own in `AppConfig.ready()`.
"""

import uuid
from collections.abc import Callable
from datetime import datetime

from accounts.models import Learner

_followers: list[Callable[..., None]] = []
_course_followers: list[Callable[..., None]] = []


def after_deed(follower: Callable[..., None]) -> None:
    """Have `follower(learner=…, course_key=…, at=…)` called after each such deed.

    It must be safe to call again, and do without a query for who has no account.
    """
    _followers.append(follower)


def tell(*, learner: Learner, course_key: uuid.UUID, at: datetime) -> None:
    """Say that the learner submitted a quiz or finished a lesson of the course."""
    for follower in _followers:
        follower(learner=learner, course_key=course_key, at=at)


def after_course_change(follower: Callable[..., None]) -> None:
    """Have `follower(course_key=…, at=…)` called when a course has other lessons.

    It must be safe to call again.
    """
    _course_followers.append(follower)


def tell_of_course(*, course_key: uuid.UUID, at: datetime) -> None:
    """Say that the lessons of the course which readers can see are others now."""
    for follower in _course_followers:
        follower(course_key=course_key, at=at)
