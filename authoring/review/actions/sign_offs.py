"""Record what goes live, confirm keys, and unlink sign-offs from an account."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from authoring.packs.queries import content_digest
from authoring.review.models import ClinicalReview, KeyConfirmation, LiveContent
from authoring.review.queries.keys_to_check import keys_to_check
from course.models import CoursePage, LessonPage


@transaction.atomic
def note_live_content(*, page: CoursePage | LessonPage, at: datetime) -> None:
    """Record the digest of the live content. `since` only changes with the digest."""
    digest = content_digest.of_reviewed(page)
    live, made = LiveContent.objects.select_for_update().get_or_create(
        page_key=page.translation_key,
        locale=page.locale.language_code,
        defaults={"sha256": digest, "since": at},
    )
    if not made and live.sha256 != digest:
        live.sha256, live.since = digest, at
        live.save()


@transaction.atomic
def note_shared_signs(*, at: datetime) -> None:
    """Record the digest of every live lesson that shows the site's danger signs."""
    for lesson in LessonPage.objects.live().select_related("locale"):
        if lesson.shows_danger_signs:
            note_live_content(page=lesson, at=at)


class UnableToConfirm(Exception):
    """The FAQ entry or the question has changed since it was shown, or is gone."""


@transaction.atomic
def confirm_key(
    *,
    lesson: LessonPage,
    question_key: UUID,
    question_seen: str,
    wording: str,
    user: User,
    at: datetime,
) -> None:
    """Record that the key of a question is right for this wording of its FAQ entry.

    Confirming again changes nothing. Raises UnableToConfirm if the question or the
    entry is no longer the same in the newest draft as it was when shown.
    """
    confirmation = {
        "lesson_key": lesson.translation_key,
        "locale": lesson.locale.language_code,
        "question_key": question_key,
        "wording": wording,
    }
    if KeyConfirmation.objects.filter(**confirmation).exists():
        return
    _require_as_seen(lesson, (question_key, question_seen, wording))
    _row, is_new = KeyConfirmation.objects.get_or_create(
        **confirmation, defaults={"at": at}
    )
    if is_new:
        data = {"question": str(question_key)}
        log(instance=lesson, action="authoring.confirm_key", user=user, data=data)


def _require_as_seen(lesson: LessonPage, seen: tuple[UUID, str, str]) -> None:
    """Raise UnableToConfirm unless the key is still to be checked in these words."""
    [keys] = keys_to_check([lesson.get_latest_revision_as_object()])
    now = {(k.question.translation_key, k.question_seen, k.wording) for k in keys}
    if seen not in now:
        raise UnableToConfirm


def unlink_sign_offs(user: User, at: datetime) -> None:
    """Unlink the user's sign-offs from the account.

    The name and role are kept, because readers have seen who reviewed the text.
    """
    ClinicalReview.objects.filter(reviewer=user).update(reviewer=None)
