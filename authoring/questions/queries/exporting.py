"""Export a lesson's questions in one of the formats. Nothing is written."""

from django.utils.translation import gettext as _

from authoring.questions import formats
from authoring.questions.queries.plan import item_of, lacking_in, questions_in
from authoring.questions.rules.items import ExchangedItem, WrittenQuestions
from course.models import LessonPage


def export_questions(lesson: LessonPage, name: str) -> WrittenQuestions:
    """Return the questions of the latest draft in the given format.

    Unfinished questions are left out and listed in the notes, because Moodle's import
    stops at one and loses all that follow it.
    """
    draft = lesson.get_latest_revision_as_object()
    lacking = [(i, lacking_in(i)) for i in map(item_of, questions_in(draft))]
    written = formats.WRITTEN[name].write(
        [item for item, problems in lacking if not problems],
        title=draft.title,
        lesson_key=lesson.translation_key,
    )
    left_out = tuple(
        _left_out(item, problems) for item, problems in lacking if problems
    )
    return WrittenQuestions(written.text, written.notes + left_out)


def _left_out(item: ExchangedItem, problems: tuple[str, ...]) -> str:
    return _("“%(handle)s” is left out because it is not finished. %(problems)s") % {
        "handle": item.handle or item.stem[:60],
        "problems": " ".join(problems),
    }


def export_file_name(lesson: LessonPage, name: str) -> str:
    """Return the name of the file, such as risks.xml."""
    return f"{lesson.slug}{formats.WRITTEN[name].ending}"
