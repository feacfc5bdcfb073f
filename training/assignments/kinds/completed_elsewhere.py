"""Says that a trainer recorded or revoked what somebody completed elsewhere."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mail.composing import compose_message
from mail.kinds import MessageText, Planning
from mail.models import Message, MessageKey
from training.assignments.models import CompletionElsewhere
from training.assignments.queries.completion_news import (
    CompletionNews,
    completion_news,
)
from training.assignments.rules import due
from training.assignments.wording.elsewhere import cycle_in_words
from training.teams.kinds.team_mail import LEARNERS, TeamMail

RECORDED = "elsewhere_recorded"


class ElsewhereMail(TeamMail):
    """To the person; one for all that was done about them at the same moment.

    So a file gives each person one e-mail, whatever it says of them.
    """

    keeps_text = True
    moment: ClassVar[str] = ""

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        since = planning.at - dt.timedelta(days=due.STALE_DAYS)
        rows = CompletionElsewhere.objects.filter(
            **{f"{self.moment}__gte": since}, learner__user__is_active=True
        )
        once: dict[MessageKey, Message] = {}
        for news in completion_news(self.to_mention(rows), planning.at):
            message = _message(self, news, planning.at)
            known = once.setdefault(message.key, message)
            if news.course not in known.why["title"]:
                known.why["title"] += f", {news.course}"
        return once.values()

    @staticmethod
    def current_facts(
        messages: Sequence[Message], at: dt.datetime
    ) -> Mapping[int, Sequence[CompletionNews]]:
        """Return primary key → what each message is about, as it stands now."""
        moments = {message.scheduled_for for message in messages}
        rows = CompletionElsewhere.objects.filter(
            Q(recorded_at__in=moments) | Q(revoked_at__in=moments),
            learner__user__in={message.recipient_id for message in messages},
        )
        found = defaultdict(list)
        for news in completion_news(rows, at):
            for moment in {news.completion.recorded_at, news.completion.revoked_at}:
                user = news.completion.learner.user_id
                found[user, news.completion.team_id, moment].append(news)
        return {
            each.pk: found[each.recipient_id, each.about_id, each.scheduled_for]
            for each in messages
        }

    def write_message(
        self,
        message: Message,
        at: dt.datetime,
        facts: Sequence[CompletionNews] | None,
    ) -> MessageText | None:
        """Return the message, or None if it was undone by then."""
        mine = [each for each in facts or () if self.still_applies(each.completion)]
        if not mine:
            return None
        first = mine[0].completion
        return compose_message(
            self.templates[0],
            path=reverse("my_learning"),
            link=_("My learning"),
            footer=LEARNERS,
            name=message.recipient.first_name,
            by=first.revoked_by if first.revoked_at else first.recorded_by,
            only=mine[0].course if len(mine) == 1 else "",
            items=[(each, _sentences(each)) for each in mine],
        )

    def to_mention(
        self, rows: QuerySet[CompletionElsewhere]
    ) -> QuerySet[CompletionElsewhere]:
        """Return those of the completions that their people hear of."""
        raise NotImplementedError

    def still_applies(self, completion: CompletionElsewhere) -> bool:
        """Return whether the completion stands as the message says."""
        raise NotImplementedError


class ElsewhereRecordedMail(ElsewhereMail):
    """Says what counts now, and until when."""

    code = RECORDED
    label = _("completed elsewhere")
    templates = ("training/assignments/mail/elsewhere_recorded",)
    moment = "recorded_at"

    def to_mention(
        self, rows: QuerySet[CompletionElsewhere]
    ) -> QuerySet[CompletionElsewhere]:
        return rows.in_force()

    def still_applies(self, completion: CompletionElsewhere) -> bool:
        return completion.revoked_at is None

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "A trainer recorded what this person completed elsewhere. The person gets one"
            " e-mail for all that was recorded at the same time."
        )


class ElsewhereRevokedMail(ElsewhereMail):
    """Says what has to be done again; only to whoever heard of the record."""

    code = "elsewhere_revoked"
    label = _("completed elsewhere, revoked")
    templates = ("training/assignments/mail/elsewhere_revoked",)
    moment = "revoked_at"

    def to_mention(
        self, rows: QuerySet[CompletionElsewhere]
    ) -> QuerySet[CompletionElsewhere]:
        # Those that were revoked before their person heard of them are left out.
        unsent = Message.objects.filter(
            kind=RECORDED,
            sent_at=None,
            recipient=OuterRef("learner__user"),
            scheduled_for=OuterRef("recorded_at"),
        )
        return rows.filter(~Exists(unsent))

    def still_applies(self, completion: CompletionElsewhere) -> bool:
        return completion.revoked_at is not None

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "A trainer revoked the record of what this person completed elsewhere. The"
            " person gets one e-mail, unless it was revoked before they heard of it."
        )


def _sentences(news: CompletionNews) -> list[str]:
    return [cycle_in_words(each.row, each.verdict) for each in news.asked]


def _message(kind: ElsewhereMail, news: CompletionNews, at: dt.datetime) -> Message:
    row = news.completion
    return Message(
        kind=kind.code,
        recipient_id=row.learner.user_id,
        recipient_key=f"user:{row.learner.user_id}",
        topic_key=f"team:{row.team_id}",
        about=row.team,
        scheduled_for=getattr(row, kind.moment),
        created_at=at,
        why={"title": news.course},
    )
