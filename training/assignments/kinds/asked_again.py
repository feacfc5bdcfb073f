"""Says that something is asked again: a waiver of which the person heard is over."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mail.composing import compose_message
from mail.kinds import MessageText, Planning
from mail.models import Message
from training.assignments.kinds.excused import WaivedMail
from training.assignments.kinds.obligation_mail import ObligationMail, facts_of
from training.assignments.models import ExceptionEntry, Obligation
from training.assignments.queries.due_dates import ASKED_AGAIN
from training.assignments.queries.to_do import to_do
from training.assignments.rules import due
from training.teams.kinds.team_mail import LEARNERS


class AskedAgainMail(ObligationMail):
    """Sent once to whoever was told of a waiver, when it has ended or was revoked.

    It says if it is overdue. No other reminder is sent on that day.
    """

    code = ASKED_AGAIN
    label = _("asked again")
    templates = ("training/assignments/mail/asked_again",)

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        over = {f"exception:{each.pk}": each for each in _newly_over(planning.at)}
        heard = Message.objects.filter(
            kind=WaivedMail.code, topic_key__in=over, sent_at__isnull=False
        )
        rows = {row.pk: row for row in _asked(over.values(), planning.at)}
        return [
            _message(over[topic], rows[over[topic].obligation_id], topic, planning.at)
            for topic in sorted(set(heard.values_list("topic_key", flat=True)))
            if over[topic].obligation_id in rows
        ]

    @staticmethod
    def current_facts(
        messages: Sequence[Message], at: dt.datetime
    ) -> Mapping[int, Obligation]:
        """Return primary key → what is asked, with its due date, if it still is."""
        rows = to_do(Obligation.objects.filter(pk__in=_about(messages)), at)
        found = {row.pk: row for row in rows}
        return {
            each.pk: found[each.about_id] for each in messages if each.about_id in found
        }

    def write_message(
        self, message: Message, at: dt.datetime, facts: Obligation | None
    ) -> MessageText | None:
        """Return the message, or None if it is done, waived again or not asked."""
        if facts is None or facts.learner.user_id != message.recipient_id:
            return None
        return compose_message(
            self.templates[0],
            path=f"{reverse('my_learning')}#obligation-{facts.pk}",
            link=_("My learning"),
            footer=LEARNERS,
            name=message.recipient.first_name,
            **facts_of(facts, at),
        )

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "It was waived until now. Whoever was told so gets one e-mail when the waiver"
            " has ended or was revoked."
        )


def _about(messages):
    return [each.about_id for each in messages]


def _newly_over(at: dt.datetime) -> QuerySet[ExceptionEntry]:
    """Return the waivers that were in force, and ended or were revoked recently."""
    since = at - dt.timedelta(days=due.STALE_DAYS)
    waivers = ExceptionEntry.objects.filter(kind=ExceptionEntry.Kind.WAIVER)
    over = waivers.annotate(over_at=Coalesce("revoked_at", "ends_at"))
    begun = Q(revoked_at=None) | Q(revoked_at__gt=F("starts_at"))
    return over.filter(begun, over_at__gt=since, over_at__lte=at)


def _asked(entries, at):
    keys = [each.obligation_id for each in entries]
    return to_do(Obligation.objects.filter(pk__in=keys), at)


def _message(entry, row, topic, at) -> Message:
    return Message(
        kind=AskedAgainMail.code,
        recipient=row.learner.user,
        recipient_key=f"user:{row.learner.user_id}",
        topic_key=topic,
        about=row,
        scheduled_for=entry.over_at,
        created_at=at,
        why={"title": row.assignment.title},
    )
