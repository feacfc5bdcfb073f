from django.core.management.base import BaseCommand

from course.queries import live_lessons
from tests.load.figures import write_at_most
from tests.load.pages.behind_server import (
    measure_memory,
    measure_throughput,
    measure_together,
    requests_of,
)
from tests.load.pages.measuring import find_medians
from tests.load.pages.quizzes import measure_answers, measure_quiz
from tests.load.pages.site import (
    People,
    bare_page,
    make_applications,
    quiz_of,
    shipped_course,
)
from tests.load.pages.transfer import measure_transfer
from tests.statements import statements_of, writes_in

ROUNDS = 100
REQUESTS = 10_000
# Times of the bare page, queries.
TARGETS = {
    "lesson, visitor": (0.05, 0),
    "lesson, learner with cookie": (1.0, 6),
    "lesson, learner signed in": (1.2, 8),
    "course page, visitor": (0.05, 0),
    "course page, learner": (1.2, 7),
    "question": (0.9, 4),
    "feedback": (1.0, 6),
    "result": (1.4, 10),
}


class Command(BaseCommand):
    help = (
        "Measure pages against a bare Wagtail page two levels below the home page, and"
        " print one JSON object per line. `script/bench` calls it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--rounds", type=int, default=ROUNDS)
        parser.add_argument(
            "--requests", type=int, default=REQUESTS, help="To one process; 0 for none."
        )
        parser.add_argument(
            "--only", action="append", choices=TARGETS, help="This page and no other."
        )

    def handle(self, *, rounds, requests, only, **options):
        own, plain = make_applications()
        people, floor = People(own), People(plain).visitor()
        course, address = shipped_course(), bare_page().url
        quiz = quiz_of(course)
        asked = make_requests(people, course, quiz)
        asked = {figure: asked[figure] for figure in only or TARGETS}
        bare = floor.prepare(address)
        medians = find_medians(asked | {"bare": bare}, rounds)
        for figure, request in asked.items():
            times, queries = TARGETS[figure]
            ratio = medians[figure] / medians["bare"]
            write_at_most(figure, ratio, "of a bare page", times)
            write_queries(figure, request, queries)
        if only:
            return
        measure_answers(people, quiz, bare)
        measure_quiz(people, quiz)
        measure_transfer(people, live_lessons(course)[3])
        if requests:
            measure_served(requests_of(people, course, quiz, address), requests)


def measure_served(asked, requests):
    """Write what the production server makes of it."""
    mixed = [request for name, request in asked.items() if name != "bare"]
    measure_throughput(asked["visitor"], asked["learner"], asked["bare"])
    measure_memory(mixed, requests)
    measure_together(mixed)


def write_queries(figure, request, most):
    """Write the figures of what the request asks of the database."""
    statements = statements_of(request)
    write_at_most(f"{figure}: queries", len(statements), "queries", most)
    write_at_most(f"{figure}: writes", len(writes_in(statements)), "writes", 0)


def make_requests(people, course, quiz):
    """Return figure → the request that it is about."""
    visitor, reader = people.visitor(), people.learner(quiz, 2)
    account = people.signed_in(quiz, 2)
    finished = people.learner(quiz, len(quiz.right))
    asked = {
        "lesson, visitor": (visitor, quiz.lesson.url),
        "lesson, learner with cookie": (reader, quiz.lesson.url),
        "lesson, learner signed in": (account, quiz.lesson.url),
        "course page, visitor": (visitor, course.url),
        "course page, learner": (reader, course.url),
        "question": (reader, f"{quiz.url}3/"),
        "feedback": (reader, f"{quiz.url}answer/1/"),
        "result": (finished, f"{quiz.url}result/"),
    }
    return {figure: who.prepare(path) for figure, (who, path) in asked.items()}
