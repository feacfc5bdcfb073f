"""The evidence of people's training, as plain values, in batches of people."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from wagtail.models import ModelLogEntry

from accounts.models import Learner
from progress.models import Certificate, Enrolment
from quizzes.models import Attempt, Paper
from training.assignments.models import (
    CompletionElsewhere,
    ExceptionEntry,
    Obligation,
)
from training.assignments.queries.contents import titles_of
from training.assignments.queries.personal_record import (
    completion_record,
    with_proofs,
)
from training.certificates.queries import evidence_rows
from training.certificates.queries.certificates import ShownCertificate, with_state
from training.certificates.queries.evidence_scope import Scope
from training.teams import log
from training.teams.models import Membership
from training.teams.queries.personal_record import log_record, membership_record

BATCH = 50


@dataclass
class Batch:
    """All rows about a batch of people, read in a fixed number of queries."""

    learners: list[Learner]
    memberships: dict[int, list[Membership]]
    obligations: dict[int, list[Obligation]]
    enrolments: dict[int, list[Enrolment]]
    asked: dict[tuple[int, uuid.UUID], set[str]]
    attempts: dict[int, list[Attempt]]
    certificates: dict[int, list[ShownCertificate]]
    papers: dict[int, Paper]
    titles: dict[str, str]
    completions: dict[int, list[CompletionElsewhere]]
    log: dict[str, list[ModelLogEntry]] = field(default_factory=dict)


def evidence_batches(
    scope: Scope, at: dt.datetime, *, after: int = 0, most: int | None = None
) -> Iterator[Batch]:
    """Yield the rows of the people in the scope, `BATCH` people at a time.

    Begins after the learner with the primary key `after`, and yields `most` at most.
    """
    people = scope.learners.filter(pk__gt=after).select_related("user")
    learners = list(people.order_by("pk")[:most])
    for start in range(0, len(learners), BATCH):
        yield _batch(scope, learners[start : start + BATCH], at)


def _batch(scope, learners, at):
    keys = [learner.pk for learner in learners]
    memberships = list(
        scope.memberships.filter(learner__in=keys)
        .select_related("team")
        .order_by("joined_at", "pk")
    )
    obligations = list(
        scope.obligations.filter(learner__in=keys)
        .with_status(at)
        .select_related("assignment", "team", "satisfied_by__learner__user")
        .prefetch_related(
            "exceptions__actor",
            "exceptions__deputy__user",
            "exceptions__revoked_by",
            "pauses",
        )
        .order_by("opens_at", "cycle", "pk")
    )
    enrolments = _enrolments(obligations, scope.until)
    attempts = _attempts(enrolments, scope.until)
    certificates = _certificates(enrolments, at)
    completions = _completions(obligations, scope.until)
    return Batch(
        learners=learners,
        memberships=_by(memberships, "learner_id"),
        obligations=_by(obligations, "learner_id"),
        enrolments=_for_whom(obligations, enrolments),
        asked=_asked(obligations),
        attempts=_by(attempts, "enrolment_id"),
        certificates=_by(certificates, "row.enrolment_id"),
        papers=_papers(attempts),
        titles=titles_of(_keys(obligations, enrolments)),
        completions=_by(completions, "learner_id"),
        log=_log(learners, memberships, obligations, certificates, completions),
    )


def _enrolments(obligations, until):
    """Return enrolments in the required courses, by the people or their deputies."""
    target = Q(pk__in={row.satisfied_by_id for row in obligations})
    learners = {row.learner_id for row in obligations}
    courses = {row.assignment.course_key for row in obligations}
    target |= Q(learner__in=learners, course_key__in=courses)
    asked = {(row.learner_id, row.assignment.course_key) for row in obligations}
    done = {row.satisfied_by_id for row in obligations}
    found = Enrolment.objects.filter(target).select_related("learner__user")
    found = found.filter(started_at__lte=until) if until else found
    return [
        row
        for row in found.prefetch_related("lessons").order_by("started_at", "pk")
        if (row.learner_id, row.course_key) in asked or row.pk in done
    ]


def _for_whom(obligations, enrolments):
    """Return learner id → enrolments that count for them, including a deputy's."""
    found = defaultdict(list)
    deputised = {
        (row.learner_id, row.satisfied_by_id) for row in obligations if row.satisfied_by
    }
    for enrolment in enrolments:
        whom = {learner for learner, key in deputised if key == enrolment.pk}
        if any(row.learner_id == enrolment.learner_id for row in obligations):
            whom.add(enrolment.learner_id)
        for learner in whom:
            found[learner].append(enrolment)
    return found


def _asked(obligations):
    """Return (learner, course) → keys of the required lessons; none means all."""
    found = {}
    for row in obligations:
        keys = set(row.requirement["lesson_keys"])
        known = found.setdefault((row.learner_id, row.assignment.course_key), keys)
        known.update(keys)
        if not (known and keys):
            known.clear()
    return found


def _attempts(enrolments, until):
    attempts = Attempt.objects.filter(enrolment__in=[row.pk for row in enrolments])
    attempts = attempts.filter(started_at__lte=until) if until else attempts
    with_all = attempts.prefetch_related("answers", "grades__actor")
    return list(with_all.order_by("started_at", "number", "pk"))


def _certificates(enrolments, at):
    held = Certificate.objects.filter(enrolment__in=[row.pk for row in enrolments])
    known = held.select_related(
        "enrolment__learner__user", "replaces", "revoked_by", "issued_by"
    )
    return with_state(known.order_by("issued_at", "pk"), at)


def _completions(obligations, until):
    """Return what was completed elsewhere of the required courses."""
    asked = {(row.learner_id, row.assignment.course_key) for row in obligations}
    done = {row.satisfied_elsewhere_id for row in obligations}
    rows = CompletionElsewhere.objects.filter(
        learner__in={learner for learner, _course in asked},
        course_key__in={course for _learner, course in asked},
    )
    return [
        row
        for row in with_proofs(rows.order_by("done_on", "pk"))
        if (row.learner_id, row.course_key) in asked
        and (until is None or row.recorded_at <= until or row.pk in done)
    ]


def _papers(attempts):
    used = {row.paper_id for row in attempts}
    marked = {grade.paper_id for row in attempts for grade in row.grades.all()}
    return Paper.objects.in_bulk(used | marked)


def _keys(obligations, enrolments):
    return {
        *(row.assignment.course_key for row in obligations),
        *(key for row in obligations for key in row.requirement["lesson_keys"]),
        *(row.course_key for row in enrolments),
        *(lesson.lesson_key for row in enrolments for lesson in row.lessons.all()),
    }


def _log(learners, memberships, obligations, certificates, completions):
    things = {
        Membership: [row.pk for row in memberships],
        Obligation: [row.pk for row in obligations],
        ExceptionEntry: [e.pk for row in obligations for e in row.exceptions.all()],
        Certificate: [each.row.pk for each in certificates],
        CompletionElsewhere: [row.pk for row in completions],
    }
    found = defaultdict(list)
    entries = log.entries_on(log.entries_about_all(learners), things)
    for entry in entries.order_by("timestamp", "pk"):
        found[entry.data["learner"]].append(entry)
    return found


def _by(items, path):
    found = defaultdict(list)
    for item in items:
        key = item
        for name in path.split("."):
            key = getattr(key, name)
        found[key].append(item)
    return found


def record_of(batch: Batch, learner: Learner) -> dict[str, Any]:
    """Return everything in the batch about the learner, as JSON values."""
    completions = {
        row.pk: completion_record(row, batch.titles)
        for row in batch.completions[learner.pk]
    }
    return {
        "person": evidence_rows.person_record(learner),
        "teams": [membership_record(row) for row in batch.memberships[learner.pk]],
        "obligations": [
            evidence_rows.obligation_record(
                row, batch.titles, completions.get(row.satisfied_elsewhere_id)
            )
            for row in batch.obligations[learner.pk]
        ],
        "courses": [
            evidence_rows.course_record(row, batch, learner)
            for row in batch.enrolments[learner.pk]
        ],
        "done_elsewhere": list(completions.values()),
        "log": [log_record(row) for row in batch.log.get(str(learner.uuid), ())],
    }
