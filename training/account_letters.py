"""The mail about an account that was kept because the mail server took none."""

import datetime as dt

from training.letters import Letter
from training.models import Notice


def write_kept(notice: Notice, at: dt.datetime) -> Letter | None:
    """Return the words as they were kept; None when their time is over."""
    if at >= dt.datetime.fromisoformat(notice.why["until"]):
        return None
    return Letter(notice.subject, notice.text, "")
