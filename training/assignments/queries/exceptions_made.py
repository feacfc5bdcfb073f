"""The exceptions that one form made for several people."""

import uuid
from collections.abc import Iterable

from accounts.models import User
from training.assignments.models import ExceptionEntry
from training.teams.models import Membership


def key_for(form: uuid.UUID, obligation: int) -> uuid.UUID:
    """Return the key of the form's entry for this obligation."""
    return uuid.uuid5(form, str(obligation))


def exceptions_made_with(
    *, form: uuid.UUID, people: Iterable[Membership], assignment: int, by: User
) -> list[ExceptionEntry]:
    """Return the entries that the user's form made for these people."""
    entries = ExceptionEntry.objects.filter(
        actor=by,
        obligation__assignment=assignment,
        obligation__learner__in={row.learner_id for row in people},
    )
    return [
        entry
        for entry in entries.select_related("obligation__learner")
        if entry.key == key_for(form, entry.obligation_id)
    ]
