"""Mail about overdue checks and quizzes that will pause, sent once for each.

Authors are notified of both. Reviewers are notified 60, 30 and 7 days before a quiz
pauses.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
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
from mail.composing import compose_message
from mail.kinds import MailKind, MessageText, Planning
from mail.models import Message
from progress.rules.days import start_of_day


class DueCheck(NamedTuple):
    """A check to notify people of.

    `days_before` is the number of days before the page's quiz pauses, or 0 if the page
    is past its review date.
    """

    page: ReviewedPage
    days_before: int

    @property
    def key(self) -> str:
        """Identifies the check. Nobody gets e-mail about the same key twice."""
        page = self.page
        parts = (page.translation_key, page.locale.language_code, page.next_check)
        return f"{'/'.join(map(str, parts))}/{self.days_before}"


def due_checks(planning: Planning) -> list[DueCheck]:
    """Return overdue pages, and the newest warning for each quiz that will pause."""
    return read_due_checks(timezone.localdate(planning.at))


def read_due_checks(today: dt.date) -> list[DueCheck]:
    overdue = [DueCheck(page, 0) for page in overdue_pages(today)]
    ahead = [
        DueCheck(page, step)
        for page, last_day in quizzes_ahead_of_pause(today)
        if (step := warning_step(last_day, today))
    ]
    return overdue + ahead


class ChecksDueMail(MailKind):
    """One e-mail to each recipient about all checks they have not been told about."""

    code = "checks_due"
    label = _("review date")
    templates = ("authoring/review/email/checks_due",)

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        checks = planning.ask(due_checks)
        by_reader: dict[User, list[DueCheck]] = defaultdict(list)
        for check in checks:
            for reader in _readers(check):
                by_reader[reader].append(check)
        known = _known(by_reader)
        for reader, theirs in by_reader.items():
            new = [each for each in theirs if each.key not in known[reader.pk]]
            if new:
                yield self._message(reader, new, planning.at)

    def _message(self, reader, checks, at):
        keys = [check.key for check in checks]
        digest = hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()[:16]
        today = timezone.localdate(at)
        return Message(
            kind=self.code,
            recipient=reader,
            recipient_key=f"user:{reader.pk}",
            topic_key=f"checks:{digest}",
            scheduled_for=start_of_day(today, settings.TIME_ZONE),
            created_at=at,
            why={"title": _titles(checks), "checks": keys},
        )

    def write_message(
        self, message: Message, at: dt.datetime, facts: object
    ) -> MessageText | None:
        """Return the message about the checks that are still due, or None."""
        planned = message.why.get("checks", [])
        checks = [
            check
            for check in read_due_checks(timezone.localdate(at))
            if check.key in planned
        ]
        if not checks:
            return None
        # Count only the checks in the message as notified.
        message.why = message.why | {"checks": [check.key for check in checks]}
        overdue = [_facts(check.page) for check in checks if not check.days_before]
        pausing = [_facts(check.page) for check in checks if check.days_before]
        return compose_message(
            self.templates[0],
            path=reverse("content_health:index"),
            link=_("Content health"),
            footer=_(
                "Anteroom sends this automatically to everyone who can check "
                "these pages."
            ),
            subject=_subject(len(overdue), len(pausing)),
            pages=overdue,
            pausing=pausing,
        )

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "Authors get one e-mail about each page that is past its review date. "
            "Authors and reviewers get an e-mail 60, 30 and 7 days before a quiz "
            "pauses."
        )


def _readers(check: DueCheck) -> set[User]:
    reviewers = active_reviewers() if check.days_before else ()
    return {*authors_for(check.page), *reviewers}


def _known(readers: Iterable[User]) -> dict[int, set[str]]:
    """Return account id → keys of checks that they were, or will be, notified of."""
    rows = Message.objects.filter(kind=ChecksDueMail.code, recipient__in=list(readers))
    known: dict[int, set[str]] = defaultdict(set)
    live = rows.exclude(state=Message.State.DROPPED)
    for reader, why in live.values_list("recipient", "why"):
        known[reader].update(why.get("checks", []))
    return known


def _titles(checks: Sequence[DueCheck]) -> str:
    first, *others = dict.fromkeys(check.page.title for check in checks)
    if not others:
        return first
    words = ngettext(
        "%(first)s and %(n)d more", "%(first)s and %(n)d more", len(others)
    )
    return words % {"first": first, "n": len(others)}


def _subject(overdue: int, pausing: int) -> str:
    """Return a subject about the quizzes that will pause, or else the overdue pages."""
    if pausing:
        words = ngettext("A quiz will pause", "%(count)d quizzes will pause", pausing)
        return words % {"count": pausing}
    words = ngettext(
        "A page is past its review date",
        "%(count)d pages are past their review date",
        overdue,
    )
    return words % {"count": overdue}


def _facts(page: ReviewedPage) -> dict[str, Any]:
    last_day = None
    if isinstance(page, LessonPage):
        last_day = last_day_of_quiz(page.next_check, course_of(page).grace_days)
    return {
        "title": page.title,
        "next_check": page.next_check,
        "last_day": last_day,
        "url": settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
