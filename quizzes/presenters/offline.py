"""Prepare the questions of a lesson for phones without a network."""

from dataclasses import asdict, dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.presenters.questions import QuestionPage
from quizzes.queries.attempts import AttemptState
from quizzes.rules.paper import FrozenPaper, digest_paper

_WORDS = {
    "saved": _("Saved."),
    "choose": _(
        "You answered this question on another device, too. Choose the answer to keep."
    ),
    "other": _(
        "This answer belongs to somebody else who used this phone, or the cookie that "
        "says who you are is gone. It was not saved."
    ),
    "gone": _(
        "Your progress was deleted before this answer arrived. It was not saved, and "
        "no new progress was started."
    ),
    "paused": _("The quiz had paused before you answered. The answer was not saved."),
    "refused": _(
        "The question has changed, or the quiz was finished or started again. The "
        "answer was not saved. Answer the question again."
    ),
}


def words_about(outcome: str) -> str:
    """Return what became of a waiting answer, in words."""
    return str(_WORDS[outcome])


@dataclass(frozen=True)
class OfflineQuestion:
    """A question: its key, what stands above it, and its controls as HTML."""

    key: str
    label: str
    controls: str


@dataclass(frozen=True)
class OfflinePaper:
    """The questions of a paper without what is right, and the digest of the paper."""

    digest: str
    title: str
    questions: tuple[OfflineQuestion, ...]

    @classmethod
    def of(cls, paper: FrozenPaper) -> "OfflinePaper":
        """Return the paper as asked without a network: for all in the same order."""
        digest = digest_paper(paper)
        state = AttemptState(paper, paper.keys, digest, None, {})
        pages = [QuestionPage.of(state, key) for key in paper.keys]
        return cls(digest, paper.title, tuple(_question(page) for page in pages))

    def to_plain(self) -> dict[str, object]:
        """Return the paper as JSON values."""
        return asdict(self)


def _question(page):
    label = gettext("Question %(number)d of %(total)d") % {
        "number": page.number,
        "total": page.total,
    }
    controls = render_to_string(page.kind_template, {"quiz": page})
    return OfflineQuestion(page.question.key, label, controls)
