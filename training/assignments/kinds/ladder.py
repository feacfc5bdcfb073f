"""The reminders of one obligation, from the day it opens until it is long overdue."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mail.kinds import AttachedFile
from mail.models import Message
from training.assignments.kinds.obligation_mail import due_date_file
from training.assignments.kinds.reminders import ReminderMail
from training.assignments.models import Obligation
from training.assignments.queries.calendar_entries import calendar_entries_of
from training.assignments.rules.reminder_steps import ReminderPlan, ReminderStep
from training.assignments.wording.assignments import days_long

OVERDUE_DAYS = (1, 4, 7, 14, 30)
# From then on, every week until it is done or taken back.
WEEKLY_FROM = OVERDUE_DAYS[-1] + 7


class AssignedMail(ReminderMail):
    """Sent on the day it opens, or the day it was assigned if that is later."""

    code = "assigned"
    label = _("assigned")
    templates = ("training/assignments/mail/assigned",)

    def steps(self, plan: ReminderPlan) -> Iterable[ReminderStep]:
        days = (plan.due - plan.first).days
        return [ReminderStep(self.code, plan.first, days, is_first=True)]

    def attachments(self, message: Message, at: dt.datetime) -> list[AttachedFile]:
        # A date that is new to the deputy; hand-overs are rare, so each may be read.
        if not message.why["deputy"]:
            return []
        row = message.about
        with translation.override(settings.LANGUAGE_CODE):
            found = calendar_entries_of([row], at, settings.SITE_URL)
        return [due_date_file(found[row.pk])]

    def more_facts(self, message: Message) -> dict[str, Any]:
        return {"before": _earlier_cycles(message.about)}

    def explain_rule(self, message: Message) -> str:
        return gettext(
            "“%(title)s” was assigned, due on %(due)s. The e-mail is sent when it "
            "opens."
        )


def _earlier_cycles(row: Obligation) -> str:
    """Return who did earlier cycles: nothing, self, deputy or let_off."""
    earlier = Obligation.objects.filter(
        assignment=row.assignment_id, learner=row.learner_id, cycle__lt=row.cycle
    )
    if row.cycle == 1 or not earlier.exists():
        return "nothing"
    done = earlier.filter(satisfied_at__isnull=False)
    own = Q(satisfied_by__learner=row.learner_id) | Q(satisfied_elsewhere__isnull=False)
    if done.filter(own).exists():
        return "self"
    return "deputy" if done.exists() else "let_off"


class HalfWayMail(ReminderMail):
    """Sent when half of the time has passed, if the assignment says so.

    It is left out if another reminder is close.
    """

    code = "half_way"
    label = _("half-way")
    templates = ("training/assignments/mail/half_way",)

    def steps(self, plan: ReminderPlan) -> Iterable[ReminderStep]:
        days = (plan.due - plan.first).days // 2
        if not plan.mailing.half_way or days < 1:
            return []
        day = plan.due - dt.timedelta(days=days)
        return [ReminderStep(self.code, day, days, yields_to=True)]

    def step_in_words(self, days: int) -> str:
        return gettext("Half-way, %(days)s before it is due") % {
            "days": days_long(days)
        }

    def explain_rule(self, message: Message) -> str:
        return gettext(
            "“%(title)s” was due on %(due)s. The e-mail is sent when half of the time has"
            " passed."
        )


class BeforeDueMail(ReminderMail):
    """Sent as many days before the due date as the assignment says."""

    code = "before"
    label = _("due soon")
    templates = ("training/assignments/mail/before",)

    def steps(self, plan: ReminderPlan) -> Iterable[ReminderStep]:
        return [
            ReminderStep(self.code, plan.due - dt.timedelta(days=days), days)
            for days in set(plan.mailing.days_before)
            if days > 0
        ]

    def step_in_words(self, days: int) -> str:
        return gettext("%(days)s before it is due") % {"days": days_long(days)}

    def explain_rule(self, message: Message) -> str:
        return ngettext(
            "“%(title)s” was due on %(due)s. The e-mail is sent %(days)d day before.",
            "“%(title)s” was due on %(due)s. The e-mail is sent %(days)d days before.",
            message.why["days"],
        )


class DueTodayMail(ReminderMail):
    """Sent on the due date."""

    code = "due_today"
    label = _("due today")
    templates = ("training/assignments/mail/due_today",)

    def steps(self, plan: ReminderPlan) -> Iterable[ReminderStep]:
        return [ReminderStep(self.code, plan.due, 0)]

    def explain_rule(self, message: Message) -> str:
        return gettext(
            "“%(title)s” was due on %(due)s. The e-mail is sent on that day."
        )


class OverdueMail(ReminderMail):
    """Sent on certain days after the due date, and then every week."""

    code = "overdue"
    label = _("overdue")
    templates = ("training/assignments/mail/overdue",)

    def steps(self, plan: ReminderPlan) -> Iterable[ReminderStep]:
        return [
            ReminderStep(
                self.code,
                plan.due + dt.timedelta(days=days),
                days,
                if_late=True,
                every=7 if days == WEEKLY_FROM else 0,
            )
            for days in (*OVERDUE_DAYS, WEEKLY_FROM)
        ]

    def step_in_words(self, days: int) -> str:
        if days < WEEKLY_FROM:
            return only_if_late(str(self.label), days)
        words = gettext(
            "Overdue, %(days)s overdue and then every week, until it is done or no"
            " longer asked for (only if late)"
        )
        return words % {"days": days_long(days)}

    def more_facts(self, message: Message) -> dict[str, Any]:
        return {"comes_weekly": message.why["days"] >= WEEKLY_FROM}

    def explain_rule(self, message: Message) -> str:
        if message.why["days"] >= WEEKLY_FROM:
            return gettext(
                "“%(title)s” was due on %(due)s. After 30 days, the e-mail is sent every"
                " week until it is done or no longer asked for."
            )
        return ngettext(
            "“%(title)s” was due on %(due)s. The e-mail is sent %(days)d day after.",
            "“%(title)s” was due on %(due)s. The e-mail is sent %(days)d days after.",
            message.why["days"],
        )


def only_if_late(label: str, days: int) -> str:
    """Return the description of mail sent this many days overdue, for the forecast."""
    words = gettext("%(what)s, %(days)s overdue (only if late)")
    return capfirst(words % {"what": label, "days": days_long(days)})
