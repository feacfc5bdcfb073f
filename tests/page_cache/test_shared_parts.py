"""Parts that pages share hold what they declare, and nothing about a person."""

import dataclasses
import datetime as dt
import re
import uuid

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import timezone

from course.models import LessonPage
from page_cache.memory import asked_for, known_version
from page_cache.parts import UnableToShare, name_part
from tests.factories import LearnerFactory, UserFactory, a_course, lessons_of
from tests.taking_quizzes import answer

pytestmark = pytest.mark.django_db(transaction=True)

# Made anew for each form that is shown.
ONE_TIME = re.compile(
    r'(name="(?:csrfmiddlewaretoken|client_uuid)" value=|data-id=)"[^"]*"'
)


@pytest.fixture
def reading():
    token = known_version.set("one")
    yield
    known_version.reset(token)


def shown(source, **values):
    template = Template("{% load page_cache_tags %}" + source)
    return template.render(Context(values))


def test_a_part_is_built_once_for_equal_values(reading):
    source = '{% shared_part "p" n=n %}{{ n }} {% now "u" %}{% endshared_part %}'
    first = shown(source, n=1)
    assert shown(source, n=1) == first
    assert shown(source, n=2) != first


def test_a_part_sees_nothing_but_what_it_declares(reading):
    source = '{% shared_part "p" n=1 %}[{{ person }}{{ request }}]{% endshared_part %}'
    assert shown(source, person="Ada", request="a request") == "[]"


def test_a_part_with_a_row_about_a_person_is_built_each_time(reading):
    learner = LearnerFactory()
    source = (
        '{% shared_part "p" who=who %}{{ who.pk }} {% now "u" %}{% endshared_part %}'
    )
    first = shown(source, who=learner)
    assert first.startswith(f"{learner.pk} ")
    assert shown(source, who=learner) != first


@pytest.mark.parametrize("value", [{"a": 1}, {1}, object(), timezone])
def test_only_plain_values_and_rows_of_content_name_a_part(value):
    with pytest.raises(UnableToShare):
        name_part("p", {"value": value})


@pytest.mark.parametrize("person", [LearnerFactory, UserFactory])
def test_rows_about_people_do_not_name_a_part_wherever_they_are(person):
    @dataclasses.dataclass(frozen=True)
    class Holder:
        rows: list

    for value in (person(), [person()], Holder([person()])):
        with pytest.raises(UnableToShare):
            name_part("p", {"value": value})


def test_a_row_that_is_not_saved_does_not_name_a_part():
    with pytest.raises(UnableToShare):
        name_part("p", {"page": LessonPage(title="Draft")})


def test_values_of_other_kinds_are_other_names():
    values = [1, True, "1", 1.5, None, [], [1], [[1]], dt.date(2026, 1, 1)]
    values += [uuid.UUID(int=1), a_course()]
    names = [name_part("p", {"value": value}) for value in values]
    assert len(set(names)) == len(values)


def test_hosts_languages_and_days_have_parts_of_their_own(reading):
    source = '{% shared_part "p" n=1 %}{% now "u" %}{% endshared_part %}'
    seen = set()
    for key in ("en", "2026-01-01"), ("de", "2026-01-01"), ("en", "2026-01-02"):
        token = asked_for.set(key)
        seen.add(shown(source))
        assert shown(source) in seen
        asked_for.reset(token)
    assert len(seen) == 3


def pages_of(client, course):
    lesson = lessons_of(course)[0]
    paths = (
        course.url,
        lesson.url,
        f"{lesson.url}quiz/2/",
        f"{lesson.url}quiz/answer/1/",
    )
    return {path: ONE_TIME.sub("", client.get(path).text) for path in paths}


@pytest.fixture
def people(settings):
    """Somebody who began, somebody who finished, and somebody with an account."""
    course = a_course(lessons=3, questions=2)
    quizzes = [f"{lesson.url}quiz/" for lesson in lessons_of(course)]
    begun, finished, account = Client(), Client(), Client()
    account.force_login(UserFactory(email="ada@example.org", first_name="Ada"))
    for client, quiz, text in (
        (begun, 0, None),
        *[(finished, 0, "Right")] * 2,
        *[(account, 0, "Right")] * 2,
        (account, 1, None),
    ):
        answer(client, quizzes[quiz], text)
    return course, [begun, finished, account]


def without_memory(client, settings):
    settings.KEEPS_PAGES = False
    other = Client()
    other.cookies = client.cookies
    return other


def test_each_learner_gets_the_page_that_is_built_for_them_alone(people, settings):
    course, clients = people
    alone = [pages_of(without_memory(client, settings), course) for client in clients]
    settings.KEEPS_PAGES = True
    for _visit in range(2):
        for client, expected in zip(clients, alone, strict=True):
            assert pages_of(client, course) == expected
    assert len({page[course.url] for page in alone}) == 3
