"""Read uploaded questions within limits of time and memory."""

from django.utils.translation import gettext as _

from authoring.questions import formats
from authoring.questions.rules.items import (
    BrokenQuestionsError,
    FormatNote,
    ParsedQuestions,
)
from course.tasks.bounded_reading import BeyondBounds, TooManyAtOnce, read_within


def read_file(content: bytes) -> ParsedQuestions:
    """Return the questions in the file. Raises BrokenQuestionsError."""
    return read_questions(formats.decode_question_file(content))


def read_questions(text: str) -> ParsedQuestions:
    """Return the questions in the text, in any of the formats.

    Raises BrokenQuestionsError, also if reading takes too long or too much memory.
    """
    try:
        return read_within(formats.parse_question_text, text)
    except BeyondBounds as error:
        message = _("The file takes too long to read. Split it into several files.")
        raise BrokenQuestionsError([FormatNote(1, message)]) from error
    except TooManyAtOnce as error:
        message = _(
            "The site is busy reading other files. Try again in a minute. If this "
            "happens again, split the file."
        )
        raise BrokenQuestionsError([FormatNote(1, message)]) from error
