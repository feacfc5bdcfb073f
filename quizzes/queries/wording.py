"""Find the wording that was answered, by the paper that a form was made from.

Papers are stored when a lesson goes live (`going_live.take_effect`), so that an answer
to a page opened before that can be matched with its wording.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from wagtail.models import PageLogEntry

from course.models import LessonPage
from quizzes.models import Paper, Publication
from quizzes.queries.attempts import AttemptState, paper_of
from quizzes.rules import paper as papers
from quizzes.rules.question_comparison import is_same_wording

# A page may stay open on a phone for days. After that, a quiz starts with new wording.
LIVE_LATELY = timedelta(days=7)


def paper_seen(lesson: LessonPage, digest: str) -> papers.FrozenPaper | None:
    """Return the lesson's paper with this digest, if it is or was live, or None."""
    now = paper_of(lesson)
    if lesson.live and digest == papers.digest_paper(now):
        return now
    stored = _stored(lesson, digest)
    return stored and stored.content


def lesson_asked(digest: str) -> LessonPage | None:
    """Return the lesson of the stored paper, wherever it is now, or None."""
    paper = Paper.objects.filter(sha256=digest).first()
    return paper and (
        LessonPage.objects.filter(
            translation_key=paper.lesson_key, locale__language_code=paper.locale
        ).first()
    )


def state_as_seen(
    state: AttemptState, lesson: LessonPage, digest: str, at: datetime
) -> AttemptState | None:
    """Return the state before the first answer, on the paper that was seen.

    Return None if no such paper was live for this lesson within the last seven days.
    The lesson itself may have been taken offline since.
    """
    if lesson.live and digest == state.paper_digest:
        return state
    stored = _stored(lesson, digest)
    if stored is None or not _was_live_lately(stored, at):
        return None
    if not (lesson.live or _went_offline_lately(lesson, at)):
        return None
    return replace(state, paper=stored.content, asked=stored.content.keys)


def is_as_seen(state: AttemptState, lesson: LessonPage, key: str, digest: str) -> bool:
    """Return whether the question has the same wording in the attempt as when seen."""
    if digest == state.paper_digest:
        return True
    seen = paper_seen(lesson, digest)
    return (
        seen is not None
        and key in seen.keys
        and is_same_wording(seen.question(key), state.paper.question(key))
    )


def _stored(lesson, digest) -> Paper | None:
    return Paper.objects.filter(
        sha256=digest,
        lesson_key=lesson.translation_key,
        locale=lesson.locale.language_code,
    ).first()


def _went_offline_lately(lesson: LessonPage, at: datetime) -> bool:
    """Return whether Wagtail's log has a recent unpublishing, by hand or scheduled."""
    taken = PageLogEntry.objects.filter(
        page=lesson.pk, action__startswith="wagtail.unpublish"
    )
    return taken.filter(timestamp__gte=at - LIVE_LATELY).exists()


def _was_live_lately(paper: Paper, at: datetime) -> bool:
    """Return whether the paper was live recently.

    A paper without its own publication was live when it was stored.
    """
    of_lesson = Publication.objects.filter(
        lesson_key=paper.lesson_key, locale=paper.locale
    ).order_by("published_at", "pk")
    last = of_lesson.filter(paper=paper).last()
    since = last.published_at if last else paper.created_at
    following = of_lesson.exclude(paper=paper).filter(published_at__gt=since).first()
    return following is None or following.published_at >= at - LIVE_LATELY
