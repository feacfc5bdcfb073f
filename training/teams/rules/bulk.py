"""What becomes of each person when something is done for many of them at once."""

from enum import StrEnum


class BulkOutcome(StrEnum):
    """Done, or why not; each person has one."""

    DONE = "done"
    TODAY = "today"  # it was already done today
    NOT_NEEDED = "not_needed"
    REFUSED = "refused"  # what it is about does not allow it
    LEFT = "left"  # no longer on the team
    NOT_YOURS = "not_yours"  # of a team that the user may not change
