"""The report “Who is behind” as a mail, written from what is true when it is sent."""

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from training.access import may_enter
from training.letters import Letter
from training.models import Notice, ScheduledReport
from training.reports import behind

MOST_LINES = 50


def write_report(notice: Notice, at: dt.datetime) -> Letter | None:
    """Return the mail; None where it was stopped, or nobody may read it any more."""
    schedule = (
        ScheduledReport.objects.filter(
            pk=notice.why.get("schedule"), recipient=notice.recipient
        )
        .select_related("recipient", "team")
        .first()
    )
    if schedule is None or not _may_read(schedule.recipient):
        return None
    rows = behind.behind(schedule.recipient, at)
    paused = behind.paused(schedule.recipient, at)
    if schedule.team_id:
        rows = rows.filter(team=schedule.team_id)
        paused = paused.filter(team=schedule.team_id)
    ordered = rows.order_by("effective_due_at", "pk")
    return _letter(schedule, ordered, paused.count(), at)


def _may_read(user) -> bool:
    return user.is_active and may_enter(user)


def _letter(schedule, rows, paused, at) -> Letter:
    counts = behind.counts(rows)
    lines = behind.behind_lines(rows[:MOST_LINES], at)
    address = f"{settings.SITE_URL}{reverse('training:report_behind')}"
    if schedule.team_id:
        address += f"?team={schedule.team_id}"
    facts = {
        "about": str(schedule),
        "counts": counts,
        "lines": lines,
        "paused": paused,
        "left_out": counts.overdue + counts.due_soon - len(lines),
        "address": address,
        "stop_address": f"{settings.SITE_URL}{reverse('training:report_mail')}",
    }
    subject = gettext("Who is behind in “%(about)s”: %(overdue)s overdue")
    return Letter(
        subject=subject % {"about": schedule, "overdue": counts.overdue},
        text=render_to_string("training/mail/report.txt", facts),
        html=render_to_string("training/mail/report.html", facts),
    )
