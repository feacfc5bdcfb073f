"""The e-mail that a look back is due, to whoever asked for it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from languages.addresses import path_in
from mail.composing import compose_message
from mail.kinds import MailKind, MessageText, Planning, StopAddress
from mail.models import Message
from progress.models import RecallReminder
from progress.rules.recall import FIRST_WAIT, choose_questions, reminder_moment
from quizzes.queries.recall import candidates_of

# How many learners are looked at together.
BATCH = 500


@dataclass(frozen=True)
class DueReminder:
    """A look back that is due since a moment, with so many questions."""

    reminder: RecallReminder
    moment: dt.datetime
    number: int


class LookBackMail(MailKind):
    """To people with an account who asked for it, once for each look back."""

    code = "look_back"
    label = _("look back")
    templates = ("quizzes/mail/look_back",)

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        """Return a message for each look back that is due and has none yet."""
        reminders = list(_reminders(planning.at))
        for start in range(0, len(reminders), BATCH):
            some = _without_message(reminders[start : start + BATCH])
            for due in _due_among(some, planning.at):
                yield _message(due, planning.at)

    @staticmethod
    def current_facts(
        messages: Sequence[Message], at: dt.datetime
    ) -> Mapping[int, DueReminder]:
        """Return primary key → the look back, if it is still due and wished for."""
        people = [message.recipient_id for message in messages]
        reminders = _reminders(at).filter(learner__user__in=people)
        now = {_key(due.reminder): due for due in _due_among(list(reminders), at)}
        keys = {each.pk: (each.recipient_id, each.topic_key) for each in messages}
        return {pk: now[key] for pk, key in keys.items() if key in now}

    def write_message(
        self, message: Message, at: dt.datetime, facts: DueReminder | None
    ) -> MessageText | None:
        """Return the message, or None after the look back, a stop or an erasure."""
        if facts is None:
            return None
        language = facts.reminder.language
        stop = reverse("look_back_mail_stop", args=[facts.reminder.stop_code])
        return compose_message(
            self.templates[0],
            path=reverse("look_back"),
            link=_("Look back now"),
            footer=_("You asked for this e-mail on “Your progress”."),
            language=language,
            number=facts.number,
            stop=StopAddress(
                settings.SITE_URL + path_in(stop, language), is_at_once=True
            ),
        )

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "The person asked on “Your progress” for an e-mail when a look back is due."
        )


def _reminders(at: dt.datetime) -> QuerySet[RecallReminder]:
    """Return those for which a day has passed, each with when they looked back last."""
    day_ago = at - FIRST_WAIT
    asked = RecallReminder.objects.filter(
        learner__user__is_active=True, asked_at__lte=day_ago
    )
    last = asked.annotate(last=Max("learner__recall_cards__reviewed_at"))
    return last.filter(Q(last=None) | Q(last__lte=day_ago)).select_related("learner")


def _key(reminder) -> tuple[int, str]:
    """Return recipient and topic: the same until they look back again."""
    return reminder.learner.user_id, f"look_back:{_since(reminder).isoformat()}"


def _since(reminder):
    return max(reminder.asked_at, reminder.last or reminder.asked_at)


def _without_message(reminders):
    people = [each.learner.user_id for each in reminders]
    there = Message.objects.filter(kind=LookBackMail.code, recipient__in=people)
    known = set(there.values_list("recipient", "topic_key"))
    return [each for each in reminders if _key(each) not in known]


def _due_among(
    reminders: Sequence[RecallReminder], at: dt.datetime
) -> Iterator[DueReminder]:
    candidates = candidates_of([each.learner_id for each in reminders], at)
    for reminder in reminders:
        theirs = candidates[reminder.learner_id]
        moment = reminder_moment(theirs, _since(reminder))
        number = len(choose_questions(theirs, at))
        if moment and moment <= at and number:
            yield DueReminder(reminder, moment, number)


def _message(due, at):
    recipient, topic = _key(due.reminder)
    return Message(
        kind=LookBackMail.code,
        recipient_id=recipient,
        recipient_key=f"user:{recipient}",
        topic_key=topic,
        scheduled_for=due.moment,
        created_at=at,
    )
