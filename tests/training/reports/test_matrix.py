"""The matrix of a team and a course: words and icons, and no private learning."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from quizzes.models import SafetyUpdate
from tests.factories import a_course, lessons_of
from tests.quizzes.answering import answer_all
from tests.training.crowds import BARE, a_crowd, queries_of
from tests.training.reading import REPORTS, column, csv_rows, page_rows, xlsx_rows
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.teams.actions.memberships import leave_team

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture
def team():
    return a_team("Ward 3")


@pytest.fixture
def trainer(client, team):
    user = a_trainer(team)
    client.force_login(user)
    return user


@pytest.fixture
def member(team, course):
    learner = a_member(team, first_name="Ada", last_name="Brown")
    an_assignment(course, team)
    return learner


def cells(client, **params):
    """Return the cells of the first person."""
    return csv_rows(client, "matrix", **params)[1][1:]


def test_rows_are_people_and_columns_are_lessons(client, course, member, trainer):
    titles = [lesson.title for lesson in lessons_of(course)]
    assert csv_rows(client, "matrix") == [
        ["Person", *titles],
        ["Ada Brown", "not started", "not started"],
    ]


def test_page_and_files_hold_the_same(client, course, member, trainer):
    answer_all(lessons_of(course)[0], member, "Right", "Wrong")
    for params in ({}, {"right": "on"}):
        assert (
            page_rows(client, "matrix", **params)
            == csv_rows(client, "matrix", **params)
            == xlsx_rows(client, "matrix", **params)
        )


def test_a_lesson_is_in_progress_then_done(client, course, member, trainer):
    first, second = lessons_of(course)
    answer_all(first, member, "Right", "Right")
    answer_all(second, member, None, None)
    assert cells(client) == ["done", "in progress"]


def test_the_share_right_is_that_of_the_first_try(client, course, member, trainer):
    first, _second = lessons_of(course)
    answer_all(first, member, "Right", "Wrong")
    answer_all(first, member, "Right", "Right", again=True)
    assert cells(client, right="on") == ["done, 50%", "not started"]
    assert cells(client) == ["done", "not started"]


def test_a_change_for_safety_makes_an_update_due(client, course, member, trainer):
    first, _second = lessons_of(course)
    answer_all(first, member, "Right", "Right")
    question = str(first.questions.first().translation_key)
    SafetyUpdate.objects.create(
        lesson_key=first.translation_key,
        locale="en",
        revision=1,
        places=[],
        questions=[question],
        published_at=timezone.now() + dt.timedelta(seconds=1),
    )
    assert cells(client) == ["update due", "not started"]


def test_each_cell_has_a_word_and_a_silent_icon(client, course, member, trainer):
    soup = BeautifulSoup(client.get(f"{REPORTS}/matrix/").content, "html.parser")
    for cell in soup.find_all(class_="training-status"):
        assert cell.get_text(strip=True) == "not started"
        assert cell.find("svg")["aria-hidden"] == "true"


def test_what_somebody_was_not_asked_to_learn_is_not_told(client, team, trainer):
    curious = a_member(team)
    course = a_course()
    asked, private = lessons_of(course)
    an_assignment(course, team, lesson_keys=[str(asked.translation_key)])
    answer_all(private, curious, "Right", "Right")
    assert cells(client) == ["not started", "not required"]


def test_somebody_who_left_is_not_in_the_matrix(client, team, member, trainer):
    leave_team(team=team, learner=member, at=timezone.now())
    assert len(csv_rows(client, "matrix")) == 1


def test_another_teams_person_is_found_by_nobody_else(client, course, member, trainer):
    other = a_team("Ward 4")
    a_member(other, last_name="Stranger")
    an_assignment(course, other)
    assert column(csv_rows(client, "matrix"), "Person") == ["Ada Brown"]
    for export in ({}, {"export": "csv"}, {"export": "xlsx"}):
        params = {"team": other.pk} | export
        assert client.get(f"{REPORTS}/matrix/", params).status_code == 404


def test_a_course_of_which_nobody_was_asked_is_not_offered(client, member, trainer):
    elsewhere = str(a_course(title="Elsewhere").translation_key)
    assert "Elsewhere" not in client.get(f"{REPORTS}/matrix/").text
    params = {"course": elsewhere}
    assert client.get(f"{REPORTS}/matrix/", params).status_code == 404


def test_a_trainer_of_two_teams_chooses_between_them(client, team, trainer):
    second = a_team("Another")
    course = a_course()
    an_assignment(course, second)
    client.force_login(a_trainer(team, second))
    a_member(second, last_name="Green")
    rows = csv_rows(client, "matrix", team=second.pk)
    assert column(rows, "Person") == ["Green"]


def test_who_needs_help_most_comes_first(client, course, team, trainer):
    long_ago = timezone.now() - dt.timedelta(days=60)
    nobody, fine, late, later = (
        a_member(team, at=long_ago, last_name=name) for name in ("A", "B", "Y", "Z")
    )
    for learner, days in ((fine, 90), (late, 50), (later, 10)):
        due_on = (long_ago + dt.timedelta(days=days)).date()
        an_assignment(course, people=[learner], at=long_ago, due_on=due_on)
    people = [learner.user.last_name for learner in (later, late, fine, nobody)]
    assert column(csv_rows(client, "matrix"), "Person") == people


def test_each_mark_has_its_word_for_all_who_ask(client, course, member, trainer):
    def marks(**params):
        page = BeautifulSoup(
            client.get(f"{REPORTS}/matrix/", params).content, "html.parser"
        )
        return page.select(".training-matrix .training-mark"), page

    [first, _second], page = marks()
    assert (first.span["class"], first.parent["title"]) == (
        ["w-sr-only"],
        "not started",
    )
    assert "not started" in page.select_one(".training-legend").text
    [first, _second], page = marks(words="on")
    assert not first.span.has_attr("class")


@pytest.mark.sweep
@pytest.mark.urls("tests.training.crowds")
@pytest.mark.parametrize(("right", "most"), [("", 15), ("?right=on", 16)])
def test_the_matrix_asks_sixteen_queries_at_most_for_many_people(
    client, course, team, trainer, right, most
):
    found = {}
    SafetyUpdate.objects.create(
        lesson_key=lessons_of(course)[0].translation_key,
        locale="en",
        revision=1,
        places=[],
        questions=[str(lessons_of(course)[0].questions.first().translation_key)],
        published_at=timezone.now(),
    )
    for people in (50, 450):
        a_crowd(team, course, people)
        found[people] = queries_of(client, f"{REPORTS}/matrix/{right}")
    beyond = {n: queries - queries_of(client, BARE) for n, queries in found.items()}
    assert beyond[50] == beyond[450] <= most
