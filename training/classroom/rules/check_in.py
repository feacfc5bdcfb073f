"""When the code of the day of a session works. Pure."""

import datetime as dt
from enum import StrEnum

from progress.rules.days import A_DAY, start_of_day

# Sessions that end late, and phones that are taken out afterwards.
MARGIN = dt.timedelta(hours=2)


class CheckInState(StrEnum):
    """Whether people can enter the code of the day at a moment."""

    EARLY = "early"
    OPEN = "open"
    OVER = "over"


def check_in_closes(day: dt.date, zone: str) -> dt.datetime:
    """Return until when the code works: two hours after the end of the day."""
    return start_of_day(day + A_DAY, zone) + MARGIN


def check_in_state(day: dt.date, zone: str, at: dt.datetime) -> CheckInState:
    """Return whether the code of a session on this day works at the moment."""
    if at < start_of_day(day, zone):
        return CheckInState.EARLY
    return CheckInState.OPEN if at < check_in_closes(day, zone) else CheckInState.OVER
