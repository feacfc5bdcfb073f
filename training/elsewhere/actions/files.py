"""Recording the completions of a file, all or none of them."""

import datetime as dt
import uuid

from accounts.models import User
from training.assignments.actions.completions import (
    CompletionFacts,
    record_completions,
)
from training.elsewhere.queries.files import CompletionPlan
from training.teams.models import Team


def record_file(*, plan: CompletionPlan, team: Team, by: User, at: dt.datetime) -> int:
    """Record what is new in the plan; return how many. Safe to call again.

    Raises UnableToRecord, with nothing recorded, if anything has changed since.
    """
    rows = [
        (
            row.learner,
            CompletionFacts(
                uuid.UUID(row.course), row.done_on, row.source, row.vouched_by
            ),
        )
        for row in plan.new
    ]
    return record_completions(team=team, rows=rows, by=by, at=at)
