"""The lists of lessons answer: what is live, what waits, whose check is due?"""

import datetime
from itertools import product

import pytest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.signal_handlers import disable_reference_index_auto_update

from course.models import LessonPage
from tests.factories import a_course, a_lesson
from tests.roles import a_person
from tests.statements import statements_of

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def no_index_of_references():
    """Spare the index of what refers to what: no list reads it."""
    with disable_reference_index_auto_update():
        yield


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


@pytest.fixture
def lists(course):
    """The addresses of the lists; each test asks all of them about the same lessons."""
    return addresses(course)


@pytest.fixture
def results(course):
    """Where each list asks for its lines alone, which is half of the work of a page."""
    return addresses(course, "_results")


def addresses(course, ending=""):
    lessons = ["course", "lessonpage"]
    return {
        "explorer": reverse("wagtailadmin_explore" + ending, args=[course.pk]),
        "all lessons": reverse("lessons:index" + ending),
        "by type": reverse("wagtailadmin_pages:type_use" + ending, args=lessons),
    }


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


def test_each_filter_answers_its_question(client, lessons, reviewer, results, course):
    client.force_login(reviewer)
    for name, address in results.items():
        answers = {query: titles(client.get(f"{address}?{query}")) for query in ANSWERS}
        assert answers == ANSWERS, name
        in_english = client.get(address, {"locale": course.locale_id})
        assert titles(in_english) == EVERY, name


WORDS = (
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
)


def test_each_line_says_where_the_lesson_stands(client, lessons, reviewer, lists):
    client.force_login(reviewer)
    for name, address in lists.items():
        page = client.get(address)
        assert [words for words in WORDS if words not in page.text] == [], name


COLUMNS = ("review_state", "next_check", "live", "title")


@pytest.fixture
def unrendered(monkeypatch):
    """Leave pages empty: what they would list is in their context all the same."""
    monkeypatch.setattr(TemplateResponse, "rendered_content", "")


def test_the_list_is_put_in_order(client, lessons, reviewer, results, unrendered):
    client.force_login(reviewer)
    for name, column in product(results, COLUMNS):
        values = values_by(client, results[name], column, column)
        assert values == sorted(values), (name, column)
        backwards = values_by(client, results[name], f"-{column}", column)
        assert backwards == values[::-1], (name, column)


def values_by(client, address, ordering, column):
    listed = client.get(address, {"ordering": ordering}).context_data["object_list"]
    return [getattr(page, column) for page in listed]


def costs_at_two_lengths(client, course, lists, reviewer):
    """Return what each list costs with 2 and with 5 lessons that all wait."""
    for number in (2, 3):
        for _time in range(number):
            lesson = a_lesson(course)
            hand_in(lesson, reviewer)
            decide(lesson, reviewer, "approve", name="Dr A", role="doctor")
            hand_in(lesson, reviewer)
        yield {name: cost_of(client, address) for name, address in lists.items()}


def cost_of(client, address):
    client.get(address)
    return len(statements_of(client.get, address))


def test_a_longer_list_costs_no_more_queries(client, reviewer, lists, course):
    client.force_login(a_person("Administrator"))
    short, long = costs_at_two_lengths(client, course, lists, reviewer)
    assert short == long


def test_without_the_right_to_publish_wagtail_asks_twice_for_each_line(
    client, reviewer, lists, course
):
    # Whether a page could be deleted or moved hangs on live pages below it, which
    # Wagtail looks up for the buttons of each line.
    client.force_login(reviewer)
    short, long = costs_at_two_lengths(client, course, lists, reviewer)
    assert long == {name: cost + 2 * 3 for name, cost in short.items()}


def test_a_trainer_is_offered_no_lessons(client, course):
    client.force_login(a_person("Trainer"))
    assert client.get(reverse("lessons:index")).status_code == 403
    home = client.get(reverse("wagtailadmin_home"))
    assert reverse("lessons:index") not in home.text
