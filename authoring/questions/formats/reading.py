"""Questions from outside, read within bounds of time and memory."""

from django.utils.translation import gettext as _

from authoring.questions import formats
from authoring.questions.rules.items import BrokenQuestionsError, Note, Parsed
from course.tasks.bounded_reading import BeyondBounds, TooManyAtOnce, read_within


def read_file(content: bytes) -> Parsed:
    """Return the questions in the file. Raises BrokenQuestionsError."""
    return read_questions(formats.decoded(content))


def read_questions(text: str) -> Parsed:
    """Return the questions in the text, whichever of the formats it is in.

    Raises BrokenQuestionsError, also for what would take too long or too much memory.
    """
    try:
        return read_within(formats.read_text, text)
    except BeyondBounds as error:
        message = _("The file asks for more work than one file may: split it.")
        raise BrokenQuestionsError([Note(1, message)]) from error
    except TooManyAtOnce as error:
        message = _(
            "The site is busy with other files just now. Try again in a minute; where "
            "it says so again, split it."
        )
        raise BrokenQuestionsError([Note(1, message)]) from error
