"""The report “Who is behind” by e-mail, with data from when it is sent."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mail.composing import compose_both
from mail.kinds import MessageText, Planning, StopAddress
from mail.models import Message
from training.reports.models import ScheduledReport
from training.reports.queries import behind
from training.reports.rules.report_days import newest_report_at
from training.teams.access import may_enter
from training.teams.kinds.team_mail import TeamMail

MOST_LINES = 50


class ReportMail(TeamMail):
    """To the person who scheduled it, every week or month."""

    code = "report"
    label = _("report")
    templates = ("training/reports/mail/report",)

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        """Return the newest due report of each schedule, not every missed one."""
        orders = ScheduledReport.objects.filter(recipient__is_active=True)
        for order in orders.select_related("team"):
            when = newest_report_at(order.frequency, planning.at, settings.TIME_ZONE)
            if when >= order.created_at:
                yield _report(order, when, planning.at)

    def write_message(
        self, message: Message, at: dt.datetime, facts: object
    ) -> MessageText | None:
        """Return the report, or None if it was stopped or may no longer be read."""
        order = (
            ScheduledReport.objects.filter(
                pk=message.why.get("schedule"), recipient=message.recipient
            )
            .select_related("recipient", "team")
            .first()
        )
        if order is None or not _may_read(order.recipient):
            return None
        rows = behind.obligations_behind(order.recipient, at)
        paused = behind.obligations_paused(order.recipient, at)
        if order.team_id:
            rows = rows.filter(team=order.team_id)
            paused = paused.filter(team=order.team_id)
        ordered = rows.order_by("effective_due_at", "pk")
        return _compose(order, ordered, paused.count(), at)

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext("A report was scheduled for this day.")


def _may_read(user) -> bool:
    return user.is_active and may_enter(user)


def _compose(order, rows, paused, at) -> MessageText:
    counts = behind.count_behind(rows)
    lines = behind.behind_lines(rows[:MOST_LINES], at)
    address = f"{settings.SITE_URL}{reverse('report_behind:index')}"
    if order.team_id:
        address += f"?team={order.team_id}"
    subject = gettext("Who is behind in “%(about)s”: %(overdue)s overdue")
    return compose_both(
        "training/reports/mail/report",
        subject % {"about": order, "overdue": counts.overdue},
        about=str(order),
        counts=counts,
        lines=lines,
        paused=paused,
        left_out=counts.overdue + counts.due_soon - len(lines),
        address=address,
        stop=StopAddress(f"{settings.SITE_URL}{reverse('reports:report_mail')}"),
    )


def _report(order, when, at):
    return Message(
        kind=ReportMail.code,
        recipient_id=order.recipient_id,
        recipient_key=f"user:{order.recipient_id}",
        topic_key=f"report:{order.pk}",
        about=order.team,
        scheduled_for=when,
        why={
            "title": order.team.name if order.team else "",
            "schedule": order.pk,
            "frequency": order.frequency,
        },
        created_at=at,
    )
