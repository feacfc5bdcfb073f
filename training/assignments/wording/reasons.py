"""Why was somebody asked, and when? The facts in force, and the sentences they make.

No names and no reasons are among the facts. What a mail followed is told by
`mail.explanation`.
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
    """Return which rule, dates and exceptions are in force, as plain JSON values.

    `entries` are all exceptions of the obligation. No queries, where the obligation
    comes with its assignment and team.
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
    """Return the facts in sentences, with days as the obligation's time zone has them."""
    if not known:
        return []
    zone = known["zone"]
    return [
        _given(known),
        _cycle(known),
        _("By the rule it opens on %(opens)s and is due on %(due)s (%(zone)s).")
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
        return _("It is to be done once.")
    every = ngettext(
        "It comes again every month; this is time number %(cycle)d.",
        "It comes again every %(months)d months; this is time number %(cycle)d.",
        known["months"],
    )
    return every % {"months": known["months"], "cycle": known["cycle"]}


def _paused(known, zone):
    # Facts frozen before there were pauses have none.
    if known.get("days_added"):
        yield ngettext(
            "On %(days)d day it could not be done; with that day added it is due on %(due)s.",
            "On %(days)d days it could not be done; with these days added it is due on %(due)s.",
            known["days_added"],
        ) % {"days": known["days_added"], "due": _day(known["due_now"], zone)}


def _asked(requirement):
    text = assignments.pass_mark_in_words(
        requirement["pass_mark"], requirement["attempts_counted"]
    )
    number = len(requirement["lesson_keys"])
    if not number:
        return _("The whole course is asked for. %(how)s.") % {"how": text}
    lessons = ngettext(
        "%(n)d lesson is asked for. %(how)s.",
        "%(n)d lessons are asked for. %(how)s.",
        number,
    )
    return lessons % {"n": number, "how": text}


def _excepted(entry, zone):
    text = {
        Kind.EXTENSION: _("An extension is in force: it is due on %(due)s."),
        Kind.WAIVER: _("A waiver is in force."),
        Kind.EXTRA_ATTEMPTS: _("Extra attempts count: %(attempts)s."),
        Kind.HAND_OVER: _("It is handed over to a deputy."),
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
        yield _("It was done on %(day)s.") % {"day": _day(known["done"], zone)}
    if known["valid_until"]:
        day = _day(known["valid_until"], zone)
        yield _("That is valid until %(day)s.") % {"day": day}
    if known["withdrawn"]:
        yield _("It is not asked for any more since %(day)s.") % {
            "day": _day(known["withdrawn"], zone)
        }


def _day(moment, zone):
    return assignments.day_in_words(
        dt.datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).date()
    )
