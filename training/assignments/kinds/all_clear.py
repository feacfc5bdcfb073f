"""Says that something overdue is done, so that people need not act on the reminder."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mail.composing import compose_message
from mail.kinds import MessageText, Planning
from mail.models import Message
from mail.queries import load_about
from training.assignments.kinds.ladder import OverdueMail
from training.assignments.kinds.obligation_mail import ObligationMail
from training.assignments.models import Obligation
from training.assignments.rules import due
from training.teams.kinds.team_mail import LEARNERS


class AllClearMail(ObligationMail):
    """Sent once to people who got an overdue reminder and then completed it."""

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
        """Return the message that it is done, or None if it is no longer asked for."""
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
            "People who got an overdue reminder get an e-mail once it is done."
        )


def _overdue_and_done(at) -> QuerySet[Message]:
    """Return overdue mail to people who have done it recently, without an all-clear."""
    # Of what was done elsewhere, there is an e-mail of its own.
    done = Obligation.objects.filter(
        satisfied_at__gte=at - dt.timedelta(days=due.STALE_DAYS),
        satisfied_elsewhere=None,
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
