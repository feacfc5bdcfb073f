"""A lesson's questions as a file of one of the formats. Reads only."""

from django.utils.translation import gettext as _

from authoring.questions import formats
from authoring.questions.queries.plan import item_of, questions_in, unfinished
from authoring.questions.rules.items import Item, Written
from course.models import LessonPage


def write(lesson: LessonPage, name: str) -> Written:
    """Return the questions of the latest draft in the format of that name.

    Questions that are not finished are left out and named: Moodle's import stops at
    one, and loses all that follow it.
    """
    draft = lesson.get_latest_revision_as_object()
    lacking = [(i, unfinished(i)) for i in map(item_of, questions_in(draft))]
    written = formats.WRITTEN[name].write(
        [item for item, mends in lacking if not mends],
        title=draft.title,
        lesson_key=lesson.translation_key,
    )
    left_out = tuple(_left_out(item, mends) for item, mends in lacking if mends)
    return Written(written.text, written.notes + left_out)


def _left_out(item: Item, mends: tuple[str, ...]) -> str:
    return _("“%(handle)s” is left out, for it is not finished. %(mends)s") % {
        "handle": item.handle or item.stem[:60],
        "mends": " ".join(mends),
    }


def file_name(lesson: LessonPage, name: str) -> str:
    """Return what the file is called, such as risks.xml."""
    return f"{lesson.slug}{formats.ENDINGS[name]}"
