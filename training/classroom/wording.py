"""Classroom sessions in words, as records and pages name them."""

from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from training.classroom.models import ClassroomSession

LONGEST = 160


def hours_in_words(session: ClassroomSession) -> str:
    """Return how long the session takes; empty if nobody said."""
    if session.hours is None:
        return ""
    hours = session.hours.normalize()
    number = number_format(f"{hours:f}")
    text = ngettext("%(n)s hour", "%(n)s hours", 1 if hours == 1 else 2)
    return text % {"n": number}


def source_in_words(session: ClassroomSession) -> str:
    """Return where something was completed, as its record says."""
    day = date_format(session.held_on, "DATE_FORMAT")
    parts = [_("Classroom session of %(day)s") % {"day": day}, session.place]
    return _clipped(", ".join(filter(None, [*parts, hours_in_words(session)])))


def witness_in_words(session: ClassroomSession, by: User) -> str:
    """Return who says that somebody attended, as the record says."""
    text = _("%(trainer)s, who took attendance. Taught by %(teacher)s")
    return _clipped(text % {"trainer": by, "teacher": session.taught_by})


def _clipped(text):
    return Truncator(text).chars(LONGEST)
