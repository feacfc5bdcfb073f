"""Who may rearrange a course, and what cannot be rearranged now."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from accounts.models import User
from authoring.arranging.queries import DraftOutline
from authoring.arranging.rules.arrangement import QUESTION, EntryMove, Rearrangement
from course.models import CoursePage


def may_rearrange(user: User, course: CoursePage) -> bool:
    """Return whether the user may open the outline of the course."""
    return course.permissions_for_user(user).can_edit()


def why_not_rearrange(
    outline: DraftOutline, change: Rearrangement, seen: Sequence[str]
) -> list[str]:
    """Return why the change cannot be made, as sentences. Empty if it can.

    `seen` are the versions that the user was shown.
    """
    return [
        *_of_versions(outline, seen),
        *_of_permissions(outline, change),
        *map(_of_collision, change.collisions),
    ]


def _of_versions(outline: DraftOutline, seen: Sequence[str]) -> Iterator[str]:
    for page in outline.changed_since(seen):
        by = page.latest_revision and page.latest_revision.user
        message = _("%(who)s changed “%(lesson)s” after this page was opened.")
        title = page.get_admin_display_title()
        yield message % {"who": by or _("Somebody"), "lesson": title}
    known = [version for version in seen if version in outline.versions]
    if list(seen) == known == outline.versions or outline.changed_since(seen):
        return
    yield _("Somebody moved or removed a lesson after this page was opened.")


def _of_permissions(outline: DraftOutline, change: Rearrangement) -> Iterator[str]:
    if change.is_reordered and not outline.may_reorder:
        yield _(
            "You may not change the order of the lessons, because readers see it at once."
        )
    for lesson in change.changed:
        if lesson.why_fixed:
            yield f"“{lesson.title}”: {lesson.why_fixed}"


def _of_collision(move: EntryMove) -> str:
    message = (
        _(
            "“%(title)s” cannot go to “%(lesson)s”, which already has a question with "
            "the id “%(id)s”. Change one of the two ids first."
        )
        if move.entry.kind == QUESTION
        else _(
            "“%(title)s” cannot go to “%(lesson)s”, which already has an FAQ entry with "
            "the id “%(id)s”. Change one of the two ids first."
        )
    )
    return message % {
        "title": move.entry.title,
        "lesson": move.target.title,
        "id": move.entry.handle,
    }
