"""Pass an answer from a form to the action that saves it."""

from functools import partial

from django.utils import timezone

from quizzes.actions import answering
from quizzes.forms.answers import read_response


def save_answer(lesson, identity, form, sent):
    """Save the answer of a valid form. Return the new state.

    Raises what `give_answer` and `read_response` raise. Nothing is written then.
    """
    return answering.give_answer(
        lesson=lesson,
        identity=identity,
        question_key=str(form.cleaned_data["question"]),
        read=partial(read_response, sent),
        seen=form.cleaned_data["seen"],
        client_uuid=form.cleaned_data["client_uuid"],
        paper=form.cleaned_data["paper"],
        asked_on=form.cleaned_data["asked_on"],
        has_record=form.cleaned_data["has_record"],
        at=timezone.now(),
    )
