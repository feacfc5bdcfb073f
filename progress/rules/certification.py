"""What a certificate says, how long it is valid, and its status. Pure rules."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dateutil.relativedelta import relativedelta

from course.rules.digests import digest_json
from progress.rules.days import day_in, end_of_day

State = Literal["valid", "update_due", "expired", "replaced", "revoked"]


@dataclass(frozen=True)
class LessonFacts:
    """A live lesson on the day a course was completed.

    `pass_share` is the percentage of its questions; `published_at` may be unknown.
    """

    key: str
    locale: str
    title: str
    pass_share: int
    published_at: dt.datetime | None


def content_version(lessons: Sequence[LessonFacts]) -> str:
    """Return the SHA-256 of the lessons and their versions.

    Lessons are taken in the order of their keys.
    """
    rows = sorted(
        (
            {
                "key": lesson.key,
                "locale": lesson.locale,
                "title": lesson.title,
                "published": lesson.published_at and lesson.published_at.isoformat(),
            }
            for lesson in lessons
        ),
        key=lambda row: (row["key"] or "", row["locale"] or ""),
    )
    return digest_json(rows)


def certificate_statement(
    *,
    course: str,
    course_key: str,
    lessons: Sequence[LessonFacts],
    policy: str,
    completed_at: dt.datetime,
    cpd_hours: float | None = None,
) -> dict[str, Any]:
    """Return the content to freeze into a certificate; it names nobody.

    `policy` is the rule for passing lessons, in words.
    """
    return {
        "course": course,
        "course_key": course_key,
        "lessons": [lesson.title for lesson in lessons],
        "pass_shares": [lesson.pass_share for lesson in lessons],
        "policy": policy,
        "version": content_version(lessons),
        "completed": completed_at.isoformat(),
        **({"cpd_hours": cpd_hours} if cpd_hours else {}),
    }


def valid_until(
    issued_at: dt.datetime, months: int | None, zone: str
) -> dt.datetime | None:
    """Return the last second of the day this many months later in the zone, in UTC.

    None means that the certificate does not expire.
    """
    if not months:
        return None
    issued = day_in(issued_at, zone)
    return end_of_day(issued + relativedelta(months=months), zone)


def state_of(
    *,
    is_revoked: bool,
    is_replaced: bool,
    valid_until: dt.datetime | None,
    is_update_due: bool,
    at: dt.datetime,
) -> State:
    """Return the certificate's status at the moment; the most serious reason wins."""
    if is_revoked:
        return "revoked"
    if is_replaced:
        return "replaced"
    if valid_until and valid_until < at:
        return "expired"
    return "update_due" if is_update_due else "valid"
