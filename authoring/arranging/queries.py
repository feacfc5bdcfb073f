"""The outline of a course as it stands in the newest drafts of its lessons."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from authoring.arranging.rules.arrangement import (
    FAQ,
    QUESTION,
    ArrangedEntry,
    ArrangedLesson,
)
from course.models import CoursePage, LessonPage

RELATIONS = {QUESTION: "questions", FAQ: "faq_entries"}
"""The kind of an entry → the name of the lesson's relation."""
_TITLES = {QUESTION: "stem", FAQ: "question"}


@dataclass(frozen=True)
class DraftOutline:
    """The lessons of a course, arranged, and whether the user may reorder them.

    The pages are those of the lessons, in the same order.
    """

    course: CoursePage
    pages: tuple[LessonPage, ...]
    lessons: tuple[ArrangedLesson, ...]
    may_reorder: bool

    @cached_property
    def versions(self) -> list[str]:
        """One mark for the version of each lesson, in the order of the lessons."""
        return [_version(page) for page in self.pages]

    def changed_since(self, seen: Sequence[str]) -> list[LessonPage]:
        """Return the pages with a version that is not among those seen."""
        pairs = zip(self.pages, self.versions, strict=True)
        return [page for page, version in pairs if version not in seen]


def draft_outline(course: CoursePage, user: User) -> DraftOutline:
    """Return the outline of the newest drafts. More questions need no more queries."""
    lessons = LessonPage.objects.child_of(course).order_by("path")
    known = lessons.select_related("latest_revision__user", "locale")
    pages = tuple(known.prefetch_workflow_states())
    permissions = course.permissions_for_user(user)
    return DraftOutline(
        course=course,
        pages=pages,
        lessons=tuple(_arranged(page, user) for page in pages),
        may_reorder=bool(permissions.can_reorder_children()),
    )


def _arranged(page: LessonPage, user: User) -> ArrangedLesson:
    revision = page.latest_revision
    content = revision.content if revision else page.serializable_data()
    entries = [
        _entry(page, kind, row)
        for kind, relation in RELATIONS.items()
        for row in sorted(content[relation], key=lambda row: row["sort_order"] or 0)
    ]
    return ArrangedLesson(
        pk=page.pk,
        key=page.translation_key,
        title=page.get_admin_display_title(),
        entries=tuple(entries),
        asked_in_text=frozenset(_asked_in(content["body"])),
        why_fixed=_why_fixed(page, user),
    )


def _entry(page: LessonPage, kind: str, row: dict[str, Any]) -> ArrangedEntry:
    return ArrangedEntry(
        kind=kind,
        home=page.pk,
        key=row["translation_key"],
        handle=row["handle"],
        title=row[_TITLES[kind]],
        answered_in=row.get("answered_in", "").strip(),
        links_to_passages='href="#' in row.get("answer", ""),
    )


def _asked_in(body: str) -> Iterator[str]:
    """Yield the ids of the questions that blocks of the body ask."""
    for block in json.loads(body or "[]"):
        if block["type"] == "check_yourself":
            yield block["value"].get("question", "")


def _why_fixed(page: LessonPage, user: User) -> str:
    """Return why the user cannot change the lesson, or "" if they can."""
    if not page.permissions_for_user(user).can_edit():
        return _("You may not edit this lesson.")
    if page.alias_of_id:
        return _("This lesson is an alias of another. Change that one.")
    lock = page.get_lock()
    # What is signed off is the version that was submitted, without later drafts.
    if lock and (lock.for_user(user) or page.workflow_in_progress):
        return _("This lesson is locked or waiting for a review. Change it afterwards.")
    return ""


def _version(page: LessonPage) -> str:
    revision = page.latest_revision
    if revision is None:
        return f"{page.pk}-0"
    # Autosave writes over a revision of the same person.
    return f"{page.pk}-{revision.pk}-{revision.created_at:%H%M%S%f}"
