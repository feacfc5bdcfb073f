"""Writing to authors about checks that are overdue, to each once about each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
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
from authoring.models import ReviewReminder
from authoring.queries import ReviewedPage, authors_of, overdue_pages
from course.models import LessonPage
from course.queries import course_of
from course.review_dates import last_day_of_quiz


@dataclass(frozen=True)
class Reminded:
    """The pages that are overdue, who was written to now, and who could not be."""

    pages: Sequence[ReviewedPage]
    sent: Sequence[str]
    failed: Sequence[tuple[str, str]]


def remind_of_checks(*, at: datetime) -> Reminded:
    """Write to authors about live pages past their review date.

    Each gets one e-mail about all that is new to them. An e-mail that the mail server
    refuses is tried again the next time.
    """
    pages = {_name(page): page for page in overdue_pages(timezone.localdate(at))}
    _note(pages.values(), at)
    # What is noted is committed before anything leaves.
    waiting = ReviewReminder.objects.filter(sent_at=None).select_related("recipient")
    sent, failed = [], []
    for recipient, rows in groupby(
        waiting.order_by("recipient", "next_check", "pk"), lambda row: row.recipient
    ):
        taken = [row for row in rows if _take(row, at)]
        told = [pages[row.page_key, row.locale] for row in taken]
        if not told:
            continue
        try:
            _write(recipient, told)
        except OSError as error:
            _give_back(taken)
            failed.append((recipient.email, str(error)))
        else:
            sent.append(recipient.email)
    return Reminded(list(pages.values()), sent, failed)


def _name(page: ReviewedPage) -> tuple[Any, str]:
    return page.translation_key, page.locale.language_code


@transaction.atomic
def _note(pages: Iterable[ReviewedPage], at: datetime) -> None:
    """Note whom to write to; forget what was noted and is not due any more."""
    wanted = [
        ReviewReminder(
            page_key=page.translation_key,
            locale=page.locale.language_code,
            next_check=page.next_check,
            recipient=author,
            noted_at=at,
        )
        for page in pages
        for author in authors_of(page)
    ]
    due = {_what(row) for row in wanted}
    unsent = ReviewReminder.objects.filter(sent_at=None)
    stale = [row.pk for row in unsent if _what(row) not in due]
    unsent.filter(pk__in=stale).delete()
    ReviewReminder.objects.bulk_create(wanted, ignore_conflicts=True)


def _what(row):
    return row.page_key, row.locale, row.next_check, row.recipient_id


def _take(row: ReviewReminder, at: datetime) -> bool:
    """Return whether this run is the one that sends it."""
    unsent = ReviewReminder.objects.filter(pk=row.pk, sent_at=None)
    return unsent.update(sent_at=at) == 1


def _give_back(rows: Iterable[ReviewReminder]) -> None:
    ReviewReminder.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=None)


def _write(recipient: User, pages: Sequence[ReviewedPage]) -> None:
    subject = ngettext(
        "A page is past its review date",
        "%(count)d pages are past their review date",
        len(pages),
    ) % {"count": len(pages)}
    context = {"pages": [_told(page) for page in pages]}
    body = render_to_string("authoring/email/checks_due.txt", context)
    send_mail(subject, body, None, [recipient.email])


def _told(page: ReviewedPage) -> dict[str, Any]:
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
        "page_key", "locale", "next_check", "noted_at", "sent_at"
    )
    return [{name: str(value) for name, value in row.items()} for row in rows]


def forget_reminders(user: User, at: datetime) -> None:
    """Delete what is known of e-mails to the user."""
    user.review_reminders.all().delete()
