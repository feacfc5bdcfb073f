"""What an export leaves out of a course, in words for its author.

Other rooms add what they store about a page in `AppConfig.ready()`.
"""

from collections.abc import Callable, Iterator

from wagtail.models import Page

from authoring.packs.queries import pictures, target_pages
from authoring.packs.queries.drafts import saves_drafts_in
from authoring.packs.queries.page_comparison import page_differences
from authoring.packs.rules.content import CoursePack
from authoring.packs.writers.files import pictures_in
from course.models import CoursePage, LessonPage
from quizzes.models.content import ReviewStatus

_held_elsewhere: list[Callable[[Page], Iterator[str]]] = []


def register_export_loss(losses_of: Callable[[Page], Iterator[str]]) -> None:
    """Register `losses_of(page)`, which yields what an export leaves out of a page."""
    _held_elsewhere.append(losses_of)


def losses_of_course(course: CoursePage, lessons: list[LessonPage]) -> Iterator[str]:
    """Yield what a pack cannot hold."""
    exported = [lesson.pk for lesson in lessons]
    for lesson in LessonPage.objects.child_of(course).exclude(pk__in=exported):
        yield f"“{lesson.title}”: the whole lesson, because it is not published."
    for page in (course, *lessons):
        yield from (f"“{page.title}”: {what}." for what in _of_page(page))
    for lesson in lessons:
        for question in lesson.questions.exclude(review_status=ReviewStatus.CHECKED):
            yield f"“{lesson.title}”: the question “{question.handle}”, which is not asked."
        for image in pictures_in(lesson):
            if what := _of_picture(image):
                yield f"Picture “{image.title}”: its {', '.join(what)}."


def _of_page(page: CoursePage | LessonPage) -> Iterator[str]:
    if page.has_unpublished_changes and not saves_drafts_in(page.locale):
        yield "the draft: the live version was exported"
    for field in page.content_fields:
        if field.loss and getattr(page, field.name):
            yield field.loss
    if page.view_restrictions.exists():
        yield "who may read it"
    for losses_of in _held_elsewhere:
        yield from losses_of(page)


def _of_picture(image) -> list[str]:
    held = {
        "description": image.description,
        "focal point": image.has_focal_point(),
        "tags": image.tags.exists(),
        "collection": not image.collection.is_root(),
    }
    return [name for name, is_held in held.items() if is_held]


def pack_differences(pack: CoursePack, pages: list[Page]) -> Iterator[str]:
    """Yield the differences between the pages and the pack that was written."""
    library = pictures.pictures_in_library(pack)
    again = [
        target_pages.target_course(pack),
        *target_pages.target_lessons(pack, library),
    ]
    for page, other in zip(pages, again, strict=True):
        for place in page_differences(page, other):
            yield f"“{page.title}”: {place}, which is slightly different in the pack."
