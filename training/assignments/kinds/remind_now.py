"""What a trainer sends by hand: what somebody still has to do, in own words too."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mail.composing import compose_message
from mail.kinds import MessageText
from mail.models import Message
from training.assignments.kinds.obligation_mail import facts_of
from training.assignments.models import Obligation
from training.assignments.queries.due_dates import readers_of
from training.assignments.queries.learning import hand_overs
from training.assignments.queries.to_do import to_do
from training.assignments.rules import due
from training.teams.kinds.team_mail import LEARNERS, TeamMail, quiet_hours_of
from training.teams.models import Membership, Team


class RemindNowMail(TeamMail):
    """To somebody with something to do, when a trainer says so; once a day at most."""

    code = "remind_now"
    label = _("reminder by a trainer")
    templates = ("training/assignments/mail/remind_now",)
    keeps_text = True

    @staticmethod
    def current_facts(
        messages: Sequence[Message], at: dt.datetime
    ) -> Mapping[int, dict[str, Any]]:
        """Return primary key → who reminds, and of what."""
        people = Q(learner__user__in=[each.recipient_id for each in messages])
        rows = own_to_do(Obligation.objects.filter(people), at)
        by = {each.why.get("by") for each in messages} - {None}
        users = User.objects.in_bulk(by) if by else {}
        return {
            each.pk: {
                "by": users.get(each.why.get("by")),
                "rows": [row for row in rows if is_about(row, each)],
            }
            for each in messages
        }

    def write_message(
        self, message: Message, at: dt.datetime, facts: dict[str, Any] | None
    ) -> MessageText | None:
        """Return what is still to be done by then, or None if nothing is."""
        if not (facts and facts["rows"]):
            return None
        return compose_message(
            self.templates[0],
            path=reverse("my_learning"),
            link=_("My learning"),
            footer=LEARNERS,
            name=message.recipient.first_name,
            by=facts["by"],
            words=message.why.get("words", ""),
            rows=[facts_of(row, at) for row in facts["rows"]],
        )

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "A trainer reminded this person of what they still have to do for"
            " “%(title)s”. It is sent once a day at most, and not in the quiet hours."
        ) % {"title": message.title}

    def explain_drop(self, message: Message) -> str:
        return gettext("It was not sent because nothing was left to do by then.")


def own_to_do(obligations: QuerySet[Obligation], at: dt.datetime) -> list[Obligation]:
    """Return what people still have to do themselves, the first due date first.

    What was handed over to a deputy is left out.
    """
    rows = list(to_do(obligations, at).order_by("effective_due_at", "pk"))
    readers = readers_of(rows, hand_overs([row.pk for row in rows], at))
    return [row for row in rows if readers[row.pk].user == row.learner.user]


def is_about(row: Obligation, message: Message) -> bool:
    """Return whether the recipient is asked for it, through the team or alone."""
    theirs = row.learner.user_id == message.recipient_id
    return theirs and row.team_id in (None, message.about_id)


def sending_moment(team: Team, at: dt.datetime) -> dt.datetime:
    """Return when a reminder sent now goes out: now, or when quiet hours end."""
    return quiet_hours_of(team).quiet_until(at) or at


def reminder_to(person: Membership, words: str, by: User, at: dt.datetime) -> Message:
    """Return the reminder to this person, unsaved; its key allows one a day."""
    team = person.team
    day = due.day_in(sending_moment(team, at), team.time_zone)
    return Message(
        kind=RemindNowMail.code,
        recipient=person.learner.user,
        recipient_key=f"user:{person.learner.user_id}",
        topic_key="remind_now",
        about=team,
        scheduled_for=due.start_of_day(day, team.time_zone),
        created_at=at,
        why={
            "title": team.name,
            "by": by.pk,
            "words": words,
            "day": day.isoformat(),
        },
    )
