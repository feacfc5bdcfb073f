"""Says that somebody need not do it themselves: it was waived or handed over."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mail.composing import compose_message
from mail.kinds import MessageText, Planning
from mail.models import Message
from training.assignments.kinds.obligation_mail import ObligationMail
from training.assignments.models import ExceptionEntry, Obligation
from training.assignments.queries.to_do import still_asked
from training.assignments.rules import due
from training.teams.kinds.team_mail import LEARNERS

Kind = ExceptionEntry.Kind


class ExcusedMail(ObligationMail):
    """Sent once to the person whose obligation it is, while the exception applies."""

    entry_kind: ClassVar[str] = ""

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        begun = planning.ask(newly_excused)
        return [
            _message(self.code, entry, planning.at)
            for entry in begun
            if entry.kind == self.entry_kind
        ]

    @staticmethod
    def current_facts(
        messages: Sequence[Message], at: dt.datetime
    ) -> Mapping[int, ExceptionEntry]:
        """Return primary key → the exception, if it still applies."""
        keys = {each.pk: each.topic_key.partition(":")[2] for each in messages}
        rows = excuses_in_force(at).filter(pk__in=keys.values())
        found = {str(entry.pk): entry for entry in rows}
        return {pk: found[key] for pk, key in keys.items() if key in found}

    def write_message(
        self, message: Message, at: dt.datetime, facts: ExceptionEntry | None
    ) -> MessageText | None:
        """Return the message, or None if it was revoked, is over, or was done."""
        row = message.about
        if not (facts and row) or row.learner.user_id != message.recipient_id:
            return None
        until = facts.ends_at and due.day_in(facts.ends_at, row.time_zone)
        return compose_message(
            self.templates[0],
            path=f"{reverse('my_learning')}#obligation-{row.pk}",
            link=_("My learning"),
            footer=LEARNERS,
            name=message.recipient.first_name,
            title=row.assignment.title,
            by=facts.actor,
            deputy=facts.deputy and facts.deputy.user,
            until=until,
            zone=row.time_zone,
        )


class WaivedMail(ExcusedMail):
    """To people who need not do something, for some days or in this cycle."""

    code = "waived"
    label = _("waived")
    templates = ("training/assignments/mail/waived",)
    entry_kind = Kind.WAIVER

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "It was waived. The person gets one e-mail, from the first day on which it"
            " is waived."
        )


class HandedOverMail(ExcusedMail):
    """To people whose deputy does something for them; the deputy gets another."""

    code = "handed_over"
    label = _("handed over")
    templates = ("training/assignments/mail/handed_over",)
    entry_kind = Kind.HAND_OVER

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "It was handed over to a deputy. The person and the deputy get one e-mail"
            " each, from the first day of the hand-over."
        )


def excuses_in_force(at: dt.datetime) -> QuerySet[ExceptionEntry]:
    """Return the waivers and hand-overs that apply to what is still asked now."""
    deputised = Q(kind=Kind.HAND_OVER, deputy__user__is_active=True)
    rows = Obligation.objects.unsatisfied().filter(opens_at__lte=at)
    return (
        ExceptionEntry.objects.in_force(at)
        .filter(Q(kind=Kind.WAIVER) | deputised)
        .filter(obligation__in=still_asked(rows).values("pk"))
        .select_related("actor", "deputy__user")
    )


def newly_excused(planning: Planning) -> list[ExceptionEntry]:
    """Return those that began recently, with what they are about."""
    since = planning.at - dt.timedelta(days=due.STALE_DAYS)
    rows = excuses_in_force(planning.at).filter(starts_at__gte=since).order_by("pk")
    return list(
        rows.select_related("obligation__assignment", "obligation__learner__user")
    )


def _message(code: str, entry: ExceptionEntry, at: dt.datetime) -> Message:
    row = entry.obligation
    facts: dict[str, Any] = {"title": row.assignment.title}
    return Message(
        kind=code,
        recipient=row.learner.user,
        recipient_key=f"user:{row.learner.user_id}",
        topic_key=f"exception:{entry.pk}",
        about=row,
        scheduled_for=entry.starts_at,
        created_at=at,
        why=facts,
    )
