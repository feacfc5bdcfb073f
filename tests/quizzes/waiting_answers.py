"""Answers that wait in a browser: how tests send, keep and save them."""

import re

from django.conf import settings

from quizzes.models import Answer
from tests.taking_quizzes import form_of, value_of

KEPT = re.compile(r'<form method="post" action="([^"]+)">(.*?)</form>', re.DOTALL)
FIELD = re.compile(r'name="([^"]+)" value="([^"]*)"')


def opened(client, quiz_url, text="Right"):
    """Return a function that sends the form now shown, and leads where that leads."""
    page = client.get(quiz_url, follow=True)
    form, choice = form_of(client, quiz_url, page), value_of(page, text)
    return lambda client=client: form.send(client, follow=True, choice=choice)


def end_session(client):
    """Let the session end, as it does with the browser."""
    del client.cookies[settings.SESSION_COOKIE_NAME]


def save_kept(client, page):
    """Press the button of the page that asks whose the answer is."""
    action, fields = KEPT.search(page.text).groups()
    return client.post(action, dict(FIELD.findall(fields)), follow=True)


def answers_of(user):
    return Answer.objects.filter(attempt__learner__user=user)
