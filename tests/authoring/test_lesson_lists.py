"""The lists of lessons answer: what is live, what waits, whose check is due?"""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from course.models import LessonPage
from tests.factories import a_course, a_lesson
from tests.quizzes.test_budgets import queries_of
from tests.roles import a_person

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)


@pytest.fixture
def reviewer():
    return a_person("Reviewer")


@pytest.fixture
def course():
    return a_course(lessons=0)


@pytest.fixture
def lessons(course, reviewer):
    """One lesson of each kind, named by what it is."""
    made = {
        name: a_lesson(course, title=name)
        for name in ("plain", "waiting", "sent back", "signed", "changed", "late")
    }
    for name in ("waiting", "sent back", "signed", "changed"):
        made[name].save_revision().publish()
        hand_in(made[name], reviewer)
    decide(made["sent back"], reviewer, "reject", comment="Not so.")
    for name in ("signed", "changed"):
        decide(made[name], reviewer, "approve", name="Dr A", role="doctor")
    change(made["changed"], call_to_action="Buy").publish()
    made["late"].next_check = YESTERDAY
    made["late"].save_revision().publish()
    change(made["late"], call_to_action="Wait")
    a_lesson(course, title="unpublished", live=False)
    return made


def hand_in(lesson, user):
    lesson.save_revision(user=user)
    lesson.get_workflow().start(lesson, user)


def decide(lesson, user, action, **fields):
    step = LessonPage.objects.get(pk=lesson.pk).current_workflow_task_state
    step.task.specific.on_action(step, user, action, **fields)


def change(lesson, **fields):
    page = LessonPage.objects.get(pk=lesson.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    return page.save_revision()


def titles(response):
    assert response.status_code == 200
    return {page.title for page in response.context["object_list"]}


@pytest.fixture(params=["explorer", "all lessons", "by type"])
def address(request, course):
    return {
        "explorer": reverse("wagtailadmin_explore", args=[course.pk]),
        "all lessons": reverse("lessons:index"),
        "by type": reverse(
            "wagtailadmin_pages:type_use", args=["course", "lessonpage"]
        ),
    }[request.param]


EVERY = {"plain", "waiting", "sent back", "signed", "changed", "late", "unpublished"}
ANSWERS = {
    "": EVERY,
    "status=live": EVERY - {"unpublished"},
    "status=changes": {"late", "sent back", "waiting"},
    "status=draft": {"unpublished"},
    "review_state=waiting": {"waiting"},
    "review_state=sent_back": {"sent back"},
    "review_state=signed_off": {"signed"},
    "review_state=changed": {"changed"},
    "review_state=never": {"plain", "late", "unpublished"},
    "next_check=past": {"late"},
    "next_check=soon": set(),
    "status=live&next_check=past": {"late"},
}


def test_each_filter_answers_its_question(client, lessons, reviewer, address, course):
    client.force_login(reviewer)
    answers = {query: titles(client.get(f"{address}?{query}")) for query in ANSWERS}
    assert answers == ANSWERS
    in_english = client.get(address, {"locale": course.locale_id})
    assert titles(in_english) == EVERY


def test_each_line_says_where_the_lesson_stands(client, lessons, reviewer, address):
    client.force_login(reviewer)
    page = client.get(address)
    for words in (
        "Clinical review",
        "Next check",
        "Waiting for review",
        "Sent back",
        "Signed off",
        "Changed since review",
        "Not reviewed",
        "Past",
        "English",
        f"{YESTERDAY.day} {YESTERDAY:%b %Y}",
    ):
        assert words in page.text, words


@pytest.mark.parametrize("column", ["review_state", "next_check", "live", "title"])
def test_the_list_is_put_in_order(client, lessons, reviewer, address, column):
    client.force_login(reviewer)
    forwards = client.get(address, {"ordering": column}).context["object_list"]
    backwards = client.get(address, {"ordering": f"-{column}"}).context["object_list"]
    values = [getattr(page, column) for page in forwards]
    assert values == sorted(values)
    assert [getattr(page, column) for page in backwards] == values[::-1]


def cost_at_two_lengths(client, course, address, reviewer):
    """Return what the list costs with 3 and with 12 lessons that all wait."""
    for number in (3, 9):
        for _time in range(number):
            lesson = a_lesson(course)
            hand_in(lesson, reviewer)
            decide(lesson, reviewer, "approve", name="Dr A", role="doctor")
            hand_in(lesson, reviewer)
        client.get(address)
        yield len(queries_of(lambda: client.get(address)))


def test_a_longer_list_costs_no_more_queries(client, reviewer, address, course):
    client.force_login(a_person("Administrator"))
    short, long = cost_at_two_lengths(client, course, address, reviewer)
    assert short == long


def test_without_the_right_to_publish_wagtail_asks_twice_for_each_line(
    client, reviewer, address, course
):
    # Whether a page could be deleted or moved hangs on live pages below it, which
    # Wagtail looks up for the buttons of each line.
    client.force_login(reviewer)
    short, long = cost_at_two_lengths(client, course, address, reviewer)
    assert long - short == 2 * 9


def test_a_trainer_is_offered_no_lessons(client, course):
    client.force_login(a_person("Trainer"))
    assert client.get(reverse("lessons:index")).status_code == 302
    home = client.get(reverse("wagtailadmin_home"))
    assert reverse("lessons:index") not in home.text
