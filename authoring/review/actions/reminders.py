"""Writing about checks that are overdue and quizzes that will pause, once about each.

Authors hear of both, reviewers that a quiz will pause, 60, 30 and 7 days before.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from authoring.review.models import ReviewReminder
from authoring.review.queries.due_checks import (
    active_reviewers,
    authors_for,
    overdue_pages,
    quizzes_ahead_of_pause,
)
from course.models import LessonPage
from course.models.pages import ReviewedPage
from course.queries import course_of
from course.rules.review_dates import last_day_of_quiz, warning_step


@dataclass(frozen=True)
class ReminderRun:
    """The pages that are overdue, who was written to now, and who could not be."""

    pages: Sequence[ReviewedPage]
    sent: Sequence[str]
    failed: Sequence[tuple[str, str]]


def remind_of_checks(*, at: datetime) -> ReminderRun:
    """Write about live pages past their review date, and quizzes that will pause.

    Each gets one e-mail about all that is new to them. An e-mail that the mail server
    refuses is tried again the next time.
    """
    today = timezone.localdate(at)
    overdue = overdue_pages(today)
    about = [*((page, 0) for page in overdue), *_warned_of(today)]
    pages = {_name(page): page for page, _step in about}
    _note(about, at)
    # What is noted is committed before anything leaves.
    waiting = ReviewReminder.objects.filter(sent_at=None).select_related("recipient")
    sent, failed = [], []
    for recipient, rows in groupby(
        waiting.order_by("recipient", "next_check", "pk"), lambda row: row.recipient
    ):
        taken = [row for row in rows if _take(row, at)]
        pages_due = [
            (pages[row.page_key, row.locale], row.days_before) for row in taken
        ]
        if not pages_due:
            continue
        try:
            _write(recipient, pages_due)
        except OSError as error:
            _give_back(taken)
            failed.append((recipient.email, str(error)))
        else:
            sent.append(recipient.email)
    return ReminderRun(overdue, sent, failed)


def _warned_of(today: date) -> Iterator[tuple[ReviewedPage, int]]:
    """Yield each lesson whose quiz will pause with the newest warning of that."""
    for page, last_day in quizzes_ahead_of_pause(today):
        if step := warning_step(last_day, today):
            yield page, step


def _name(page: ReviewedPage) -> tuple[Any, str]:
    return page.translation_key, page.locale.language_code


@transaction.atomic
def _note(about: Iterable[tuple[ReviewedPage, int]], at: datetime) -> None:
    """Note whom to write to; forget what was noted and is not due any more."""
    new = [
        ReviewReminder(
            page_key=page.translation_key,
            locale=page.locale.language_code,
            next_check=page.next_check,
            days_before=step,
            recipient=reader,
            noted_at=at,
        )
        for page, step in about
        for reader in _readers(page, step)
    ]
    due = {_what(row) for row in new}
    unsent = ReviewReminder.objects.filter(sent_at=None)
    stale = [row.pk for row in unsent if _what(row) not in due]
    unsent.filter(pk__in=stale).delete()
    ReviewReminder.objects.bulk_create(new, ignore_conflicts=True)


def _readers(page: ReviewedPage, step: int) -> set[User]:
    return {*authors_for(page), *(active_reviewers() if step else ())}


def _what(row):
    page = row.page_key, row.locale, row.next_check
    return *page, row.days_before, row.recipient_id


def _take(row: ReviewReminder, at: datetime) -> bool:
    """Return whether this run is the one that sends it."""
    unsent = ReviewReminder.objects.filter(pk=row.pk, sent_at=None)
    return unsent.update(sent_at=at) == 1


def _give_back(rows: Iterable[ReviewReminder]) -> None:
    ReviewReminder.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=None)


def _write(recipient: User, about: Sequence[tuple[ReviewedPage, int]]) -> None:
    overdue = [page for page, step in about if not step]
    pausing = [page for page, step in about if step]
    context = {
        "pages": [_page_context(page) for page in overdue],
        "pausing": [_page_context(page) for page in pausing],
    }
    body = render_to_string("authoring/review/email/checks_due.txt", context)
    send_mail(_subject(overdue, pausing), body, None, [recipient.email])


def _subject(overdue: Sequence[ReviewedPage], pausing: Sequence[ReviewedPage]) -> str:
    """Return what presses more: a quiz that will pause."""
    if pausing:
        subject = ngettext(
            "A quiz will pause", "%(count)d quizzes will pause", len(pausing)
        )
        return subject % {"count": len(pausing)}
    subject = ngettext(
        "A page is past its review date",
        "%(count)d pages are past their review date",
        len(overdue),
    )
    return subject % {"count": len(overdue)}


def _page_context(page: ReviewedPage) -> dict[str, Any]:
    last_day = None
    if isinstance(page, LessonPage):
        last_day = last_day_of_quiz(page.next_check, course_of(page).grace_days)
    return {
        "title": page.title,
        "next_check": page.next_check,
        "last_day": last_day,
        "url": settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }


def export_reminders(user: User) -> list[dict[str, str]]:
    """Return what the user was written to about, as JSON can carry it."""
    rows = user.review_reminders.order_by("noted_at").values(
        "page_key", "locale", "next_check", "days_before", "noted_at", "sent_at"
    )
    return [{name: str(value) for name, value in row.items()} for row in rows]


def forget_reminders(user: User, at: datetime) -> None:
    """Delete what is known of e-mails to the user."""
    user.review_reminders.all().delete()
