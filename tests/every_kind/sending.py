"""What is sent through everything: right and wrong answers, another key."""

import html
import json
import re

from quizzes import kinds
from quizzes.forms.answers import fields_of
from quizzes.kinds import kind_of
from tests.taking_quizzes import form_of

TAG = re.compile(r"<[^>]+>")


def right_response(row):
    question = row.frozen()
    return kind_of(question).right_response(question)


def wrong_response(row):
    question = row.frozen()
    return kind_of(question).wrong_responses(question)[0]


def send(client, quiz_url, row, response):
    sent = fields_of(row.frozen(), response)
    fields = {name: sent.getlist(name) for name in sent}
    return form_of(client, quiz_url).send(client, follow=True, **fields)


def words_of(page):
    return " ".join(html.unescape(TAG.sub(" ", page.text)).split())


def swap_marks(stream):
    first, last = stream[0]["value"], stream[-1]["value"]
    first["right"], last["right"] = last["right"], first["right"]


def swap_matches(stream):
    first, second = stream[0]["value"], stream[1]["value"]
    first["match"], second["match"] = second["match"], first["match"]


def say_otherwise(stream):
    for number, option in enumerate(stream, start=20):
        option["value"]["text"] = str(number)


OTHER_KEYS = {
    "choices": swap_marks,
    "steps": lambda stream: stream.reverse(),
    "number": say_otherwise,
    "spellings": say_otherwise,
    "pairs": swap_matches,
}


def with_other_key(row):
    # A copy: versions made of one revision share what they hold.
    stream = json.loads(json.dumps(row.options.get_prep_value()))
    OTHER_KEYS[kinds.kind_named(row.kind).shape](stream)
    row.options = json.dumps(stream)
    return row
