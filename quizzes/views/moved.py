"""Answers to pages of a lesson whose address is another one by now."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quizzes.forms.answers import AnswerForm
from quizzes.queries.wording import lesson_asked

_QUESTION = re.compile(r"/(quiz/\d+/)$")


def lead_on(request: HttpRequest) -> HttpResponse | None:
    """Have the browser send an answer once more, to where its lesson is now.

    None where nothing was answered, or where the lesson is no more: the form says by
    its paper which lesson it is of. Whoever renames or moves it loses nobody's answer.
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
