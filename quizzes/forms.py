"""What the quiz's forms post."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes import kinds
from quizzes.paper import Question, Response
from quizzes.reading import Posted, UnusableAnswer, collect_for_translation

NOT_SURE = "not-sure"


class AnswerForm(forms.Form):
    """The hidden part of an answer: which question, over which answer, which post."""

    question = forms.UUIDField()
    seen = forms.IntegerField(min_value=0, max_value=10_000)
    client_uuid = forms.UUIDField()


class AgainForm(forms.Form):
    which = forms.ChoiceField(
        choices=[
            ("missed", _("the missed ones")),
            ("all", _("all of them")),
            ("update", _("those that changed for safety")),
        ]
    )


def read_response(posted: Posted, question: Question) -> Response:
    """Return what was answered to the question.

    Raises UnusableAnswer when something is missing, with a message that says what
    to do, and UnknownOption when an option is not the question's.
    """
    ticked = posted.getlist("choice")
    if NOT_SURE not in ticked:
        return kinds.named(question.kind).read(posted, question)
    if len(ticked) > 1:
        raise UnusableAnswer(
            collect_for_translation(
                "Choose answers, or choose “I'm not sure yet”, but not both."
            )
        )
    return Response(not_sure=True)


def new_client_uuid() -> str:
    """Return the name of one filling-in of a form, by which a double post is known."""
    return str(uuid.uuid4())
