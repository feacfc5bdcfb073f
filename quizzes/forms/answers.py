"""What the quiz's forms post."""

import uuid
from dataclasses import asdict

from django import forms
from django.utils.translation import gettext_lazy as _

from course.rules.digests import digest_json
from quizzes.kinds import kind_of
from quizzes.queries.attempts import AttemptState
from quizzes.rules.paper import FrozenQuestion, Response
from quizzes.rules.posted_answers import (
    Fields,
    Posted,
    UnusableAnswer,
    collect_for_translation,
)

NOT_SURE = "not-sure"


class AnswerForm(forms.Form):
    """The hidden part of an answer: which question, over which answer, which post.

    `paper` is the digest of the paper that the question was shown from, `opened_for`
    the mark of whom it was shown to.

    `hidden_fields` fills in what is declared here.
    """

    question = forms.UUIDField()
    seen = forms.IntegerField(min_value=0, max_value=10_000)
    client_uuid = forms.UUIDField()
    paper = forms.RegexField("^[0-9a-f]{64}$")
    opened_for = forms.RegexField("^[a-z]+-[0-9a-f]{32}$")


def hidden_fields(state: AttemptState, key: str, *, seen: int = 0) -> dict[str, str]:
    """Return the hidden fields of a new form for the question.

    `seen` is the sequence of the kept answer that this form is meant to replace, 0 for
    a form that is not: an answer is replaced only by who was shown both.
    """
    return {
        "question": key,
        "seen": str(seen),
        "client_uuid": str(uuid.uuid4()),
        "paper": state.paper_digest,
        "opened_for": state.opened_for,
    }


def names_for(state: AttemptState, key: str) -> str:
    """Return what the names of a question's controls begin with.

    When somebody goes back, browsers fill in what was chosen under the same names, the
    options in the same order, whatever the page now asks. So names belong to one
    question in one wording, to one person's attempt, and to the answer kept last.
    """
    attempt, saved = state.attempt, state.answers.get(key)
    drawn_for = [
        state.seed,
        attempt.retry_of_id if attempt else None,
        saved.sequence if saved else 0,
        asdict(state.shown(key)),
    ]
    return f"{key}.{_mark_of(drawn_for)}."


def names_inline(shown: FrozenQuestion) -> str:
    """Return the same of a question in the middle of a page, for everybody alike.

    It begins with the question's id: a question that an author has not saved yet gets
    another key each time it is previewed.
    """
    return f"{shown.handle}.{_mark_of(asdict(shown))}."


def _mark_of(drawn_for) -> str:
    return digest_json(drawn_for)[:12]


class AgainForm(forms.Form):
    which = forms.ChoiceField(
        choices=[
            ("missed", _("the missed ones")),
            ("all", _("all of them")),
            ("update", _("those that changed for safety")),
        ]
    )


def read_response(posted: Posted, question: FrozenQuestion) -> Response:
    """Return what was answered to the question.

    Raises UnusableAnswer when something is missing, with a message that says what
    to do, and UnknownOption when an option is not the question's.
    """
    ticked = posted.getlist("choice")
    if NOT_SURE not in ticked:
        return kind_of(question).read(posted, question)
    if len(ticked) > 1:
        raise UnusableAnswer(
            collect_for_translation(
                "Choose answers, or choose “I'm not sure yet”, but not both."
            )
        )
    return Response(not_sure=True)


def fields_of(question: FrozenQuestion, response: Response) -> Fields:
    """Return what a form posts that gives this response; `read_response` reads it."""
    if response.not_sure:
        return Fields({"choice": [NOT_SURE]})
    return Fields(kind_of(question).fields_of(question, response))
