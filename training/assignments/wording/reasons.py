"""Why and when somebody was asked: the facts in force, and sentences about them.

The facts contain no names and no reasons for exceptions. `mail.explanation` explains
why a message was sent.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training.assignments.models import ExceptionEntry, Obligation
from training.assignments.wording import assignments

Kind = ExceptionEntry.Kind


def facts_about(
    obligation: Obligation, entries: Iterable[ExceptionEntry], at: dt.datetime
) -> dict[str, Any]:
    """Return the rule, dates and exceptions in force, as plain JSON values.

    `entries` are all exceptions to the obligation. Runs no queries if the obligation's
    assignment and team are loaded.
    """
    in_force = [entry for entry in entries if entry.is_in_force(at)]
    extensions = [entry for entry in in_force if entry.kind == Kind.EXTENSION]
    dated = [obligation, *extensions]
    return {
        "assignment": obligation.assignment.title,
        "version": obligation.assignment.version,
        "team": obligation.team.name if obligation.team else None,
        "cycle": obligation.cycle,
        "months": obligation.assignment.recurs_every_months,
        "zone": obligation.time_zone,
        "opens": obligation.opens_at.isoformat(),
        "due": obligation.due_at.isoformat(),
        "due_now": max(each.moved_due_at or each.due_at for each in dated).isoformat(),
        "days_added": obligation.days_added,
        "done": _iso(obligation.satisfied_at),
        "elsewhere": obligation.is_done_elsewhere,
        "valid_until": _iso(obligation.expires_at),
        "withdrawn": _iso(obligation.withdrawn_at),
        "requirement": obligation.requirement,
        "exceptions": [_exception(entry) for entry in in_force],
        "as_of": at.isoformat(),
    }


def _exception(entry: ExceptionEntry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "from": entry.starts_at.isoformat(),
        "until": _iso(entry.ends_at),
        "due": _iso(entry.due_at),
        "attempts": entry.extra_attempts,
    }


def _iso(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def reasons_in_words(known: dict[str, Any]) -> list[str]:
    """Return the facts as sentences, with days in the obligation's time zone."""
    if not known:
        return []
    zone = known["zone"]
    return [
        _given(known),
        _cycle(known),
        _(
            "According to the rule, it opens on %(opens)s and is due on %(due)s (%(zone)s)."
        )
        % {
            "opens": _day(known["opens"], zone),
            "due": _day(known["due"], zone),
            "zone": zone,
        },
        *_paused(known, zone),
        _asked(known["requirement"]),
        *(_excepted(entry, zone) for entry in known["exceptions"]),
        *_came_of_it(known, zone),
    ]


def _given(known):
    words = {"title": known["assignment"], "team": known["team"]}
    if known["team"]:
        return _("“%(title)s” was assigned to the team %(team)s.") % words
    return _("“%(title)s” was assigned to this person.") % words


def _cycle(known):
    if not known["months"]:
        return _("It has to be done once.")
    every = ngettext(
        "It recurs every month; this is cycle %(cycle)d.",
        "It recurs every %(months)d months; this is cycle %(cycle)d.",
        known["months"],
    )
    return every % {"months": known["months"], "cycle": known["cycle"]}


def _paused(known, zone):
    # Facts frozen before pauses existed have none.
    if known.get("days_added"):
        yield ngettext(
            "It could not be done for %(days)d day; with this day added, it is due on "
            "%(due)s.",
            "It could not be done for %(days)d days; with these days added, it is due "
            "on %(due)s.",
            known["days_added"],
        ) % {"days": known["days_added"], "due": _day(known["due_now"], zone)}


def _asked(requirement):
    text = assignments.pass_mark_in_words(
        requirement["pass_mark"], requirement["attempts_counted"]
    )
    number = len(requirement["lesson_keys"])
    if not number:
        return _("The whole course is required. %(how)s.") % {"how": text}
    lessons = ngettext(
        "%(n)d lesson is required. %(how)s.",
        "%(n)d lessons are required. %(how)s.",
        number,
    )
    return lessons % {"n": number, "how": text}


def _excepted(entry, zone):
    text = {
        Kind.EXTENSION: _("An extension is in force: it is due on %(due)s."),
        Kind.WAIVER: _("A waiver is in force."),
        Kind.EXTRA_ATTEMPTS: _("Extra attempts that count: %(attempts)s."),
        Kind.HAND_OVER: _("It has been handed over to a deputy."),
        Kind.ASKED_AGAIN: _("It had been done, and is asked again."),
    }[entry["kind"]] % {
        "due": entry["due"] and _day(entry["due"], zone),
        "attempts": entry["attempts"],
    }
    if not entry["until"]:
        return text
    until = _("That ends on %(day)s.") % {"day": _day(entry["until"], zone)}
    return f"{text} {until}"


def _came_of_it(known, zone):
    if known["done"]:
        # Facts frozen before it could be done elsewhere do not say so.
        text = _("It was done on %(day)s.")
        if known.get("elsewhere"):
            text = _("It was done elsewhere on %(day)s.")
        yield text % {"day": _day(known["done"], zone)}
    if known["valid_until"]:
        day = _day(known["valid_until"], zone)
        yield _("It is valid until %(day)s.") % {"day": day}
    if known["withdrawn"]:
        yield _("It has not been asked for since %(day)s.") % {
            "day": _day(known["withdrawn"], zone)
        }


def _day(moment, zone):
    return assignments.day_in_words(
        dt.datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).date()
    )
