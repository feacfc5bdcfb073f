"""How tests take a quiz: through its pages, or by its verb where only answers matter."""

import re
import uuid

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.identity import Identity, remember
from course.models import LessonPage
from quizzes import actions
from quizzes.models import Attempt
from quizzes.paper import Response

HIDDEN = re.compile(r'name="(question|seen|client_uuid)" value="([^"]*)"')
OPTION = re.compile(r'name="choice"[^>]* value="([0-9a-f-]{36})"')
LABELLED = re.compile(
    r'name="choice"[^>]* value="([^"]+)"[^>]*>\s*<label[^>]*>(.*?)</label>', re.DOTALL
)


def form_of(client, quiz_url, response=None):
    """Return the hidden fields of the form as it would be posted."""
    return dict(HIDDEN.findall((response or client.get(quiz_url)).text))


def option_ids(response):
    """Return the ids of the options in the order shown."""
    return OPTION.findall(response.text)


def answer(client, quiz_url, text):
    """Answer the question now asked with the option of this text; None: not sure.

    Return the way to the feedback, not yet followed.
    """
    page = client.get(quiz_url)
    labelled = {label: value for value, label in LABELLED.findall(page.text)}
    choice = "not-sure" if text is None else labelled[text]
    form = form_of(client, quiz_url, page) | {"choice": choice}
    response = client.post(quiz_url, form)
    assert response.status_code == 302
    return response


def feedback_on(client, quiz_url, text):
    """Answer as `answer` does and return the page with the feedback."""
    return client.get(answer(client, quiz_url, text).url)


def finish(client, quiz_url, texts):
    """Answer all that is still asked and return the result page."""
    for text in texts:
        answer(client, quiz_url, text)
    assert not Attempt.objects.open().exists()
    return client.get(quiz_url, follow=True)


def give_answers(lesson, *texts, token=None):
    """Answer the first questions with options of these texts; None: not sure.

    Return the learner's token.
    """
    token = token or uuid.uuid4()
    lesson = LessonPage.objects.get(pk=lesson.pk)
    for question, text in zip(lesson.questions.all(), texts, strict=False):
        chosen = [str(o.id) for o in question.options if o.value["text"] == text]
        response = Response(tuple(chosen), not_sure=text is None)
        actions.give_answer(
            lesson=lesson,
            identity=Identity(token),
            question_key=str(question.translation_key),
            read=lambda _question, response=response: response,
            seen=0,
            client_uuid=uuid.uuid4(),
            at=timezone.now(),
        )
    return token


def browser_of(token):
    """Return the browser of the learner with this token."""
    response = HttpResponse()
    remember(response, Identity(token))
    client = Client()
    client.cookies.update(response.cookies)
    return client
