"""Questions whose key must be checked, as their FAQ entry changed after sign-off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from authoring.packs.queries import content_digest
from authoring.review.models import ClinicalReview, KeyConfirmation
from course.models import FaqEntry, LessonPage
from quizzes.models import Question
from quizzes.models.content import ReviewStatus

Name = tuple[UUID, str]


@dataclass(frozen=True)
class KeyToCheck:
    """A question, its FAQ entry, and the digest of the entry's current wording."""

    question: Question
    entry: FaqEntry
    wording: str

    @property
    def question_seen(self) -> str:
        """The digest of the question's current wording, including its right answer."""
        return content_digest.of_question(self.question)


def keys_to_check(lessons: Sequence[LessonPage]) -> list[list[KeyToCheck]]:
    """Return each lesson's questions to check again, in at most 2 queries.

    Lessons are checked as they are in memory. A newer sign-off or a confirmation of the
    key ends the need for a check. An entry that nobody has signed does not count as
    changed.
    """
    signed = _signed_entries(lessons)
    changed = [list(_changed(lesson, signed)) for lesson in lessons]
    if not any(changed):
        return changed
    confirmed = set(
        KeyConfirmation.objects.filter(
            lesson_key__in=[lesson.translation_key for lesson in lessons]
        ).values_list("lesson_key", "locale", "question_key", "wording")
    )
    return [
        [
            key
            for key in keys
            if (*_name(lesson), key.question.translation_key, key.wording)
            not in confirmed
        ]
        for lesson, keys in zip(lessons, changed, strict=True)
    ]


def _name(lesson: LessonPage) -> Name:
    return lesson.translation_key, lesson.locale.language_code


def _signed_entries(lessons) -> dict[Name, dict[str, str]]:
    """Return lesson → digests of its FAQ entries in its newest sign-off."""
    reviews = ClinicalReview.objects.filter(
        page_key__in=[lesson.translation_key for lesson in lessons]
    )
    rows = reviews.order_by("at", "pk").values_list("page_key", "locale", "faq_digests")
    return {(key, locale): digests for key, locale, digests in rows}


def _changed(
    lesson: LessonPage, signed: Mapping[Name, Mapping[str, str]]
) -> Iterator[KeyToCheck]:
    before = signed.get(_name(lesson))
    if not before:
        return
    entries = {f"faq:{entry.handle}": entry for entry in lesson.faq_entries.all()}
    for question in lesson.questions.all():
        entry = entries.get(question.answered_in.strip())
        if entry is None or question.review_status == ReviewStatus.LEFT_OUT:
            continue
        wording = content_digest.of_entry(entry)
        if before.get(str(entry.translation_key), wording) != wording:
            yield KeyToCheck(question, entry, wording)
