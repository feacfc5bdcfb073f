"""Which reminders are due now, and what all kinds of reminder have in common.

The planner asks about all obligations, and the sender asks again about those of a few
messages: reminders that are no longer due are not sent. So the rule is only here.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mail.composing import compose_message
from mail.explanation import moment_for
from mail.kinds import AttachedFile, MessageText, Planning
from mail.models import Message
from training.assignments.kinds.obligation_mail import ObligationMail, facts_of
from training.assignments.kinds.steps import ForetoldMail, ladder_rules
from training.assignments.models import Obligation, Pause
from training.assignments.queries.due_dates import (
    DueDates,
    Reader,
    due_dates_of,
    readers_of,
)
from training.assignments.queries.learning import hand_overs
from training.assignments.queries.to_do import to_do
from training.assignments.rules import due
from training.assignments.rules.pauses import Span, after_pause
from training.assignments.rules.reminder_steps import ReminderPlan, steps_now
from training.teams.kinds.team_mail import LEARNERS


@dataclass(frozen=True)
class ToDoNow:
    """What is still to be done, who is reminded of it, and which dates have moved."""

    rows: Sequence[Obligation]
    readers: Mapping[int, Reader]
    dates: DueDates


def everything_to_do(planning: Planning) -> ToDoNow:
    """Return everything people still have to do. This is the most expensive query."""
    return read_to_do(Obligation.objects.all(), planning.at)


def read_to_do(obligations: QuerySet[Obligation], at: dt.datetime) -> ToDoNow:
    """Return those that are still to be done, in two to four queries."""
    rows = list(to_do(obligations, at))
    readers = readers_of(rows, hand_overs(obligations.values("pk"), at))
    return ToDoNow(rows, readers, due_dates_of(obligations, rows, readers, at))


def all_reminders(planning: Planning) -> list[Message]:
    """Return the reminders that are due now for each obligation, unsaved."""
    return reminders_of(planning.ask(everything_to_do), planning.at)


def reminders_of(now: ToDoNow, at: dt.datetime) -> list[Message]:
    """Return the reminders that are due now for these obligations, unsaved."""
    pauses = _pauses([row.pk for row in now.rows if row.moved_due_at])
    rules, found = ladder_rules(), []
    for row in now.rows:
        reader = now.readers[row.pk]
        plan = _plan(row, reader, pauses.get(row.pk, []))
        for step in steps_now(plan, rules, at, now.dates.newer_on(row, at)):
            when = due.start_of_day(step.day, row.time_zone)
            facts = {"days": step.days}
            found.append(message_to(reader, row, step.kind, when, at, facts))
    return found


def _pauses(obligations):
    """Return obligation id → its pauses. Runs no query if none had any."""
    found: dict[int, list[Span]] = {}
    for pause in (
        Pause.objects.filter(obligation__in=obligations) if obligations else ()
    ):
        found.setdefault(pause.obligation_id, []).append(pause.span)
    return found


def _plan(row: Obligation, reader: Reader, pauses: Collection[Span]) -> ReminderPlan:
    return ReminderPlan(
        due.Cycle(row.opens_at, row.effective_due_at),
        row.time_zone,
        row.assignment.mailing,
        after_pause(max(reader.since, row.opens_at), pauses),
    )


def message_to(
    reader: Reader,
    row: Obligation,
    kind: str,
    scheduled_for: dt.datetime,
    at: dt.datetime,
    facts: Mapping[str, Any],
) -> Message:
    """Return a message about the obligation to the person to remind, unsaved."""
    is_extended = row.effective_due_at != (row.moved_due_at or row.due_at)
    return Message(
        kind=kind,
        recipient=reader.user,
        recipient_key=f"user:{reader.user.pk}",
        topic_key=f"obligation:{row.pk}",
        about=row,
        scheduled_for=scheduled_for,
        created_at=at,
        why={
            "title": row.assignment.title,
            "due": row.effective_due_at.isoformat(),
            "extended": is_extended,
            "paused": 0 if is_extended else row.days_added,
            "deputy": reader.user != row.learner.user,
            **facts,
        },
    )


class DatedMail(ObligationMail):
    """A kind that gives a due date, sent while the obligation is to be done."""

    @staticmethod
    def current_facts(
        messages: Sequence[Message], at: dt.datetime
    ) -> Mapping[int, Message]:
        """Return primary key → the message as it would be planned now."""
        raise NotImplementedError

    def write_message(
        self, message: Message, at: dt.datetime, facts: Message | None
    ) -> MessageText | None:
        """Return the message, or None if it would no longer be planned."""
        if facts is None:
            return None
        row = facts.about
        # The dates in it are the current ones, whenever it was planned.
        message.why = facts.why
        return compose_message(
            self.templates[0],
            path=f"{reverse('my_learning')}#obligation-{row.pk}",
            link=_("My learning"),
            footer=LEARNERS,
            name=message.recipient.first_name,
            **facts_of(row, at),
            days_paused=facts.why["paused"],
            instead_of=row.learner.user if facts.why["deputy"] else None,
            attachments=self.attachments(facts, at),
            **self.more_facts(facts),
        )

    def attachments(self, message: Message, at: dt.datetime) -> list[AttachedFile]:
        """Return the files that come with it."""
        return []

    def more_facts(self, message: Message) -> dict[str, Any]:
        """Return further values for its template."""
        return {}

    def explain_message(self, message: Message) -> Iterator[str]:
        facts = message.why
        if "due" not in facts:
            return
        days = {
            name: moment_for(dt.datetime.fromisoformat(facts[name]), message)
            for name in ("due", "was")
            if name in facts
        }
        yield self.explain_rule(message) % (facts | days)
        if facts.get("extended"):
            yield gettext("The due date had been extended.")
        if facts.get("paused"):
            yield ngettext(
                "It was paused for %(paused)d day, which was added to the due date.",
                "It was paused for %(paused)d days, which were added to the due date.",
                facts["paused"],
            ) % {"paused": facts["paused"]}
        if facts.get("deputy"):
            yield gettext("It was sent to the deputy it had been handed over to.")

    def explain_rule(self, message: Message) -> str:
        """Return when it is sent, with placeholders for `title`, `due` and so on."""
        raise NotImplementedError


def planned_now(
    messages: Sequence[Message],
    plan: Callable[[ToDoNow, dt.datetime], list[Message]],
    at: dt.datetime,
) -> dict[int, Message]:
    """Return primary key → each message as it would be planned now."""
    about = {message.about_id for message in messages if message.about_id}
    if not about:
        return {}
    rows = Obligation.objects.filter(pk__in=about)
    now = {each.key: each for each in plan(read_to_do(rows, at), at)}
    return {each.pk: now[each.key] for each in messages if each.key in now}


class ReminderMail(DatedMail, ForetoldMail):
    """A step in the ladder of reminders."""

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        found = planning.ask(all_reminders)
        return [message for message in found if message.kind == self.code]

    @staticmethod
    def current_facts(
        messages: Sequence[Message], at: dt.datetime
    ) -> Mapping[int, Message]:
        """Return primary key → the message as it would be planned now."""
        return planned_now(messages, reminders_of, at)
