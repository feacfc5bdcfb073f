"""Checks what the files of a pack say: somebody may have written them by hand. Pure.

What passes can be shown in words without looking again.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from course.rules.digests import canonical_json
from progress.rules.days import day_in
from training.certificates.rules.summary import Record, SummaryLine, summary_lines

_TEXTS = (
    "person_id",
    "person",
    "email",
    "staff_number",
    "job_title",
    "site",
    "team",
    "assignment",
    "course",
    "zone",
    "asked",
    "due",
    "status",
    "status_in_words",
    "version",
)
_MOMENTS = ("asked", "due", "first_done", "last_done", "until")
_NUMBERS = ("first_score", "score", "cpd_hours")


def checked_facts(manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return whose evidence it is and who exported it when.

    Raises some error if anything is missing or of another kind. A pack of one person
    has neither a period nor a standard.
    """
    facts = {
        name: _text(manifest[name])
        for name in ("about", "taken_out_at", "taken_out_by", "time_zone")
    }
    _moment(facts["taken_out_at"], facts["time_zone"])
    period = {
        name: _day(manifest.get("period", {}).get(name)) for name in ("from", "until")
    }
    return facts | {"period": period, "standard": _text(manifest.get("standard", ""))}


def checked_lines(record: Record, person: str) -> list[SummaryLine]:
    """Return the lines of the record, which must be of the person with this id.

    Raises some error if what they are made of is missing or of another kind.
    """
    lines = summary_lines(record)
    for line in lines:
        _check(line)
    if record["person"]["id"] != person:
        raise ValueError(person)
    return lines


def _check(line: SummaryLine) -> None:
    # Half of a letter cannot be shown on any page.
    canonical_json(asdict(line)).encode()
    for name in _TEXTS:
        _text(getattr(line, name))
    for name in _MOMENTS:
        _moment(getattr(line, name), line.zone)
    for name in _NUMBERS:
        _number(getattr(line, name))
    if not isinstance(line.assignment_id, int):
        raise TypeError(line.assignment_id)
    for reason in line.revoked:
        _text(reason)
    for entry in line.exceptions:
        _check_exception(entry, line.zone)
    for completion in line.elsewhere:
        _text(completion["source"] + completion["vouched_by"])
        dt.date.fromisoformat(completion["done_on"])


def _check_exception(entry: Record, zone: str) -> None:
    for name in ("kind", "kind_in_words", "reason"):
        _text(entry[name])
    for name in ("new_due", "until", "taken_back"):
        _moment(entry[name], zone)
    _number(entry["extra_attempts"])


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: Any) -> None:
    if not isinstance(value, int | float | None):
        raise TypeError(value)


def _moment(text: str | None, zone: str) -> None:
    """Check that the moment is on a day in the zone, and in any other, if there is one."""
    moment = (
        dt.datetime.fromisoformat(text) if text else dt.datetime.now(ZoneInfo(zone))
    )
    if moment.tzinfo is None or not dt.MINYEAR < moment.year < dt.MAXYEAR:
        raise ValueError(text)
    day_in(moment, zone)


def _day(text: str | None) -> str | None:
    return text and dt.date.fromisoformat(text).isoformat()
