"""Redirect answers to a lesson whose address has changed."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quizzes.forms.answers import AnswerForm
from quizzes.queries.wording import lesson_asked

_QUESTION = re.compile(r"/(quiz/(?:\d+|waiting)/)$")


def lead_on(request: HttpRequest) -> HttpResponse | None:
    """Redirect the browser to send an answer to the lesson's current address.

    The lesson is found by the paper in the form, so that no answers are lost when it is
    renamed or moved. Return None if the request is not an answer or the lesson is gone.
    """
    below, form = _QUESTION.search(request.path), AnswerForm(request.POST)
    if request.method != "POST" or not below or not form.is_valid():
        return None
    lesson = lesson_asked(form.cleaned_data["paper"])
    address = lesson and lesson.get_url(request)
    onward = f"{address}{below[1]}"
    if not address or onward == request.path:
        return None
    return redirect(onward, preserve_request=True)
