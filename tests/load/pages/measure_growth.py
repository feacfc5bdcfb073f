import re

from django.apps import apps
from django.core.management.base import BaseCommand
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import User
from course.queries import live_lessons
from quizzes.models import Answer
from tests.load.figures import write_at_least, write_at_most
from tests.load.pages import growth
from tests.load.pages.browsing import WsgiBrowser
from tests.load.pages.measuring import find_medians
from tests.load.pages.site import Quiz, make_applications, shipped_course
from tests.statements import statements_of, writes_in

ROUNDS = 60
ANSWERS = 1_000_000
WIDTH = 40
MOST = {"lesson": 1.15, "learner's lesson": 1.15, "course page": 1.15, "home": 1.2}
MOST |= {"lesson editor": 1.2}


class Command(BaseCommand):
    help = (
        "Make a large site beside the shipped course, and measure how much longer its"
        " pages take. `script/bench --growth` calls it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--rounds", type=int, default=ROUNDS)
        parser.add_argument("--lessons", type=int, default=growth.LESSONS)
        parser.add_argument("--courses", type=int, default=growth.COURSES)

    def handle(self, *, rounds, lessons, courses, **options):
        growth.make_large_site(self.write_progress, lessons, courses)
        write_sizes(lessons, courses)
        with override_settings(ADMIN_REQUIRES_SECOND_FACTOR=False):
            asked = make_requests()
            both = {(figure, n): r[n] for figure, r in asked.items() for n in (0, 1)}
            medians = find_medians(both, rounds)
            for figure, most in MOST.items():
                ratio = medians[figure, 1] / medians[figure, 0]
                write_at_most(f"growth: {figure}", ratio, "of the small one", most)
            written = our_writes(asked["lesson editor"][1])
        write_at_most("growth: lesson editor: our writes", len(written), "writes", 0)

    def write_progress(self, done, of):
        bar = "#" * (WIDTH * done // of)
        end = "\n" if done == of else "\r"
        self.stderr.write(f"[{bar:<{WIDTH}}] {done} of {of} pages", ending=end)
        self.stderr.flush()


def write_sizes(lessons, courses):
    there = live_lessons(growth.large_course()).count()
    write_at_least("growth: lessons", there, "lessons", lessons)
    listed = growth.large_home().get_children().live().count()
    write_at_least("growth: courses", listed, "courses", courses)
    write_at_least("growth: answers", Answer.objects.count(), "answers", ANSWERS)


def make_requests():
    """Return figure → what is asked of the small site and of the large one.

    Visitors' pages are kept whole, so whoever has a cookie asks for the home page.
    """
    own = make_applications()[0]
    small, large = shipped_course(), growth.large_course()
    with_answers = live_lessons(small)[0]
    lessons = with_answers, live_lessons(large)[0]
    hosts = ("127.0.0.1:8000", f"{growth.HOST}:{growth.PORT}")
    packed = {"Accept-Encoding": "gzip, deflate, br"}
    visitors = [WsgiBrowser(own, host, packed) for host in hosts]
    learners = [
        a_learner(own, host, Quiz(lesson))
        for host, lesson in zip(hosts, lessons, strict=True)
    ]
    editor = an_editor()
    edits = [
        reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in reversed(lessons)
    ]
    asked = {
        "lesson": [(visitors[n].get, path_of(lessons[n])) for n in (0, 1)],
        "learner's lesson": [(learners[n].get, path_of(lessons[n])) for n in (0, 1)],
        "course page": [
            (visitors[n].get, path_of(page)) for n, page in enumerate((small, large))
        ],
        "home": [(learners[n].get, "/") for n in (0, 1)],
        "lesson editor": [(editor.get, path) for path in edits],
    }
    return {
        figure: [lambda get=get, path=path: get(path) for get, path in pair]
        for figure, pair in asked.items()
    }


def path_of(page):
    """Return the path on its own site."""
    return re.sub(r"^https?://[^/]+", "", page.url)


def a_learner(application, host, quiz):
    browser = WsgiBrowser(application, host)
    here = Quiz(quiz.lesson, path_of(quiz.lesson) + "quiz/")
    for _answer in range(2):
        here.send(browser, here.form(browser), follow=True)
    return browser


def an_editor():
    fields = {"is_superuser": True, "is_staff": True}
    user = User.objects.get_or_create(email="editor@example.org", defaults=fields)[0]
    client = Client(SERVER_NAME="127.0.0.1", SERVER_PORT="8000")
    client.force_login(user)
    return client


def our_writes(request):
    """Return the statements of a request that change rows of our own rooms."""
    ours = {
        model._meta.db_table
        for model in apps.get_models()
        if not model.__module__.startswith(("wagtail", "django", "allauth"))
    }
    written = writes_in(statements_of(request))
    return [sql for sql in written if re.search(r'"(\w+)"', sql)[1] in ours]
