"""The site whose pictures are taken, and a ward whose staff learn on it."""

import datetime as dt

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.identity import identity_for
from course.models import CoursePage
from tests.browser.conftest import (  # noqa: F401 - what pytest finds by name
    loaded,
    open_page,
    site,
    styles,
    whole_pages,
)
from tests.browser.walking import COURSE
from tests.browser.writing import sign_in
from tests.every_kind.sending import right_response
from tests.factories import lessons_of
from tests.taking_quizzes import give_response, request_from
from tests.training.staff import a_member, a_team, a_trainer, an_assignment

IMAGES = settings.BASE_DIR / "docs/images"
PEOPLE = ("Nora Bakker", "Owen Davies", "Ines Duarte", "Sam Okafor", "Maya Rahimi")


def pass_lessons(client, learner, lessons):
    """Answer every question of these lessons rightly, as a member of staff."""
    client.force_login(learner.user)
    identity = identity_for(request_from(client))
    for lesson in lessons:
        for row in lesson.questions.all():
            give_response(
                lesson, identity, str(row.translation_key), right_response(row)
            )


@pytest.fixture
def take(request):
    """Return a function that keeps what a page, or a part of one, shows.

    It becomes the picture of this scene.
    """
    name = request.node.name.removeprefix("picture_").split("[")[0].replace("_", "-")

    def keep(shown, **options):
        shown.screenshot(
            path=IMAGES / f"{name}.png", animations="disabled", caret="hide", **options
        )

    return keep


@pytest.fixture
def open_as(open_page):  # noqa: F811
    """Return a function that opens a page of the site, signed in as somebody."""

    def open_it(person, path, *, width=1120, height=700):
        page = open_page("/healthz", width=width)
        page.set_viewport_size({"width": width, "height": height})
        sign_in(page, page.url, person)
        page.goto(path)
        return page

    return open_it


@pytest.fixture
def course(site):  # noqa: F811
    return CoursePage.objects.get(slug=COURSE.strip("/"))


@pytest.fixture
def team(course):
    return a_team("Ward 3", manager_name="Mona Stone", manager_email="mona@example.org")


@pytest.fixture
def trainer(team):
    return a_trainer(
        team, email="tess@example.org", first_name="Tess", last_name="Turner"
    )


@pytest.fixture
def people(team, trainer):
    """The learners of the ward, in the order of `PEOPLE`."""
    return [
        a_member(
            team,
            email=f"{first.lower()}@example.org",
            first_name=first,
            last_name=last,
            at=timezone.now() - dt.timedelta(days=200),
        )
        for first, last in map(str.split, PEOPLE)
    ]


@pytest.fixture
def asked(client, course, team, people):
    """What the ward is asked: one assignment is overdue, and some have begun it."""
    now = timezone.now()
    assignment = an_assignment(
        course,
        team,
        title="Stem cells: what to tell patients",
        at=now - dt.timedelta(days=50),
        due_on=(now - dt.timedelta(days=9)).date(),
    )
    for done, learner in enumerate(people[:4]):
        pass_lessons(client, learner, lessons_of(course)[:done])
    return assignment
