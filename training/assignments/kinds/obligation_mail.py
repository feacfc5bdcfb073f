"""What all mail about somebody's obligation has in common."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from mail.kinds import AttachedFile, MailKind, PageLink
from mail.models import Message
from mail.rules.quiet_hours import QuietHours
from training.assignments.models import Obligation, Status
from training.assignments.rules import due
from training.teams.kinds.team_mail import quiet_hours_of

# The statuses that explain why a message about an obligation was dropped.
_OVER = (Status.DONE, Status.EXPIRED, Status.WAIVED, Status.WITHDRAWN)


class ObligationMail(MailKind):
    """A kind about one obligation, to the person who has to do it."""

    keeps_text = True

    def about_rows(self) -> QuerySet[Obligation]:
        return Obligation.objects.select_related("assignment", "learner__user", "team")

    def sender_name(self, message: Message) -> str:
        row = message.about
        return row.team.sender_name if row and row.team else ""

    def quiet_hours(self, message: Message) -> QuietHours:
        row = message.about
        return quiet_hours_of(row and row.team, row.time_zone if row else "")

    def note_drop(self, message: Message, at: dt.datetime) -> dict[str, Any]:
        """Record the obligation's status when a message about it was dropped."""
        rows = Obligation.objects.with_status(at).filter(pk=message.about_id)
        return {"found": rows.values_list("status", flat=True).first()}

    def explain_drop(self, message: Message) -> str:
        found = message.why.get("found")
        if found in _OVER:
            return gettext(
                "It was not sent because the obligation was %(status)s by then."
            ) % {"status": Status(found).label}
        return gettext(
            "It was not sent because it was out of date: the due date or the recipient had"
            " changed, or a later reminder had replaced it."
        )

    def page_about(self, message: Message) -> PageLink | None:
        if not message.about_id:
            return None
        return PageLink(
            reverse("obligations:inspect", args=[message.about_id]),
            gettext("What this person was asked for, and why"),
        )

    def log_facts(self, message: Message) -> dict[str, Any]:
        return {"learner": str(message.about.learner.uuid)} if message.about else {}


def due_date_file(content: bytes) -> AttachedFile:
    """Return the calendar entry of a due date as a file to attach."""
    return AttachedFile("due-date.ics", content, "text/calendar")


def facts_of(row: Obligation, at: dt.datetime) -> dict[str, Any]:
    """Return the obligation's title, team and due date for templates."""
    day = due.day_in(row.effective_due_at, row.time_zone)
    return {
        "title": row.assignment.title,
        "due": day,
        "zone": row.time_zone,
        "is_overdue": row.effective_due_at < at,
        "days_late": (due.day_in(at, row.time_zone) - day).days,
        "team": row.team,
    }
