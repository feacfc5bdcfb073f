"""Says that a due date has changed, with the old and new dates, once per change."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mail.kinds import AttachedFile, Planning
from mail.models import Message
from training.assignments.kinds.obligation_mail import due_date_file
from training.assignments.kinds.reminders import (
    DatedMail,
    ToDoNow,
    everything_to_do,
    message_to,
    planned_now,
)
from training.assignments.queries.calendar_entries import calendar_entries_of
from training.assignments.queries.due_dates import DATE_CHANGED
from training.assignments.rules import due


class DateChangedMail(DatedMail):
    """To people whose current due date differs from the one they were last sent.

    It does not matter what moved the date: an extension that began or ended, a changed
    assignment, or days added for a pause. No other reminder is sent on that day.
    """

    code = DATE_CHANGED
    label = _("date changed")
    templates = ("training/assignments/mail/date_changed",)

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        return date_changes(planning.ask(everything_to_do), planning.at)

    @staticmethod
    def current_facts(
        messages: Sequence[Message], at: dt.datetime
    ) -> Mapping[int, Message]:
        """Return primary key → the message as it would be planned now.

        Each row that it is about has its `calendar`, because that costs queries.
        """
        found = planned_now(messages, date_changes, at)
        rows = [each.about for each in found.values()]
        with translation.override(settings.LANGUAGE_CODE):
            calendars = calendar_entries_of(rows, at, settings.SITE_URL)
        for row in rows:
            row.calendar = calendars[row.pk]
        return found

    def attachments(self, message: Message, at: dt.datetime) -> list[AttachedFile]:
        return [due_date_file(message.about.calendar)]

    def more_facts(self, message: Message) -> dict[str, Any]:
        row, was = message.about, dt.datetime.fromisoformat(message.why["was"])
        longer = message.why["extended"] and row.effective_due_at > was
        return {"was": due.day_in(was, row.time_zone), "has_more_time": longer}

    def explain_rule(self, message: Message) -> str:
        return gettext(
            "The due date of “%(title)s” changed from %(was)s to %(due)s. One e-mail is"
            " sent for each change."
        )


def date_changes(now: ToDoNow, at: dt.datetime) -> list[Message]:
    """Return a message for each due date that has moved since it was last sent."""
    found = []
    for row in now.rows:
        change = now.dates.change_of(row)
        if change:
            facts = {"was": change.was.isoformat()}
            reader = now.readers[row.pk]
            found.append(
                message_to(reader, row, DATE_CHANGED, change.moved_at, at, facts)
            )
    return found
