import json
import math
import random
import statistics
import threading
import time
from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from course.queries import live_lessons
from quizzes.models import Answer
from tests.load.figures import write_at_least, write_at_most
from tests.load.pages.http_browsing import HttpBrowser
from tests.load.pages.quizzes import SCRIPT
from tests.load.pages.serving import serve_site
from tests.load.pages.site import Quiz, shipped_course

MOST_LEARNERS, MOST_SECONDS = 1_000, 600
LONGEST_ANSWER = 1  # seconds


class Command(BaseCommand):
    help = (
        "Let a class of made-up learners answer over HTTP, on this machine alone, and"
        " print one JSON object per line. `script/load` calls it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--learners", type=int, default=200)
        parser.add_argument("--seconds", type=int, default=60)
        parser.add_argument("--every", type=float, default=2, help="Seconds.")

    def handle(self, *, learners, seconds, every, **options):
        if not (0 < learners <= MOST_LEARNERS and 0 < seconds <= MOST_SECONDS):
            raise CommandError(
                f"At most {MOST_LEARNERS} learners and {MOST_SECONDS} seconds."
            )
        quizzes = [
            Quiz(page, f"{page.url}quiz/") for page in live_lessons(shipped_course())
        ]
        # Read now: each learner has a thread, and would take a connection of its own.
        for quiz in quizzes:
            quiz.right  # noqa: B018
        before = Answer.objects.count()
        with serve_site() as server:
            classroom = Classroom(server.port, quizzes, every)
            classroom.answer(learners, seconds)
        classroom.write_figures(Answer.objects.count() - before)


class Classroom:
    """Learners who each answer one question after the other, at a steady pace."""

    def __init__(self, port, quizzes, every):
        self.port, self.quizzes, self.every = port, quizzes, every
        self.times: list[float] = []
        self.errors: Counter[str] = Counter()

    def answer(self, learners, seconds):
        """Return when all have answered for so many seconds."""
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(target=self._learn, args=[until]) for _ in range(learners)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _learn(self, until):
        # Nobody begins at the same moment as all others.
        time.sleep(random.random() * self.every)  # noqa: S311
        try:
            while time.monotonic() < until:
                # Whoever has done all quizzes makes way for somebody new.
                browser = HttpBrowser(self.port, SCRIPT)
                for quiz in random.sample(self.quizzes, len(self.quizzes)):
                    self.take(browser, quiz, until)
        # Whatever goes wrong for a learner is counted.
        except Exception as error:  # noqa: BLE001
            self.errors[str(error) or type(error).__name__] += 1

    def take(self, browser, quiz, until):
        """Take the quiz at the steady pace, until this moment at the latest."""
        page = browser.get(quiz.url, follow=True)
        for _question in quiz.right:
            if time.monotonic() > until:
                return
            form = quiz.form(browser, page)
            started = time.monotonic()
            # What comes next is on the page in the response.
            page = quiz.send(browser, form)
            self.times.append(time.monotonic() - started)
            time.sleep(max(0, self.every - (time.monotonic() - started)))

    def write_figures(self, kept):
        """Write what went wrong, how long answers took, and how many were kept."""
        for error, times in self.errors.items():
            print(json.dumps({"error": error, "times": times}), flush=True)  # noqa: T201
        write_at_most("class: errors", sum(self.errors.values()), "errors", 0)
        write_at_most("class: answer, p95", _p95(self.times), "s", LONGEST_ANSWER)
        middle = statistics.median(self.times or [math.inf])
        write_at_most("class: answer, median", middle, "s", LONGEST_ANSWER)
        write_at_least("class: answers kept", kept, "answers", len(self.times))


def _p95(times):
    return sorted(times)[math.ceil(len(times) * 0.95) - 1] if times else math.inf
