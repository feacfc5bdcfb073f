"""Prepare a question of a look back for its template."""

from dataclasses import dataclass

from course.models import Source
from course.queries import sources_by_handle
from quizzes.presenters.inline import InlineQuestion, inline_question
from quizzes.presenters.questions import cited_by
from quizzes.queries.recall import RecalledQuestion
from quizzes.rules.posted_answers import Fields, Posted


@dataclass(frozen=True)
class RecallPage:
    """A question to look back at, with feedback once it is answered.

    `sent` are the names and values that were sent, so that the form that keeps the
    result can send them again.
    """

    quiz: InlineQuestion
    recalled: RecalledQuestion
    sources: list[Source]
    sent: list[tuple[str, str]]

    @classmethod
    def of(cls, recalled: RecalledQuestion, posted: Posted | None) -> "RecallPage":
        """Return the page, with what was sent, or None if nothing was sent yet."""
        question = recalled.question.frozen()
        own = Fields() if posted is None else Fields.of(posted, question.handle)
        quiz = inline_question(question, None if posted is None else own)
        cited = cited_by(question) if quiz.verdict else []
        return cls(
            quiz=quiz,
            recalled=recalled,
            sources=sources_by_handle(recalled.course, cited) if cited else [],
            sent=[
                (f"{quiz.names}{name}", value)
                for name in own
                for value in own.getlist(name)
            ],
        )
