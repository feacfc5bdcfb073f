"""A lesson's questions as a file of one of the formats. Reads only."""

from django.utils.translation import gettext as _

from authoring.questions import formats
from authoring.questions.items import KINDS, Written
from authoring.questions.plan import item_of, questions_in
from course.models import LessonPage


def write(lesson: LessonPage, name: str) -> Written:
    """Return the questions of the latest draft in the format of that name."""
    draft = lesson.get_latest_revision_as_object()
    items = [item_of(question) for question in questions_in(draft)]
    written = formats.WRITTEN[name].write(
        [item for item in items if item.kind in KINDS],
        title=draft.title,
        lesson_key=lesson.translation_key,
    )
    unfinished = tuple(
        _("“%(handle)s” is left out: it has no kind yet.") % {"handle": item.handle}
        for item in items
        if item.kind not in KINDS
    )
    return Written(written.text, written.notes + unfinished)


def file_name(lesson: LessonPage, name: str) -> str:
    """Return what the file is called, such as risks.xml."""
    return f"{lesson.slug}{formats.ENDINGS[name]}"
