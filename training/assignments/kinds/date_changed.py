"""Says that a due date has changed, with the old and new dates, once per change."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mail.kinds import Planning
from mail.models import Message
from training.assignments.kinds.reminders import (
    DatedMail,
    ToDoNow,
    everything_to_do,
    message_to,
    planned_now,
)
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
        """Return primary key → the message as it would be planned now."""
        return planned_now(messages, date_changes, at)

    def more_facts(self, message: Message) -> dict[str, Any]:
        was = dt.datetime.fromisoformat(message.why["was"])
        return {"was": due.day_in(was, message.about.time_zone)}

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
