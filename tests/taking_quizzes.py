"""How tests take a quiz through its pages."""

import re

from quizzes.models import Attempt

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
    """Answer the question now asked with the option of this text; None: not sure."""
    page = client.get(quiz_url)
    labelled = {label: value for value, label in LABELLED.findall(page.text)}
    choice = "not-sure" if text is None else labelled[text]
    form = form_of(client, quiz_url, page) | {"choice": choice}
    return client.post(quiz_url, form, follow=True)


def finish(client, quiz_url, texts):
    """Answer all that is still asked and return the result page."""
    for text in texts:
        answer(client, quiz_url, text)
    assert not Attempt.objects.open().exists()
    return client.get(quiz_url, follow=True)
