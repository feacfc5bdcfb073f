"""The forms of the quiz."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from course.rules.digests import digest_text
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


class AnswerForm(PlainForm):
    """The hidden fields of an answer, which `hidden_fields` fills in.

    `paper` is the digest of the paper that the question was shown from. `opened_for`
    identifies who it was shown to, and `has_record` says whether that person had any
    record then. `asked_on` is the day on which it was shown, as the browser says: it
    only decides whether a paused quiz still takes the answer.
    """

    question = forms.UUIDField()
    seen = forms.IntegerField(min_value=0, max_value=10_000)
    client_uuid = forms.UUIDField()
    paper = forms.RegexField("^[0-9a-f]{64}$")
    opened_for = forms.RegexField("^[a-z]+-[0-9a-f]{32}$")
    has_record = forms.BooleanField(required=False)
    asked_on = forms.DateField(required=False)


def hidden_fields(state: AttemptState, key: str, *, seen: int = 0) -> dict[str, str]:
    """Return the hidden fields of a new form for the question.

    `seen` is the sequence of the saved answer that this form is meant to replace, or 0.
    An answer is only replaced by somebody who was shown both.
    """
    return {
        "question": key,
        "seen": str(seen),
        "client_uuid": str(uuid.uuid4()),
        "paper": state.digest_shown(key),
        "opened_for": state.opened_for,
        "has_record": "yes" if state.has_record else "",
        "asked_on": timezone.localdate().isoformat(),
    }


def names_for(state: AttemptState, key: str) -> str:
    """Return the prefix for the names of a question's controls.

    When somebody goes back, browsers restore choices by the names of the controls,
    whatever the page now asks. So names depend on the question and its wording, the
    attempt, and the last saved answer.
    """
    attempt, saved = state.attempt, state.answers.get(key)
    drawn_for = [
        state.seed,
        attempt.retry_of_id if attempt else None,
        saved.sequence if saved else 0,
        state.shown(key),
    ]
    return f"{key}.{_mark_of(drawn_for)}."


def names_inline(shown: FrozenQuestion) -> str:
    """Return the prefix for an inline question, which is the same for everybody.

    It starts with the question's id, because a question that an author has not saved
    yet gets a new key each time it is previewed.
    """
    return f"{shown.handle}.{_mark_of(shown)}."


def _mark_of(drawn_for) -> str:
    # Frozen dataclasses say all their values, several times faster than as JSON.
    return digest_text(repr(drawn_for))[:12]


class AgainForm(PlainForm):
    which = forms.ChoiceField(
        choices=[
            ("missed", _("the missed questions")),
            ("all", _("all questions")),
            ("update", _("questions that changed for safety")),
        ]
    )


def read_response(posted: Posted, question: FrozenQuestion) -> Response:
    """Return the response to the question.

    Raises UnusableAnswer if something is missing, with a message that says what to do,
    and UnknownOption if an option does not belong to the question.
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
    """Return the fields that a form posts for this response. See `read_response`."""
    if response.not_sure:
        return Fields({"choice": [NOT_SURE]})
    return Fields(kind_of(question).fields_of(question, response))
