"""What it costs to take a quiz, walked as a browser walks it."""

import random
import re
import statistics
from functools import partial
from html import unescape

from tests.load.figures import write_at_most
from tests.load.pages.measuring import seconds_of
from tests.statements import statements_of, writes_in
from tests.taking_quizzes import FORM

LEARNERS = 30
# Times of the bare page, queries.
ANSWERS = {"first": (1.5, 12), "middle": (1.0, 7), "last": (1.6, 13)}
NEXT = re.compile(r'<a class="nhsuk-button[^"]*" href="([^"]+)"')
MOST_PAGES = 40
# As the site's script sends answers: the next page is in the response.
SCRIPT = {"Prefer": "return=representation"}


def measure_answers(people, quiz, bare):
    """Write what the first, a middle and the last answer of a quiz cost."""
    taken = {name: [] for name in (*ANSWERS, "bare")}
    for _learner in range(LEARNERS):
        browser = people.visitor()
        page = browser.get(quiz.url, follow=True)
        for name in _names(quiz):
            form = quiz.form(browser, page)
            both = [("bare", bare), (name, partial(quiz.send, browser, form))]
            random.shuffle(both)
            for which, request in both:
                taken[which].append(seconds_of(request))
            page = browser.get(quiz.url, follow=True)
    floor = statistics.median(taken["bare"])
    for name, (times, _queries) in ANSWERS.items():
        ratio = statistics.median(taken[name]) / floor
        write_at_most(f"answer, {name}", ratio, "of a bare page", times)
    _measure_statements(people.visitor(), quiz)


def _names(quiz):
    return ["first", *["middle"] * (len(quiz.right) - 2), "last"]


def _measure_statements(browser, quiz):
    most = dict.fromkeys(ANSWERS, 0)
    page = browser.get(quiz.url, follow=True)
    for name in _names(quiz):
        form = quiz.form(browser, page)
        asked = len(statements_of(partial(quiz.send, browser, form)))
        most[name] = max(most[name], asked)
        page = browser.get(quiz.url, follow=True)
    for name, (_times, queries) in ANSWERS.items():
        write_at_most(f"answer, {name}: queries", most[name], "queries", queries)


def measure_quiz(people, quiz):
    """Write what a quiz costs from its link in the lesson to its result."""
    figure = f"quiz of {len(quiz.right)} questions"
    _write_quiz(figure, quiz, people.visitor, requests=11, queries=80)
    scripted = partial(people.visitor, **SCRIPT)
    _write_quiz(f"{figure}, with scripts", quiz, scripted, requests=7, queries=60)


def _write_quiz(figure, quiz, visitor, *, requests, queries):
    take_quiz(visitor(), quiz)
    browser = visitor()
    statements = statements_of(lambda: take_quiz(browser, quiz))
    write_at_most(f"{figure}: requests", browser.requests, "requests", requests)
    write_at_most(f"{figure}: queries", len(statements), "queries", queries)
    write_at_most(f"{figure}: writes", len(writes_in(statements)), "writes", 13)


def take_quiz(browser, quiz):
    """Answer every question and return the result, by the links on the pages."""
    page = browser.get(f"{quiz.url}1/")
    for _page in range(MOST_PAGES):
        if FORM.search(page.text):
            page = quiz.send(browser, quiz.form(browser, page), follow=True)
            continue
        onward = NEXT.search(page.text)
        shown = page.header("Content-Location") or page.path
        if "/result/" in shown or onward is None:
            return page
        page = browser.get(unescape(onward[1]), follow=True)
    raise RuntimeError(f"The quiz {quiz.url} did not end.")
