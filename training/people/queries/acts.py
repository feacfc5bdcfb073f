"""What somebody did last for many people, and may undo."""

import datetime as dt

from accounts.models import User
from training.people.models import BulkAct

# Later, too much may have followed from it.
UNDO_WITHIN = dt.timedelta(days=1)


def last_undoable(user: User, at: dt.datetime) -> BulkAct | None:
    """Return what the user did last for many people and may undo now; None if nothing.

    While a job is still doing it, there is nothing to undo.
    """
    act = BulkAct.objects.filter(by=user).select_related("job", "by").last()
    if act is None or act.undone_at or not act.people:
        return None
    is_running = act.job is not None and act.job.is_running
    return None if is_running or act.done_at < at - UNDO_WITHIN else act
