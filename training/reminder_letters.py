"""The words of reminders, written when they are sent, from what is true then.

A template in `training/mail/` holds the words of each kind: the subject on its first
line, then paragraphs. Plain text and HTML are both made from them.
"""

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from training import due
from training.digests import behind_by_team, paused_by_team
from training.letters import Letter
from training.models import Notice, Obligation
from training.reminders import long_overdue

# Who can say why somebody got a mail, by who it is: each is told what they can do.
LEARNERS = _(
    "Anteroom sends this by itself. Whoever looks after your training can tell you why"
    " you got it."
)
TRAINERS = _("Anteroom sends this by itself. Training → Mail says why you got it.")
MANAGERS = _(
    "Anteroom sends this by itself, to the manager that the team's trainers named."
)


def compose(
    template: str,
    *,
    path: str,
    link: str | Promise,
    footer: str | Promise = LEARNERS,
    **context: Any,
) -> Letter:
    """Return the letter of the template's words, with one link to a page of the site.

    It is written in the site's language, whoever runs the worker.
    """
    with translation.override(settings.LANGUAGE_CODE):
        words = render_to_string(f"training/mail/{template}.txt", context).strip()
        subject, _end, body = words.partition("\n")
        frame = {
            "subject": subject.strip(),
            "body": re.sub(r"\n{3,}", "\n\n", body).strip(),
            "url": f"{settings.SITE_URL}{path}",
            "link": link,
            "footer": footer,
            "language": settings.LANGUAGE_CODE,
        }
        return Letter(
            subject=subject.strip(),
            text=render_to_string("training/mail/frame.txt", frame).strip() + "\n",
            html=render_to_string("training/mail/frame.html", frame),
        )


def write_reminder(notice: Notice, at: dt.datetime) -> Letter | None:
    """Return the letter about an obligation that is still to be done.

    None where `reminders.attach_standing` found that it is not wanted any more.
    """
    if notice.standing is None:
        return None
    row = notice.standing.obligation
    return compose(
        notice.kind,
        path=f"{reverse('my_learning')}#obligation-{row.pk}",
        link=_("My learning"),
        name=notice.recipient.first_name,
        **_facts(row, at),
        days_paused=notice.standing.why["paused"],
        before=_before(row) if notice.kind == Notice.Kind.ASSIGNED else "",
        instead_of=row.learner.user if notice.standing.why["deputy"] else None,
    )


def _facts(row: Obligation, at: dt.datetime) -> dict[str, Any]:
    day = due.day_in(row.effective_due_at, row.time_zone)
    return {
        "title": row.assignment.title,
        "due": day,
        "zone": row.time_zone,
        "is_overdue": row.effective_due_at < at,
        "days_late": (due.day_in(at, row.time_zone) - day).days,
        "team": row.team,
    }


def _before(row: Obligation) -> str:
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


def write_all_clear(notice: Notice, at: dt.datetime) -> Letter | None:
    """Return the letter that it is done, or None if it is asked no longer."""
    row = notice.obligation
    if row.satisfied_at is None or row.withdrawn_at or not notice.recipient:
        return None
    return compose(
        notice.kind,
        path=reverse("my_learning"),
        link=_("My learning"),
        name=notice.recipient.first_name,
        title=row.assignment.title,
        done=due.day_in(row.satisfied_at, row.time_zone),
        comes_again=_comes_again(row, notice.recipient),
        expires=row.expires_at and due.day_in(row.expires_at, row.time_zone),
    )


def _comes_again(row, recipient):
    """Return whether the recipient will be asked for it again, as it stands now."""
    rule, is_theirs = row.assignment, row.learner.user_id == recipient.pk
    return bool(is_theirs and row.expires_at and not rule.ended_at)


def write_digest(notice: Notice, at: dt.datetime) -> Letter | None:
    """Return who is behind in the trainer's teams, or None if nobody is."""
    teams = behind_by_team(notice.recipient, at)
    if not teams:
        return None
    return compose(
        notice.kind,
        path=reverse("wagtailadmin_home"),
        link=_("The training room"),
        footer=TRAINERS,
        name=notice.recipient.first_name,
        paused=paused_by_team(notice.recipient, at),
        teams=[(team.name, [_behind(row, at) for row in rows]) for team, rows in teams],
    )


def write_escalation(notice: Notice, at: dt.datetime) -> Letter | None:
    """Return to the team's manager what is long overdue, or None if nothing is."""
    team = notice.team
    about = Obligation.objects.filter(
        team=team, assignment=notice.subject_key.removeprefix("assignment:")
    )
    rows = long_overdue(about, at) if team.manager_email else []
    if not rows:
        return None
    # The manager of today, whoever it was when this was planned.
    notice.address = team.manager_email
    return compose(
        notice.kind,
        path="/",
        link=settings.WAGTAIL_SITE_NAME,
        footer=MANAGERS,
        name=team.manager_name,
        team=team.name,
        title=rows[0].assignment.title,
        days=rows[0].assignment.escalate_after_days,
        behind=[_behind(row, at) for row in rows],
    )


def _behind(row: Obligation, at: dt.datetime) -> dict[str, Any]:
    return {"person": str(row.learner.user), **_facts(row, at)}
