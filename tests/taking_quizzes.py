"""How tests take a quiz: through its pages, or by its verb where only answers matter."""

import re
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.identity import Identity, identity_for, learner_for, set_learner_cookie
from course.models import LessonPage
from quizzes.actions import answering
from quizzes.models import Answer, Attempt
from quizzes.queries.attempts import attempt_state
from quizzes.rules.paper import Response

FORM = re.compile(
    r'<form class="app-question" method="post" action="([^"]+)".*?</form>', re.DOTALL
)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
NAMES = re.compile(r'name="([0-9a-f-]{36}\.[0-9a-f]+\.)')
OPTION = re.compile(r'name="[^"]*choice"[^>]* value="([0-9a-f-]{36})"')
LABELLED = re.compile(
    r'name="[^"]*choice"[^>]* value="([^"]+)"[^>]*>\s*<label[^>]*>(.*?)</label>',
    re.DOTALL,
)
CHECKED = re.compile(r'value="([^"]+)" checked>')


@dataclass
class QuestionForm:
    """The form of a question as a page shows it, to be sent as it is or changed."""

    address: str
    names: str
    hidden: dict[str, str]

    def send(self, client, *, follow=False, hidden=(), **fields):
        """Post the form with these fields of the question, such as `choice`."""
        named = {self.names + name: value for name, value in fields.items()}
        posted = self.hidden | dict(hidden) | named
        return client.post(self.address, posted, follow=follow)


def form_of(client, quiz_url, response=None):
    """Return the form that the page shows, the question now asked by default."""
    page = (response or client.get(quiz_url, follow=True)).text
    found = FORM.search(page)
    hidden = dict(HIDDEN.findall(found[0]))
    hidden.pop("csrfmiddlewaretoken", None)
    return QuestionForm(found[1], NAMES.search(found[0])[1], hidden)


def option_ids(response):
    """Return the ids of the options in the order shown."""
    return OPTION.findall(response.text)


def ticked_in(response):
    """Return the values of what the page shows as chosen."""
    return CHECKED.findall(response.text)


def answer(client, quiz_url, text):
    """Answer the question now asked with the option of this text; None: not sure.

    Return the way to the feedback, not yet followed.
    """
    page = client.get(quiz_url, follow=True)
    response = form_of(client, quiz_url, page).send(client, choice=value_of(page, text))
    assert response.status_code == 302
    assert re.search(r"/quiz/(answer|result)/\d+/#feedback$", response.url)
    return response


def value_of(page, text):
    """Return the value of the option of this text as the page shows it."""
    found = LABELLED.findall(page.text)
    # Around the words, a page in another language says which they are in.
    labelled = {re.sub("<[^>]+>", "", label): value for value, label in found}
    return "not-sure" if text is None else labelled[text]


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
    identity = Identity(token or uuid.uuid4())
    lesson = LessonPage.objects.get(pk=lesson.pk)
    questions = zip(lesson.questions.all(), texts, strict=False)
    given = [_response(question, text) for question, text in questions]
    for key, response in given[:1]:
        attempt = give_response(lesson, identity, key, response).attempt
        _keep(attempt, given[1:-1])
    for key, response in given[1:][-1:]:
        give_response(lesson, identity, key, response)
    return identity.token


def _response(question, text):
    chosen = [str(o.id) for o in question.options if o.value["text"] == text]
    response = Response(tuple(chosen), not_sure=text is None)
    return str(question.translation_key), response


def _keep(attempt, given):
    """Keep what neither begins nor ends the attempt, all at once."""
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt,
            question_key=key,
            sequence=1,
            client_uuid=uuid.uuid4(),
            **Answer.fields_of(response),
            origin=Answer.Origin.ANONYMOUS,
            given_at=timezone.now(),
        )
        for key, response in given
    )


def give_first_options(client, lesson):
    """Answer what the lesson's quiz still asks with the first option of each.

    By the verb, as whoever the browser belongs to; a new one gets its cookie.
    """
    request = request_from(client)
    identity = identity_for(request)
    lesson = LessonPage.objects.get(pk=lesson.pk)
    now = attempt_state(lesson, learner_for(request), identity.token)
    for key in now.unanswered:
        first = now.paper.question(key).options[0]
        give_response(lesson, identity, key, Response((first.id,)))
    keep_token(client, identity)


def give_response(lesson, identity, key, response):
    """Give the answer to the question of this key, by the verb."""
    return answering.give_answer(
        lesson=lesson,
        identity=identity,
        question_key=key,
        read=lambda _question: response,
        seen=0,
        client_uuid=uuid.uuid4(),
        at=timezone.now(),
    )


def request_from(client):
    """Return a request as this browser sends it."""
    request = HttpRequest()
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        request.session = client.session
        request.user = get_user(request)
    return request


def browser_of(token):
    """Return the browser of the learner with this token."""
    client = Client()
    keep_token(client, Identity(token))
    return client


def keep_token(client, identity):
    """Give the browser the cookie of the learner, unless somebody is signed in."""
    response = HttpResponse()
    set_learner_cookie(response, identity)
    client.cookies.update(response.cookies)
