"""Reminders of what is still to be done, and that it is done.

The planner asks about all obligations, the sender once more about those of a few
messages: what is not wanted any more is not sent. So the rule is here and only here.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mail.composing import compose_message
from mail.explanation import moment_for
from mail.kinds import MessageText, Planning
from mail.models import Message
from mail.queries import load_about
from training.assignments.kinds.obligation_mail import ObligationMail, facts_of
from training.assignments.models import ExceptionEntry, Obligation, Pause
from training.assignments.queries.learning import hand_overs
from training.assignments.queries.to_do import to_do
from training.assignments.rules import due
from training.assignments.rules.pauses import Span, after_pause
from training.teams.kinds.team_mail import LEARNERS


def rows_to_do(planning: Planning) -> list[Obligation]:
    """Return all that people still have to do. It is the dearest question of all."""
    return list(to_do(Obligation.objects.all(), planning.at))


def all_reminders(planning: Planning) -> list[Message]:
    """Return the reminder that each obligation wants now, unsaved."""
    rows = planning.ask(rows_to_do)
    return _reminders(rows, Obligation.objects.all(), planning.at)


def reminders_about(
    obligations: QuerySet[Obligation], at: dt.datetime
) -> list[Message]:
    """Return the reminder that each of them wants now, unsaved, in two queries."""
    return _reminders(list(to_do(obligations, at)), obligations, at)


def _reminders(rows, obligations, at):
    """Return the reminder that each of the rows wants, all of them `obligations`.

    Who handed theirs over is left in peace; the deputy hears of it instead.
    """
    deputies = hand_overs(obligations.values("pk"), at)
    pauses = _pauses([row.pk for row in rows if row.moved_due_at])
    found = (
        _reminder(row, deputies.get(row.pk), pauses.get(row.pk, []), at) for row in rows
    )
    return [message for message in found if message]


def _pauses(obligations):
    """Return obligation id → the pauses that it had. No query where none had any."""
    found: dict[int, list[Span]] = {}
    for pause in (
        Pause.objects.filter(obligation__in=obligations) if obligations else ()
    ):
        found.setdefault(pause.obligation_id, []).append(pause.span)
    return found


def _reminder(
    row: Obligation,
    entry: ExceptionEntry | None,
    pauses: Collection[Span],
    at: dt.datetime,
) -> Message | None:
    user, told_from = _recipient(row, entry)
    told_from = after_pause(max(told_from, row.opens_at), pauses)
    step = due.step_now(
        due.Cycle(row.opens_at, row.effective_due_at),
        tuple(row.assignment.remind_days_before),
        row.time_zone,
        told_from,
        at,
    )
    if step is None:
        return None
    return Message(
        kind=step.kind,
        recipient=user,
        recipient_key=f"user:{user.pk}",
        topic_key=f"obligation:{row.pk}",
        about=row,
        scheduled_for=due.start_of_day(step.day, row.time_zone),
        created_at=at,
        why=_why(row, step, user),
    )


def _recipient(row, entry):
    """Return who is reminded, and since when it concerns them."""
    user = entry and entry.deputy.user
    if user and user.is_active:
        return user, entry.starts_at
    return row.learner.user, row.created_at


def _why(row, step, user):
    is_extended = row.effective_due_at != (row.moved_due_at or row.due_at)
    return {
        "title": row.assignment.title,
        "due": row.effective_due_at.isoformat(),
        "days": step.days,
        "extended": is_extended,
        "paused": 0 if is_extended else row.days_added,
        "deputy": user != row.learner.user,
    }


class ReminderMail(ObligationMail):
    """A step of the ladder of reminders; `rule` says in words when it is sent."""

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        found = planning.ask(all_reminders)
        return [message for message in found if message.kind == self.code]

    @staticmethod
    def current_facts(
        messages: Sequence[Message], at: dt.datetime
    ) -> Mapping[int, Message]:
        """Return primary key → the message as it would be planned now; two queries."""
        about = {message.about_id for message in messages if message.about_id}
        rows = Obligation.objects.filter(pk__in=about)
        now = {each.key: each for each in reminders_about(rows, at)} if about else {}
        return {each.pk: now[each.key] for each in messages if each.key in now}

    def write_message(
        self, message: Message, at: dt.datetime, facts: Message | None
    ) -> MessageText | None:
        """Return the words; None where it would not be planned any more."""
        if facts is None:
            return None
        row = facts.about
        return compose_message(
            self.templates[0],
            path=f"{reverse('my_learning')}#obligation-{row.pk}",
            link=_("My learning"),
            footer=LEARNERS,
            name=message.recipient.first_name,
            **facts_of(row, at),
            days_paused=facts.why["paused"],
            instead_of=row.learner.user if facts.why["deputy"] else None,
            **self.more_facts(row),
        )

    def more_facts(self, row: Obligation) -> dict[str, Any]:
        """Return what its template says besides."""
        return {}

    def explain_message(self, message: Message) -> Iterator[str]:
        facts = message.why
        if "due" not in facts:
            return
        day = moment_for(dt.datetime.fromisoformat(facts["due"]), message)
        yield self.explain_step(facts["days"]) % {
            "title": message.title,
            "due": day,
            "days": facts["days"],
        }
        if facts.get("extended"):
            yield gettext("The due date had been extended.")
        if facts.get("paused"):
            yield ngettext(
                "It was paused on %(paused)d day, which was added to the due date.",
                "It was paused on %(paused)d days, which were added to the due date.",
                facts["paused"],
            ) % {"paused": facts["paused"]}
        if facts.get("deputy"):
            yield gettext("It went to the deputy, to whom it had been handed over.")

    def explain_step(self, days: int) -> str:
        """Return when it is sent, with places for `title`, `due` and `days`."""
        raise NotImplementedError


class AssignedMail(ReminderMail):
    """Sent on the day it opens, or on the day it was assigned if that is later."""

    code = "assigned"
    label: str | Promise = _("assigned")
    templates = ("training/assignments/mail/assigned",)

    def more_facts(self, row: Obligation) -> dict[str, Any]:
        return {"before": _earlier_cycles(row)}

    def explain_step(self, days: int) -> str:
        return gettext(
            "“%(title)s” was assigned, due on %(due)s; the mail goes out once it opens."
        )


def _earlier_cycles(row: Obligation) -> str:
    """Return what became of earlier cycles: nothing yet, self, deputy or let_off."""
    earlier = Obligation.objects.filter(
        assignment=row.assignment_id, learner=row.learner_id, cycle__lt=row.cycle
    )
    if row.cycle == 1 or not earlier.exists():
        return "nothing"
    done = earlier.filter(satisfied_at__isnull=False)
    if done.filter(satisfied_by__learner=row.learner_id).exists():
        return "self"
    return "deputy" if done.exists() else "let_off"


class BeforeDueMail(ReminderMail):
    """Sent so many days before the due date as the assignment says."""

    code = "before"
    label = _("due soon")
    templates = ("training/assignments/mail/before",)

    def explain_step(self, days: int) -> str:
        return ngettext(
            "“%(title)s” was due on %(due)s; the mail goes out %(days)d day before.",
            "“%(title)s” was due on %(due)s; the mail goes out %(days)d days before.",
            days,
        )


class DueTodayMail(ReminderMail):
    """Sent on the due date."""

    code = "due_today"
    label = _("due today")
    templates = ("training/assignments/mail/due_today",)

    def explain_step(self, days: int) -> str:
        return gettext("“%(title)s” was due on %(due)s; the mail goes out on that day.")


class OverdueMail(ReminderMail):
    """Sent 1, 4, 7, 14 and 30 days after the due date."""

    code = "overdue"
    label = _("overdue")
    templates = ("training/assignments/mail/overdue",)

    def explain_step(self, days: int) -> str:
        return ngettext(
            "“%(title)s” was due on %(due)s; the mail goes out %(days)d day after.",
            "“%(title)s” was due on %(due)s; the mail goes out %(days)d days after.",
            days,
        )


class AllClearMail(ObligationMail):
    """Sent once to whoever was reminded that it is overdue and has done it."""

    code = "all_clear"
    label = _("all clear")
    templates = ("training/assignments/mail/all_clear",)

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        overdue = list(_overdue_and_done(planning.at))
        load_about(overdue)
        once = {(each.about_id, each.recipient_id): each for each in overdue}
        return [_all_clear(each, planning.at) for each in once.values()]

    def write_message(
        self, message: Message, at: dt.datetime, facts: object
    ) -> MessageText | None:
        """Return that it is done; None if it is asked no longer."""
        row, recipient = message.about, message.recipient
        if not (row and recipient and row.satisfied_at) or row.withdrawn_at:
            return None
        is_theirs = row.learner.user_id == recipient.pk
        return compose_message(
            self.templates[0],
            path=reverse("my_learning"),
            link=_("My learning"),
            footer=LEARNERS,
            name=recipient.first_name,
            title=row.assignment.title,
            done=due.day_in(row.satisfied_at, row.time_zone),
            comes_again=is_theirs and row.expires_at and not row.assignment.ended_at,
            expires=row.expires_at and due.day_in(row.expires_at, row.time_zone),
        )

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "Whoever was reminded that something is overdue gets a mail when it is done."
        )


def _overdue_and_done(at) -> QuerySet[Message]:
    """Return the mail that it is overdue of each who did it lately and is not told."""
    done = Obligation.objects.filter(
        satisfied_at__gte=at - dt.timedelta(days=due.STALE_DAYS)
    )
    sent = Message.objects.filter(
        kind=AllClearMail.code,
        about_type=OuterRef("about_type"),
        about_id=OuterRef("about_id"),
        recipient=OuterRef("recipient"),
    )
    overdue = Message.objects.about(done).filter(
        ~Exists(sent),
        kind=OverdueMail.code,
        state=Message.State.SENT,
        recipient__is_active=True,
    )
    return overdue.select_related("recipient")


def _all_clear(overdue, at):
    row = overdue.about
    return Message(
        kind=AllClearMail.code,
        recipient=overdue.recipient,
        recipient_key=overdue.recipient_key,
        topic_key=overdue.topic_key,
        about=row,
        scheduled_for=row.satisfied_at,
        created_at=at,
        why={"title": row.assignment.title, "done": row.satisfied_at.isoformat()},
    )
