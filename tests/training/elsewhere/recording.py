"""How tests record what was completed elsewhere."""

import datetime as dt
import uuid

from django.utils import timezone

from progress.rules.days import day_in
from training.assignments.actions.completions import (
    CompletionFacts,
    ProofFile,
    record_completion,
)

PDF = ProofFile("certificate.pdf", b"%PDF-1.7 a scan")


def on(day, course, *, proof=None):
    """Return that the course was completed at the Red Cross on the day."""
    return CompletionFacts(course.translation_key, day, "Red Cross", "HR", proof)


def record(learner, team, course, by, *, days_ago=0, proof=None, at=None):
    """Record that the learner completed the course some days ago."""
    at = at or timezone.now()
    day = day_in(at, team.time_zone) - dt.timedelta(days=days_ago)
    return record_completion(
        learner=learner,
        team=team,
        facts=on(day, course, proof=proof),
        key=uuid.uuid4(),
        by=by,
        at=at,
    )
