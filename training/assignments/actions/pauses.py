"""Following quizzes that pause. Every action is safe to call again.

The worker runs them before it plans mail; publishing runs them for the page.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db import transaction
from django.db.models import Q

from training.assignments.models import (
    Assignment,
    ExceptionEntry,
    LastQuizDay,
    Obligation,
    Pause,
)
from training.assignments.queries.contents import live_lessons_of
from training.assignments.queries.learning import (
    extra_attempts,
    hand_overs,
    learning_by_course,
)
from training.assignments.queries.quiz_pauses import (
    last_days_of,
    pauses_of_quizzes,
    quizzes_now,
)
from training.assignments.rules.pauses import (
    Span,
    moved_due,
    pauses_of_duty,
    span_without,
)
from training.assignments.rules.satisfaction import (
    Learning,
    Requirement,
    lesson_done_at,
    lessons_done,
    required_lessons,
)

BATCH = 500
# A pause that ended longer ago has been recorded, or the worker was off that long.
LOOK_BACK = dt.timedelta(days=90)


def record_last_days(*, at: dt.datetime) -> set[uuid.UUID]:
    """Record changes to the last day of each quiz; return the courses affected.

    A date seen for the first time is taken to apply since the lesson went live.
    """
    quizzes = quizzes_now()
    known = last_days_of(quiz.key for quiz in quizzes)
    fresh = [
        (quiz, known[quiz.key][-1] if quiz.key in known else None)
        for quiz in quizzes
        if quiz.key not in known or known[quiz.key][-1].last_day != quiz.last_day
    ]
    rows = [
        LastQuizDay(
            lesson_key=quiz.key,
            last_day=quiz.last_day,
            since=_since(quiz, before, at),
        )
        for quiz, before in fresh
    ]
    LastQuizDay.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return {quiz.course_key for quiz, _before in fresh}


def _since(quiz, before, at):
    """Return since when the page has this date: since it went live, unless known."""
    went_live = quiz.live_since
    if went_live is None or went_live > at:
        return at
    return went_live if before is None or went_live > before.since else at


def follow_pauses(
    *, at: dt.datetime, course_keys: Collection[uuid.UUID] | None = None
) -> None:
    """Update the pauses and due dates of obligations to match paused quizzes.

    Checks all courses unless some are given. Obligations that are done do not change.
    """
    pauses = pauses_of_quizzes(quizzes_now(course_keys))
    lately = {
        key for key, spans in pauses.items() if any(_is_recent(s, at) for s in spans)
    }
    rows = _concerned(lately, course_keys, at)
    for start in range(0, len(rows), BATCH):
        _follow_batch(rows[start : start + BATCH], pauses, at)


def _is_recent(span, at):
    return span.starts_at <= at and (
        span.ends_at is None or span.ends_at > at - LOOK_BACK
    )


def _concerned(lately, course_keys, at) -> list[Obligation]:
    """Return open obligations that may be paused, or are recorded as paused.

    `lately` has the keys of lessons whose quiz is or was recently paused.
    """
    rules = Assignment.objects.current()
    still = Q(pauses__isnull=False, pauses__ends_at=None)
    if course_keys is not None:
        rules = rules.filter(course_key__in=course_keys)
        still &= Q(assignment__course_key__in=course_keys)
    rules = list(rules.only("course_key", "lesson_keys"))
    lessons = live_lessons_of({rule.course_key for rule in rules})
    touched = [rule for rule in rules if _is_touched(rule, lessons, lately)]
    is_open = Q(satisfied_at=None, withdrawn_at=None, opens_at__lte=at)
    rows = Obligation.objects.filter(is_open & Q(assignment__in=touched) | still)
    return list(rows.distinct().select_related("assignment").order_by("pk"))


def _is_touched(rule, lessons, lately):
    """Return whether a lesson of the course is paused or no longer there."""
    live = lessons.get(rule.course_key, {}).keys()
    return not live or bool(live & lately) or bool({*rule.lesson_keys} - live)


@transaction.atomic
def _follow_batch(rows, pauses, at):
    stored = _stored(rows)
    spans = _spans(rows, pauses, at)
    ended = [pause for row in rows for pause in _ended(row, stored, spans, at)]
    Pause.objects.bulk_update(ended, ["ends_at"], batch_size=500)
    begun = [pause for row in rows for pause in _begun(row, stored, spans)]
    Pause.objects.bulk_create(begun, ignore_conflicts=True, batch_size=500)
    touched = {pause.obligation_id for pause in [*ended, *begun]}
    # Counted when it is recorded, which may be days after the pause itself.
    Obligation.objects.filter(pk__in=touched).revise(at=at)
    over = {pause.obligation_id for pause in [*ended, *begun] if pause.ends_at}
    move_due_dates([row for row in rows if row.pk in over])


def _stored(rows):
    found: dict[int, list[Pause]] = defaultdict(list)
    for pause in Pause.objects.filter(obligation__in=[row.pk for row in rows]):
        found[pause.obligation_id].append(pause)
    return found


def _spans(rows, pauses, at) -> dict[int, list[Span]]:
    """Return obligation id → when it could not be done; none if it is closed."""
    keys = [row.pk for row in rows]
    courses = {row.assignment.course_key for row in rows}
    deputies, more = hand_overs(keys, at), extra_attempts(keys, at)
    people = {row.learner_id for row in rows}
    people |= {entry.deputy_id for entry in deputies.values()}
    learning, live = learning_by_course(people, courses), live_lessons_of(courses)
    found: dict[int, list[Span]] = {}
    for row in rows:
        entry, course = deputies.get(row.pk), row.assignment.course_key
        who = entry.deputy_id if entry else row.learner_id
        asked = Requirement.from_json(row.requirement)
        lessons = _lessons(
            asked.with_more_attempts(more.get(row.pk, 0)),
            learning.get((who, course), ()),
            live.get(course, {}),
            entry.starts_at if entry else row.opens_at,
        )
        found[row.pk] = []
        if row.is_open and lessons:
            found[row.pk] = pauses_of_duty(lessons, pauses, row.opens_at, at)
        elif row.is_open:
            # None of its lessons are available.
            found[row.pk] = [Span(max(at, row.opens_at), None)]
    return found


def _lessons(
    asked: Requirement,
    learning: Iterable[Learning],
    live: Collection[str],
    since: dt.datetime,
) -> Mapping[str, dt.datetime | None]:
    """Return each required lesson and when it was done, or None."""
    learning = list(learning)
    done = lessons_done(asked, learning, live, since)
    return {
        key: _done_at(asked, learning, key) if key in done else None
        for key in required_lessons(asked, live)
    }


def _done_at(asked, learning, key):
    moments = [lesson_done_at(asked, each.lessons.get(key)) for each in learning]
    return min((moment for moment in moments if moment), default=None)


def _ended(row, stored, spans, at) -> list[Pause]:
    """Return the obligation's pause that has ended, with its end, unsaved."""
    ended = []
    for pause in stored[row.pk]:
        if pause.ends_at is None:
            same = _same(pause, spans[row.pk], at)
            pause.ends_at = same.ends_at if same else _over(row, at)
            if pause.ends_at:
                pause.ends_at = max(pause.ends_at, pause.starts_at)
                ended.append(pause)
    return ended


def _same(pause, spans, at):
    """Return the span that continues the pause, also one that starts where it ends."""
    covering = [span for span in spans if span.covers(pause.starts_at)]
    return next(iter(covering or [s for s in spans if s.starts_at == at]), None)


def _begun(row, stored, spans) -> list[Pause]:
    """Return the obligation's pauses that are not recorded yet, unsaved."""
    known = [pause.span for pause in stored[row.pk]]
    fresh = [span_without(span, known) for span in spans[row.pk]]
    return [
        Pause(obligation=row, starts_at=span.starts_at, ends_at=span.ends_at)
        for span in fresh
        if span
    ]


def _over(row, at):
    """Return when the obligation closed (done or withdrawn), or now."""
    return row.satisfied_at or row.withdrawn_at or at


def move_due_dates(rows: Collection[Obligation]) -> None:
    """Save due dates, including extended ones, with the paused days added."""
    stored = _stored(rows)
    if not stored:
        return
    for row in rows:
        row.moved_due_at = _moved(row, row, stored, row.opens_at)
    Obligation.objects.bulk_update(rows, ["moved_due_at"], batch_size=500)
    entries = ExceptionEntry.objects.filter(
        obligation__in=list(stored), kind=ExceptionEntry.Kind.EXTENSION
    ).select_related("obligation")
    for entry in entries:
        entry.moved_due_at = _moved(entry, entry.obligation, stored, entry.starts_at)
    ExceptionEntry.objects.bulk_update(entries, ["moved_due_at"], batch_size=500)


def _moved(dated, row, stored, since):
    """Return the moved date of the obligation or extension, or None if unchanged."""
    spans = [pause.span for pause in stored[row.pk]]
    moved = moved_due(dated.due_at, spans, row.time_zone, since)
    return None if moved == dated.due_at else moved
