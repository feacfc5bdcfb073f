"""Each QR code is read from the screen, and opens exactly the page that it is for."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Learner
from course.models import LessonPage
from tests.browser.codes import read_code
from tests.browser.test_resuming import FIRST, words_of
from tests.browser.test_visit import choose
from tests.browser.walking import (
    answer_right,
    on_phones_and_screens,
    with_and_without_scripts,
)
from tests.browser.writing import sign_in
from tests.factories import QuestionToAskFactory, a_course
from tests.signing_in import with_password
from tests.training.proof import complete
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.teams.actions.join_links import make_join_link
from visit.models import ChosenQuestion
from visit.rules.passing_on import MOST_QUESTIONS

LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"color_scheme": "dark", "forced_colors": "active"},
    "print": {"media": "print"},
}


def read_in_each_look(page, looks=("light", "dark", "forced colours")):
    """Return the text of the page's code, which is the same in each look."""
    texts = set()
    for look in looks:
        page.emulate_media(**LOOKS[look])
        texts.add(read_code(page))
    (text,) = texts
    return text


def open_code(page, address):
    """Open what was read, which leads nowhere else."""
    response = page.goto(address)
    assert response.ok
    assert response.request.redirected_from is None


@on_phones_and_screens
def test_the_code_on_the_poster_opens_the_site(open_page, site, width):
    page = open_page("/poster/", width=width)
    address = read_in_each_look(page, LOOKS)
    assert address == site
    assert page.get_by_text(address, exact=True).is_visible()
    open_code(page, address)
    assert page.url == f"{address}/"


@on_phones_and_screens
@with_and_without_scripts
def test_the_code_for_another_device_opens_the_progress_when_asked(
    open_page, width, scripts
):
    page = open_page(FIRST, width=width, scripts=scripts)
    answer_right(page)
    words = words_of(page)
    address = read_in_each_look(page)
    assert address.endswith(f"/resume/{'-'.join(words)}/")
    other = open_page("/healthz", width=width, scripts=scripts)
    open_code(other, address)
    assert not [c for c in other.context.cookies() if c["name"] == "learner"]
    other.get_by_role("button", name="Carry on").click()
    other.get_by_text("Your progress is open here").wait_for()
    assert Learner.objects.count() == 1


@on_phones_and_screens
@pytest.mark.parametrize("number", [1, MOST_QUESTIONS])
def test_the_code_of_a_list_hands_on_all_of_it(open_page, width, number):
    lesson = LessonPage.objects.get(slug="alternatives")
    for place in range(number - lesson.questions_to_ask.count()):
        QuestionToAskFactory(lesson=lesson, text=f"What about {place}?")
    page = open_page("/healthz", width=width)
    choose(page, number)
    page.get_by_text("Hand it to another phone").click()
    address = read_in_each_look(page)
    link = page.get_by_role("link", name="The same as a link")
    assert address == link.get_attribute("href")
    other = open_page("/healthz", width=width, scripts=False)
    open_code(other, address)
    other.get_by_role("button", name="to my list").click()
    other.wait_for_url("**/my-visit/*")
    mine, theirs = (
        set(ChosenQuestion.objects.filter(learner=each).values_list("key", flat=True))
        for each in Learner.objects.order_by("pk")
    )
    assert mine == theirs
    assert len(mine) == number


@on_phones_and_screens
def test_the_code_on_a_certificate_opens_the_check_of_it(open_page, client, width):
    learner = a_member(a_team(), first_name="Anna")
    course = a_course(lessons=1, questions=1, title="A short course")
    an_assignment(course, learner.memberships.get().team)
    serial = complete(client, learner, course).serial
    page = open_page("/healthz", width=width)
    sign_in(page, page.url, learner.user)
    page.goto(reverse("certificate", args=[serial]))
    address = read_in_each_look(page, LOOKS)
    stranger = open_page("/healthz", width=width, scripts=False)
    open_code(stranger, address)
    stranger.get_by_text("This certificate is valid").wait_for()


def test_the_code_of_a_team_opens_the_page_to_join_it(open_page, site):
    team, now = a_team("Ward 3"), timezone.now()
    trainer = with_password(a_trainer(team))
    ends = now + dt.timedelta(days=7)
    link = make_join_link(team=team, expires_at=ends, by=trainer, at=now)
    page = open_page("/healthz", width=1280)
    sign_in(page, page.url, trainer)
    page.goto(reverse("teams:join_links", args=[team.pk]))
    address = read_in_each_look(page)
    assert address == f"{site}{reverse('join_team', args=[link.code])}"
    other = open_page("/healthz", scripts=False)
    open_code(other, address)
    other.get_by_text("Ward 3").first.wait_for()
