"""How tests choose questions: through the pages, as a browser does."""

import re
from urllib.parse import urlencode

from tests.factories import QuestionToAskFactory

FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
TICK = re.compile(
    r'name="also" value="([^"]+)" (checked)?>\s*<label[^>]*>(.*?)</label>', re.DOTALL
)


def questions_to_ask(lesson, *texts):
    """Give the lesson these questions to ask and return them."""
    rows = [
        QuestionToAskFactory(lesson=lesson, text=text, sort_order=place)
        for place, text in enumerate(texts)
    ]
    lesson.body = '[{"type": "questions_to_ask", "value": {"title": ""}}]'
    lesson.save()
    return rows


def add_url(question, **also):
    query = urlencode({"question": question.translation_key, **also})
    return f"/my-visit/add/?{query}"


def open_form(client, question):
    """Return the hidden fields of the page that adds the question, and its ticks."""
    page = client.get(add_url(question)).text
    ticks = {text: (value, bool(on)) for value, on, text in TICK.findall(page)}
    fields = dict(FIELD.findall(page))
    fields.pop("csrfmiddlewaretoken", None)
    return fields, ticks


def ask(client, question, *also, **named):
    """Open the page and press its button, with these texts ticked as well."""
    fields, ticks = open_form(client, question)
    kept = [value for value, on in ticks.values() if on]
    chosen = [*kept, *(ticks[text][0] for text in also)]
    return client.post(add_url(question), fields | {"also": chosen} | named)


def change(client, do, question, place=0):
    return client.post(
        "/my-visit/change/", {"do": f"{do}:{question.translation_key}:{place}"}
    )
