"""Questions inside a text or a preview, sent by GET. Nothing is marked or stored."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext

from course.models import LessonPage
from page_cache.memory import recall_part
from quizzes.forms.answers import NOT_SURE, names_inline, read_response
from quizzes.kinds import kind_of
from quizzes.models.content import ReviewStatus
from quizzes.presenters import questions
from quizzes.rules import paper
from quizzes.rules.posted_answers import Fields, Posted, UnknownOption, UnusableAnswer

# Parameters that keep the editor's preview a preview when a form in it is sent.
_OF_THE_PREVIEW = ("mode", "in_preview_panel")


@dataclass(frozen=True)
class InlineQuestion:
    """A question in the middle of a page, with feedback when it is answered.

    `at` is the prefix of ids, `names` that of field names. `verdict` is empty until
    there is an answer.
    """

    question: paper.FrozenQuestion
    controls: Any
    hint: str
    not_sure: bool
    at: str
    names: str
    problem: str = ""
    verdict: str = ""
    explained: tuple[Any, ...] = ()
    given: tuple[str, ...] = ()
    right: tuple[str, ...] = ()

    is_part: ClassVar[bool] = True

    @property
    def anchor(self) -> str:
        return f"check-{self.question.handle}"

    @property
    def problem_id(self) -> str:
        return f"{self.at}problem"

    @property
    def kind_template(self) -> str:
        return kind_of(self.question).template

    @property
    def feedback_template(self) -> str:
        return kind_of(self.question).feedback_template

    @property
    def passage(self) -> str:
        return questions.passage_of(self.question)


def inline_question(
    question: paper.FrozenQuestion, posted: Posted | None
) -> InlineQuestion:
    """Return the question with what was posted, or None if it is not answered yet."""
    # The same order for all readers, so that the page can be cached.
    kind = kind_of(question)
    shown = paper.draw_options(question, question.key, shuffled=kind.is_shuffled)
    judged: dict[str, Any] = {}
    try:
        if posted is not None and "move" not in posted:
            judged = _judged(shown, question, read_response(posted, question))
    except UnusableAnswer as problem:
        judged = {"problem": str(problem)}
    except UnknownOption:
        posted = None
    return InlineQuestion(
        question=question,
        controls=kind.controls(shown, posted),
        hint=kind.hint,
        not_sure=bool(posted) and NOT_SURE in posted.getlist("choice"),
        at=f"{question.handle}-",
        names=names_inline(shown),
        **judged,
    )


def _judged(shown, question, response):
    kind = kind_of(question)
    return {
        "verdict": questions.verdict_of(question, response),
        "explained": tuple(kind.explained(shown, response)),
        "given": tuple(kind.in_words(question, response)),
        "right": tuple(kind.right_in_words(question)),
    }


@dataclass(frozen=True)
class InlineQuestions:
    """The questions in a lesson's text, and the ids of the sources they cite.

    Each of `asked` is a question with the extra fields that its form sends.
    """

    asked: tuple[tuple[InlineQuestion, list[tuple[str, str]]], ...] = ()
    cited: tuple[str, ...] = ()


def in_text(lesson: LessonPage, request) -> InlineQuestions:
    """Return the questions in the lesson's text, with one query if there are any.

    Questions that are not in the lesson or not asked are left out. Until something is
    sent, they are the same for all readers.
    """
    if request.GET:
        return _read_questions(lesson, request)
    name = ("questions in text", lesson.pk)
    return recall_part(name, lambda: _read_questions(lesson, request))


def _read_questions(lesson, request):
    places = [b for b in lesson.body if b.block_type == "check_yourself"]
    handles = {block.value["question"] for block in places}
    if not handles:
        return InlineQuestions()
    frozen = [
        question.frozen()
        for question in lesson.questions.all()
        if question.handle in handles and question.is_asked
    ]
    now = request.GET.get("check")
    asked = tuple(
        (
            inline_question(
                question, _sent(request, question) if question.handle == now else None
            ),
            [("check", question.handle), *kept_fields(request)],
        )
        for question in frozen
    )
    cited = tuple(id_ for each in frozen for id_ in questions.cited_by(each))
    return InlineQuestions(asked, cited)


def _sent(request, question):
    """Return what was sent for the question, whichever wording was shown."""
    return Fields.of(request.GET, question.handle)


@dataclass(frozen=True)
class DraftQuiz:
    """A lesson's questions in a preview. Those in `left_out` cannot be asked yet."""

    asked: list[InlineQuestion]
    left_out: list[dict[str, Any]]
    kept: list[tuple[str, str]]


def draft_quiz(lesson: LessonPage, request) -> DraftQuiz:
    """Return every question of the draft, with the answers in the request.

    Nothing is stored: there is no learner, paper or attempt.
    """
    asked, left_out = [], []
    for question in lesson.questions.all():
        problems = [gettext(problem) for problem in question.problems]
        if question.review_status == ReviewStatus.LEFT_OUT:
            problems = [gettext("It is marked “Leave out”.")]
        if problems:
            left_out.append({"stem": question.stem, "problems": problems})
            continue
        sent = _sent(request, question)
        touched = any(value for name in sent for value in sent.getlist(name))
        asked.append(inline_question(question.frozen(), sent if touched else None))
    return DraftQuiz(asked, left_out, kept_fields(request))


def kept_fields(request) -> list[tuple[str, str]]:
    """Return the fields that a form in a preview must also send."""
    if not getattr(request, "is_preview", False):
        return []
    return [(n, request.GET[n]) for n in _OF_THE_PREVIEW if n in request.GET]
