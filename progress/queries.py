"""Queries about a learner's progress."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, UUIDField

from accounts.models import Learner
from course.models import CoursePage, LessonPage
from course.queries.first_language import choose_language
from page_cache.prepared import Given, PreparedQuery
from progress.models import Enrolment, LessonProgress, RecallReminder, ResumeWords
from progress.models.resume_words import digest_words
from progress.rules.resume_words import candidate_words

_NEWEST_ENROLMENT = PreparedQuery(
    lambda: Enrolment.objects.filter(
        learner=Given("learner", BigIntegerField()),
        course_key=Given("course_key", UUIDField()),
    ).order_by("-cycle")[:1]
)
_LESSONS = PreparedQuery(
    lambda: LessonProgress.objects.filter(
        enrolment=Given("enrolment", BigIntegerField())
    )
)


def current_enrolment(learner: Learner, course_key: uuid.UUID) -> Enrolment | None:
    """Return the learner's newest enrolment in the course, or None."""
    found = _NEWEST_ENROLMENT.first(learner=learner.pk, course_key=course_key)
    if found:
        found.learner = learner
    return found


def lesson_progress(
    learner: Learner, course_key: uuid.UUID
) -> dict[uuid.UUID, LessonProgress]:
    """Return lesson key → progress in the newest cycle, in two queries."""
    enrolment = current_enrolment(learner, course_key)
    if enrolment is None:
        return {}
    rows = _LESSONS.all(enrolment=enrolment.pk)
    found = {row.lesson_key: row for row in rows}
    for row in found.values():
        row.enrolment = enrolment
    return found


def progress_record(learner: Learner) -> list[dict[str, Any]]:
    """Return all enrolments of the learner as plain values, for a download."""
    enrolments = learner.enrolments.prefetch_related(
        "lessons", "certificates"
    ).order_by("started_at")
    titles = _titles(enrolments)
    return [_enrolment_record(enrolment, titles) for enrolment in enrolments]


def _enrolment_record(enrolment, titles):
    certificate = enrolment.certificate
    return {
        "course": titles.get(enrolment.course_key, str(enrolment.course_key)),
        "cycle": enrolment.cycle,
        "started": _moment(enrolment.started_at),
        "completed": _moment(enrolment.completed_at),
        "certificate": certificate and certificate.serial,
        "certificates": [
            _certificate_record(row) for row in enrolment.certificates.all()
        ],
        "lessons": [
            {
                "lesson": titles.get(row.lesson_key, str(row.lesson_key)),
                "started": _moment(row.started_at),
                "passed": _moment(row.passed_at),
                "read": _moment(row.read_at),
            }
            for row in enrolment.lessons.all()
        ],
    }


def _certificate_record(row):
    return {
        "number": row.serial,
        "issued": _moment(row.issued_at),
        "valid_until": _moment(row.valid_until),
        "says": row.statement,
        "shows_name": row.shows_name,
        "revoked": _moment(row.revoked_at),
        "revoked_because": row.revoked_reason,
        "replaced": _moment(row.replaced_at),
        "issued_again_because": row.issue_reason,
    }


def _titles(enrolments):
    courses = {enrolment.course_key for enrolment in enrolments}
    lessons = {row.lesson_key for e in enrolments for row in e.lessons.all()}
    return {
        page.translation_key: page.title
        for pages in (
            CoursePage.objects.filter(translation_key__in=courses),
            LessonPage.objects.filter(translation_key__in=lessons),
        )
        for page in choose_language(pages.select_related("locale")).values()
    }


def _moment(value):
    return value and value.isoformat()


def enrolled_course_keys(learner: Learner) -> set[uuid.UUID]:
    """Return the keys of the courses that the learner has started."""
    return set(learner.enrolments.values_list("course_key", flat=True))


def words_meant(text: str, language: str, at: datetime) -> ResumeWords | None:
    """Return the only words that open something and may be meant, in one query.

    None if there are none, or more than one.
    """
    digests = [digest_words(words) for words in candidate_words(text, language)]
    if not digests:
        return None
    meant = ResumeWords.objects.open_at(at).filter(digest__in=digests)
    found = list(meant.select_related("learner")[:2])
    return found[0] if len(found) == 1 else None


def open_words(learner: Learner, at: datetime) -> ResumeWords | None:
    """Return the learner's words that open longest, or None."""
    return learner.resume_words.open_at(at).order_by("-expires_at").first()


def resume_words_record(learner: Learner) -> list[dict[str, Any]]:
    """Return when the learner's words were made and expire, for a download."""
    return [
        {"made": _moment(words.made_at), "open_until": _moment(words.expires_at)}
        for words in learner.resume_words.order_by("made_at")
    ]


def recall_record(learner: Learner) -> list[dict[str, Any]]:
    """Return what the learner looked back at as plain values, for a download."""
    return [
        {
            "question": str(card.question_key),
            "right": card.was_right,
            "looked_back": _moment(card.reviewed_at),
            "again": _moment(card.due_at),
        }
        for card in learner.recall_cards.order_by("reviewed_at")
    ]


def reminder_record(learner: Learner) -> dict[str, Any] | None:
    """Return since when the learner is e-mailed about look backs, for a download."""
    asked = RecallReminder.objects.filter(learner=learner).first()
    return asked and {"asked": _moment(asked.asked_at), "language": asked.language}


def is_reminded(account: int) -> bool:
    """Return whether the account gets an e-mail when a look back is due."""
    return RecallReminder.objects.filter(learner__user=account).exists()


def lessons_done_at(learners: Collection[int]) -> dict[int, dict[uuid.UUID, datetime]]:
    """Return learner id → lesson key → when it was first done, in one query."""
    rows = LessonProgress.objects.done().filter(enrolment__learner__in=learners)
    done = rows.values_list("enrolment__learner", "lesson_key", "passed_at", "read_at")
    found: dict[int, dict[uuid.UUID, datetime]] = {pk: {} for pk in learners}
    for learner, key, *moments in done:
        first = min(moment for moment in moments if moment)
        theirs = found[learner]
        theirs[key] = min(theirs.get(key, first), first)
    return found
