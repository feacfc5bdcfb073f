"""The summary of a pack: a line for each person and assignment, from its records. Pure.

Moments are in ISO format, as in the records, so that lines can be kept as JSON.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course.rules.digests import digest_text

Record = Mapping[str, Any]
# So much of a SHA-256 tells two versions apart.
SHORT = 12


@dataclass(frozen=True)
class SummaryLine:
    """Where one person stands in one assignment, over all its cycles.

    `asked` is when it was first asked, and `due` when the newest cycle is due. Until
    `until` it is in date; None if that does not end, or never began. `elsewhere` is what
    it was done by that was completed elsewhere.
    """

    person_id: str
    person: str
    email: str
    staff_number: str
    job_title: str
    site: str
    team: str
    assignment_id: int
    assignment: str
    course: str
    zone: str
    asked: str
    due: str
    status: str
    status_in_words: str
    is_in_date: bool
    version: str
    first_done: str | None
    last_done: str | None
    first_score: int | None
    score: int | None
    cpd_hours: float | None
    until: str | None
    exceptions: Sequence[Record]
    revoked: Sequence[str]
    elsewhere: Sequence[Record]


def summary_lines(record: Record) -> list[SummaryLine]:
    """Return the lines of one person, by assignment."""
    groups: dict[int, list[Record]] = {}
    for row in record["obligations"]:
        groups.setdefault(row["assignment"]["id"], []).append(row)
    lines = [
        _line(record, sorted(rows, key=lambda row: row["cycle"]))
        for rows in groups.values()
    ]
    return sorted(lines, key=lambda line: line.assignment)


def _line(record: Record, rows: Sequence[Record]) -> SummaryLine:
    first, newest = rows[0], rows[-1]
    done = [row for row in rows if row["done"]]
    valid = [row for row in done if row["status"] == "done"]
    learnt = _enrolment(record, done[-1]) if done else None
    attempts = _attempts(learnt, done[-1]) if learnt else []
    person = record["person"]
    return SummaryLine(
        person_id=person["id"],
        person=person["name"] or person["email"] or person["id"],
        email=person["email"],
        **_work_details(record, newest["team"]),
        team=newest["team"] or "",
        assignment_id=newest["assignment"]["id"],
        assignment=newest["assignment"]["title"],
        course=newest["assignment"]["course"],
        zone=newest["time_zone"],
        asked=first["opens"],
        due=newest["due_with_exceptions"],
        status=newest["status"],
        status_in_words=newest["status_in_words"],
        is_in_date=bool(valid),
        version=_version(learnt, attempts),
        first_done=min((row["done"] for row in done), key=_moment, default=None),
        last_done=max((row["done"] for row in done), key=_moment, default=None),
        first_score=first_score(attempts),
        score=whole_score(attempts),
        cpd_hours=_cpd_hours(learnt),
        until=_until(valid or done[-1:]),
        exceptions=[each for row in rows for each in row["exceptions"]],
        revoked=_revoked(record, newest),
        elsewhere=[row["done_elsewhere"] for row in done if row["done_elsewhere"]],
    )


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _until(rows: Sequence[Record]) -> str | None:
    ends = [row["valid_until"] for row in rows]
    return max(ends, key=_moment) if ends and all(ends) else None


def _work_details(record: Record, team: str | None) -> dict[str, str]:
    """Return each detail as the team knows it, or else as any other team does."""
    found = {}
    for name in ("staff_number", "job_title", "site"):
        known = {row["team"]: row[name] for row in record["teams"]}
        found[name] = known.get(team) or next(filter(None, known.values()), "")
    return found


def _enrolment(record: Record, row: Record) -> Record | None:
    """Return the course record that the obligation was done in, or None."""
    if row["done_elsewhere"]:
        return None
    by_deputy = row["done_by"] != record["person"]["id"]
    for each in record["courses"]:
        place = (each["course_key"], each["cycle"], bool(each["by_deputy"]))
        if place == (row["assignment"]["course_key"], row["done_in_cycle"], by_deputy):
            return each
    return None


def _attempts(learnt: Record, row: Record) -> list[Record]:
    """Return the attempts that led to it being done: later ones are practice."""
    keys = row["rule_in_force"]["lesson_keys"]
    return [
        each
        for each in learnt["attempts"]
        if (not keys or each["lesson_key"] in keys)
        and each["marks"]
        and _moment(each["submitted"]) <= _moment(row["done"])
    ]


def _version(learnt: Record | None, attempts: Iterable[Record]) -> str:
    """Return the version of the lessons on the certificate, or that of the papers."""
    held = [each["version"] for each in learnt["certificates"]] if learnt else []
    papers = sorted({each["paper"] for each in attempts})
    whole = next(filter(None, held), "") or (
        digest_text("\n".join(papers)) if papers else ""
    )
    return whole[:SHORT]


def _cpd_hours(learnt: Record | None) -> float | None:
    """Return the hours that the newest certificate says, if it says any."""
    held = learnt["certificates"] if learnt else []
    return next((each["says"].get("cpd_hours") for each in held), None)


def first_score(attempts: Iterable[Record]) -> int | None:
    """Return the percentage right in the first attempt at each quiz."""
    firsts: dict[str, Record] = {}
    for each in sorted(attempts, key=lambda row: row["number"]):
        firsts.setdefault(each["lesson_key"], each["marks"][-1])
    right = sum(mark["right"] for mark in firsts.values())
    return _share(right, sum(mark["out_of"] for mark in firsts.values()))


def whole_score(attempts: Iterable[Record]) -> int | None:
    """Return the percentage of all questions right in any attempt, as when passing."""
    asked: set[tuple[str, str]] = set()
    right: set[tuple[str, str]] = set()
    for each in attempts:
        lesson = each["lesson_key"]
        asked |= {(lesson, question["key"]) for question in each["questions"]}
        by_question = each["marks"][-1]["by_question"]
        right |= {(lesson, key) for key in by_question["right"]}
    return _share(len(asked & right), len(asked))


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def _revoked(record: Record, row: Record) -> list[str]:
    course = row["assignment"]["course_key"]
    return [
        each["revoked_because"]
        for learnt in record["courses"]
        if learnt["course_key"] == course
        for each in learnt["certificates"]
        if each["revoked"]
    ]
