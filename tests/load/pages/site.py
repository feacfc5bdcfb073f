"""The site that is measured: the shipped course, a bare page, and who asks for them."""

import gc
import uuid
from dataclasses import dataclass
from functools import cached_property

from django.core.wsgi import get_wsgi_application
from django.test import Client, override_settings
from wagtail.models import Page, Site

from accounts.models import User
from course.models import CoursePage, LessonPage
from course.queries import live_lessons
from quizzes.forms.answers import fields_of
from quizzes.kinds import kind_of
from quizzes.queries.attempts import paper_of
from tests.load.pages.browsing import WsgiBrowser
from tests.taking_quizzes import form_of

QUESTIONS = 5
FLOOR = "bare"


def make_applications() -> tuple:
    """Return the site's WSGI application, and one that keeps no pages.

    The second serves the bare page, as Wagtail does without us.
    """
    own = get_wsgi_application()
    with override_settings(KEEPS_PAGES=False):
        plain = get_wsgi_application()
    # As the server does, see `config/gunicorn.py`.
    gc.freeze()
    return own, plain


def bare_page() -> Page:
    """Return a page two levels below the home page that shows nothing but its title."""
    page = Site.objects.get(is_default_site=True).root_page
    for slug in (FLOOR, "deep"):
        known = page.get_children().filter(slug=slug).first()
        page = known or page.add_child(instance=Page(title="Bare", slug=slug))
    return page


def shipped_course() -> CoursePage:
    """Return the first live course."""
    return CoursePage.objects.live().order_by("path").first()


@dataclass(frozen=True)
class Quiz:
    """A lesson's quiz, and how each of its questions is answered rightly."""

    lesson: LessonPage
    own_url: str = ""

    @property
    def url(self) -> str:
        return self.own_url or f"{self.lesson.url}quiz/"

    @cached_property
    def right(self) -> dict[str, dict[str, list[str]]]:
        questions = paper_of(self.lesson).questions
        return {question.key: _right_fields(question) for question in questions}

    def form(self, browser, page=None):
        """Return the form of the question that is asked, ready to be sent."""
        return form_of(browser, self.url, page)

    def send(self, browser, form, *, follow=False):
        """Send the right answer."""
        fields = self.right[form.hidden["question"]]
        return form.send(browser, follow=follow, **fields)


def _right_fields(question):
    sent = fields_of(question, kind_of(question).right_response(question))
    return {name: sent.getlist(name) for name in sent}


def quiz_of(course: CoursePage, questions: int = QUESTIONS) -> Quiz:
    """Return the first quiz of the course with so many questions."""
    quizzes = map(Quiz, live_lessons(course))
    return next(quiz for quiz in quizzes if len(quiz.right) == questions)


class People:
    """Browsers of people who ask for the same pages."""

    def __init__(self, application):
        self._application = application

    def visitor(self, **headers) -> WsgiBrowser:
        return WsgiBrowser(self._application, headers=headers)

    def learner(self, quiz: Quiz, answers: int) -> WsgiBrowser:
        """Return the browser of somebody new who has given so many answers."""
        browser = self.visitor()
        for _answer in range(answers):
            quiz.send(browser, quiz.form(browser), follow=True)
        return browser

    def signed_in(self, quiz: Quiz, answers: int) -> WsgiBrowser:
        """Return the browser of somebody new with an account who has given answers."""
        user = User.objects.create(email=f"reader-{uuid.uuid4()}@example.org")
        browser = self.visitor()
        browser.cookies.update(_cookies_of(user))
        for _answer in range(answers):
            quiz.send(browser, quiz.form(browser), follow=True)
        return browser


def _cookies_of(user):
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return client.cookies
