"""“Why did X get this mail?”, answered in sentences."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from training.models import Notice, Status
from training.models.teams import site_time_zone

_RULES: dict[str, str | Promise] = {
    Notice.Kind.INVITATION: gettext_lazy(
        "Somebody was invited into a team; the mail carries the way in."
    ),
    Notice.Kind.ALL_CLEAR: gettext_lazy(
        "Who was told that something is overdue is told when it is done."
    ),
    Notice.Kind.DIGEST: gettext_lazy(
        "Each Monday trainers are told who is behind in their teams, if anybody is."
    ),
    Notice.Kind.PAUSE_AHEAD: gettext_lazy(
        "Trainers are told 60, 30 and 7 days before quizzes pause that people in their"
        " teams still need."
    ),
    Notice.Kind.UNDECIDED: gettext_lazy(
        "Who trains those who wait is told once that no lesson of an assignment is live,"
        " so that somebody has to decide."
    ),
    Notice.Kind.REPORT: gettext_lazy("A report was ordered for this day."),
    Notice.Kind.ACCOUNT: gettext_lazy(
        "Somebody asked for it at the sign-in pages, and the mail server did not take it."
    ),
}


def story_of(notice: Notice, at: dt.datetime) -> list[str]:
    """Return the sentences: the rule, its dates, what was planned and came of it."""
    return [*_rule(notice), *_deputy(notice), *_planned(notice), *_outcome(notice, at)]


def zone_of(notice: Notice) -> str:
    """Return the time zone in which the notice's dates are told."""
    if notice.obligation:
        return notice.obligation.time_zone
    return notice.team.time_zone if notice.team else site_time_zone()


def _moment(value: dt.datetime, notice: Notice) -> str:
    zone = zone_of(notice)
    local = value.astimezone(ZoneInfo(zone))
    return f"{formats.date_format(local, 'j F Y, H:i')} ({zone})"


def _rule(notice: Notice) -> Iterator[str]:
    if notice.kind in _RULES:
        yield str(_RULES[notice.kind])
        return
    facts = {"title": notice.why.get("assignment", ""), **notice.why}
    if notice.kind == Notice.Kind.ESCALATION and "days" in facts:
        yield (
            ngettext(
                "The assignment “%(title)s” says that the team's manager is told after %(days)d day overdue.",
                "The assignment “%(title)s” says that the team's manager is told after %(days)d days overdue.",
                facts["days"],
            )
            % facts
        )
    elif "due" in facts:
        due = dt.datetime.fromisoformat(facts["due"])
        yield _step(notice.kind, facts | {"due": _moment(due, notice)})
        if facts.get("extended"):
            yield _("The due date had been extended.")
        if facts.get("paused"):
            yield ngettext(
                "It was paused on %(paused)d day, which was added to the due date.",
                "It was paused on %(paused)d days, which were added to the due date.",
                facts["paused"],
            ) % {"paused": facts["paused"]}


def _step(kind: str, facts: dict) -> str:
    days = facts["days"]
    if kind == Notice.Kind.ASSIGNED:
        words = _("“%(title)s” was assigned, due on %(due)s; it is said once it opens.")
    elif kind == Notice.Kind.DUE_TODAY:
        words = _("“%(title)s” was due on %(due)s; this is said on that day.")
    elif kind == Notice.Kind.BEFORE:
        words = ngettext(
            "“%(title)s” was due on %(due)s; this is said %(days)d day before.",
            "“%(title)s” was due on %(due)s; this is said %(days)d days before.",
            days,
        )
    else:
        words = ngettext(
            "“%(title)s” was due on %(due)s; this is said %(days)d day after.",
            "“%(title)s” was due on %(due)s; this is said %(days)d days after.",
            days,
        )
    return words % facts


def _deputy(notice: Notice) -> Iterator[str]:
    if notice.why.get("deputy"):
        yield _("It went to the deputy, to whom it had been handed over.")


def _planned(notice: Notice) -> Iterator[str]:
    yield _("Planned on %(planned)s, for %(due)s.") % {
        "planned": _moment(notice.created_at, notice),
        "due": _moment(notice.scheduled_for, notice),
    }


def _outcome(notice: Notice, at: dt.datetime) -> Iterator[str]:
    if notice.claimed_at:
        yield _("Looked at once more on %(moment)s, just before sending.") % {
            "moment": _moment(notice.claimed_at, notice)
        }
    yield from {
        Notice.State.QUEUED: _queued,
        Notice.State.SENDING: _sending,
        Notice.State.SENT: _sent,
        Notice.State.DROPPED: _dropped,
        Notice.State.FAILED: _failed,
    }[Notice.State(notice.state)](notice, at)


def _queued(notice, at):
    if notice.error:
        yield _("The last try failed: %(error)s") % {"error": notice.error}
    if notice.held_until and notice.held_until > at:
        yield _("It waits until %(moment)s.") % {
            "moment": _moment(notice.held_until, notice)
        }
    else:
        yield _("It waits to be sent.")


def _sending(notice, at):
    if is_uncertain(notice, at):
        yield _(
            "Sending was cut off, so it may have been sent or not. It is not sent"
            " again by itself."
        )
    else:
        yield _("It is being sent.")


def _sent(notice, at):
    yield _("It was still true and was sent on %(moment)s.") % {
        "moment": _moment(notice.sent_at, notice)
    }


def _dropped(notice, at):
    found = notice.why.get("found")
    if found in (Status.DONE, Status.EXPIRED, Status.WAIVED, Status.WITHDRAWN):
        yield _("It was not sent, because the obligation was %(status)s by then.") % {
            "status": Status(found).label
        }
    else:
        yield _(
            "It was not sent, because it was not true any more: the date or the person"
            " to tell had changed, or a later reminder had taken its place."
        )


def _failed(notice, at):
    yield ngettext(
        "It could not be sent in %(tries)d try: %(error)s",
        "It could not be sent in %(tries)d tries: %(error)s",
        notice.tries,
    ) % {"tries": notice.tries, "error": notice.error}


def is_uncertain(notice: Notice, at: dt.datetime) -> bool:
    """Return whether nobody knows if the notice was sent."""
    return Notice.objects.filter(pk=notice.pk).uncertain(at).exists()
