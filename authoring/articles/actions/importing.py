"""Make draft pages from an article. No page goes live and no sentence is lost."""

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Comment, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from accounts.models import User
from authoring.articles.actions.lesson_content import LessonContent, fit_line
from authoring.articles.models import ImportedArticle
from authoring.articles.queries import own_outlines
from authoring.articles.readers.planning import read_and_plan
from authoring.articles.readers.reading import UnableToReadArticle
from authoring.articles.rules import report
from authoring.articles.rules.plan import ArticlePlan, PlannedLesson
from authoring.rules.content_keys import key_below
from authoring.rules.slugs import slug_of
from course.models import CoursePage, FaqEntry, LessonPage
from course.models.pages import FROM_ABOVE
from course.queries.first_language import in_first_language
from course.rules.free_names import free_name
from course.tasks.bounded_reading import BeyondBounds, TooManyAtOnce, read_within
from quizzes.models import Question

_MOST_NAMED = 5


class UnableToMakePages(Exception):
    """No pages can be made from the plan yet; the message says what to do."""


@dataclass(frozen=True)
class ImportedCourse:
    """The result of an import: titles of the lessons written, and of those kept as is."""

    course: CoursePage
    written: list[str]
    kept: list[str]


def plan_article(*, data: bytes, filename: str, outline_name: str) -> ArticlePlan:
    """Return a plan for the article, made with the outline. Stores nothing.

    Raises UnableToReadArticle if the file is not an article, or if reading it takes too
    much time or memory.
    """
    try:
        return read_within(read_and_plan, data, filename, outline_name, own_outlines())
    except BeyondBounds as error:
        raise UnableToReadArticle(
            f"{filename} is too big to read at once. Save only its text, or split it "
            "in two."
        ) from error
    except TooManyAtOnce as error:
        raise UnableToReadArticle(
            "The site is busy reading other files. Try again in a minute. If this "
            "happens again, split the file in two."
        ) from error


def keep_article(
    *, data: bytes, filename: str, outline_name: str, user: User | None, at: datetime
) -> ImportedArticle:
    """Store the article with a plan made with the outline, and return it.

    Raises UnableToReadArticle, as `plan_article` does, and then stores nothing.
    """
    plan = plan_article(data=data, filename=filename, outline_name=outline_name)
    return ImportedArticle.objects.create(
        filename=filename[-255:],
        sha256=hashlib.sha256(data).hexdigest(),
        content=data,
        plan=report.to_payload(plan),
        user=user,
        created_at=at,
    )


def change_plan(*, article: ImportedArticle, plan: ArticlePlan) -> None:
    """Replace the article's plan."""
    article.plan = report.to_payload(plan)
    article.save(update_fields=["plan"])


@transaction.atomic
def make_pages(
    *,
    article: ImportedArticle,
    parent: Page,
    user: User | None,
    at: datetime,
    onto: ImportedArticle | None = None,
    on_written: Callable[[str], object] = lambda title: None,
) -> ImportedCourse:
    """Make draft pages from the article's plan, all of them or none.

    If `onto` is an earlier import, update its course, except lessons that are live or
    that an author has changed since. `on_written` is called with the title of each
    lesson as it is written. Raises UnableToMakePages while a part of the plan has no
    lesson.
    """
    plan = whole_plan(article)
    done = begin_course(
        article=article, plan=plan, parent=parent, user=user, at=at, onto=onto
    )
    for lesson in lessons_to_make(plan):
        make_lesson(
            plan=plan, planned=lesson, article=article, done=done, user=user, at=at
        )
        if lesson.title in done.written:
            on_written(lesson.title)
    article.applied_at = at
    article.save()
    done.course.refresh_from_db()
    return done


def whole_plan(article: ImportedArticle) -> ArticlePlan:
    """Return the article's plan. Raises UnableToMakePages while it is not whole."""
    plan = report.from_payload(article.plan)
    _require_whole(plan)
    return plan


def lessons_to_make(plan: ArticlePlan) -> list[PlannedLesson]:
    """Return the lessons of the plan that have content."""
    return [
        lesson
        for lesson in plan.lessons
        if plan.sections_at(lesson.slug) or plan.faq_at(lesson.slug)
    ]


def begin_course(
    *,
    article: ImportedArticle,
    plan: ArticlePlan,
    parent: Page,
    user: User | None,
    at: datetime,
    onto: ImportedArticle | None,
) -> ImportedCourse:
    """Return the course for the article without new lessons: that of `onto`, or a new one.

    What was begun before is gone on with. The article is not saved.
    """
    article.course_key = onto.course_key if onto else article.course_key or uuid.uuid4()
    article.revisions = {**(onto.revisions if onto else {}), **article.revisions}
    pages = CoursePage.objects.filter(translation_key=article.course_key)
    course = in_first_language(pages).first() or _new_course(
        plan, article.course_key, parent, user, at
    )
    return ImportedCourse(course, [], [])


def _require_whole(plan: ArticlePlan) -> None:
    left = [part for part in plan.parts if part.place == "unplaced"]
    if left:
        names = ", ".join(f"“{shorten(part.name, 60)}”" for part in left[:_MOST_NAMED])
        more = f" and {len(left) - _MOST_NAMED} more" if len(left) > _MOST_NAMED else ""
        raise UnableToMakePages(
            f"These parts have no lesson yet: {names}{more}. Choose a lesson for each, or "
            "leave it out."
        )
    if not any(plan.sections_at(lesson.slug) for lesson in plan.lessons):
        raise UnableToMakePages(
            "No lesson has a section. Put at least one section in a lesson."
        )


def _new_course(plan, key, parent, user, at):
    title, _whole = fit_line(plan.title)
    course = CoursePage(
        title=title,
        slug=_free_slug(parent, _slug(title) or "course"),
        locale=parent.locale,
        translation_key=key,
        live=False,
        owner=user,
        last_checked=at.date(),
        next_check=at.date(),
    )
    parent.add_child(instance=course)
    course.save_revision(user=user, log_action=True, clean=False)
    return course


def _slug(title):
    """Return the title as a slug, in Latin letters if it has any."""
    return slugify(title) or slug_of(title)


def _free_slug(parent, base):
    taken = set(parent.get_children().values_list("slug", flat=True))
    return free_name(base, taken, longest=200)


def make_lesson(
    *,
    plan: ArticlePlan,
    planned: PlannedLesson,
    article: ImportedArticle,
    done: ImportedCourse,
    user: User | None,
    at: datetime,
) -> None:
    """Make the lesson's draft, or write it anew, unless an author changed it since.

    `done` and the article, which is not saved, note which.
    """
    key = key_below(article.course_key, "lesson", planned.slug)
    page = LessonPage.objects.filter(
        translation_key=key, locale=done.course.locale_id
    ).first()
    if page and _is_authors(page, article):
        done.kept.append(page.title)
        return
    content = LessonContent(plan, planned, key)
    page = page or _new_lesson(planned, key, done.course, user)
    _fill(page, planned, content)
    # Wagtail would otherwise index the whole page again for each child object.
    with disable_reference_index_auto_update():
        page.save()
    ReferenceIndex.create_or_update_for_object(page)
    revision = page.save_revision(user=user, log_action=True, clean=False)
    article.revisions[str(key)] = revision.pk
    _remark(page, content, user)
    done.written.append(page.title)


def _is_authors(page, article):
    """Return whether an author has changed or published the page since its import."""
    return page.live or page.latest_revision_id != article.revisions.get(
        str(page.translation_key)
    )


def _new_lesson(planned, key, course, user):
    parent = Page.objects.get(pk=course.pk)
    lesson = LessonPage(
        title=planned.title,
        slug=_free_slug(parent, _slug(planned.title) or "lesson"),
        locale=course.locale,
        translation_key=key,
        live=False,
        owner=user,
        **{name: getattr(course, name) for name in FROM_ABOVE},
    )
    parent.add_child(instance=lesson)
    return lesson


def _fill(page, planned, content: LessonContent):
    page.title, _whole = fit_line(planned.title)
    page.body = json.dumps(content.body)
    page.faq_entries.set(
        _children(page, FaqEntry, page.faq_entries, content.faq_entries)
    )
    page.questions.set(_children(page, Question, page.questions, content.questions))


def _children(page, model, there, contents):
    known = {child.translation_key: child for child in there.all()}
    children = []
    for place, fields in enumerate(contents):
        child = known.get(fields["translation_key"]) or model(locale=page.locale)
        for name, value in fields.items():
            setattr(child, name, json.dumps(value) if name == "options" else value)
        child.sort_order = place
        children.append(child)
    return children


def _remark(page, content: LessonContent, user):
    """Add each remark as a comment on its block, for the author to resolve."""
    Comment.objects.filter(page=page).delete()
    if user:
        Comment.objects.bulk_create(
            Comment(
                page=page,
                user=user,
                text=remark.text,
                contentpath=f"body.{remark.path}",
                position=remark.position,
            )
            for remark in content.remarks
        )
