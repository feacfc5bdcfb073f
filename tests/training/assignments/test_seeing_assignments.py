"""Assignments as trainers see them: the list, one with its people, and who sees which."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import a_course
from tests.roles import a_person
from tests.training.assigning_pages import plain
from tests.training.moments import START
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.assignments import end_assignment
from training.assignments.models import Assignment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def team():
    return a_team(manager_email="boss@example.org")


@pytest.fixture
def course():
    return a_course(lessons=2, questions=2, title="Stem cells")


def test_the_list_counts_what_the_trainer_sees(door, team, course):
    strange = a_team("Strange")
    a_member(strange)
    a_member(team)
    an_assignment(course, team, strange, title="For two")
    an_assignment(course, strange, title="Not mine")
    response = door.get("/admin/training/assignments/")
    (row,) = response.context["object_list"]
    assert (row.summary.to_do, row.summary.overdue, row.summary.done) == (1, 0, 0)
    assert row.to_whom == "Ward 3"
    assert "Not mine" not in response.text
    assert "Strange" not in response.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=ended", ["Old"]),
        ("state=current", ["New", "Yearly"]),
        ("again=again", ["Yearly"]),
        ("q=new", ["New"]),
    ],
)
def test_the_list_is_narrowed(door, team, course, trainer, query, found):
    an_assignment(course, team, title="New")
    recurring = {"recurs_every_months": 12, "recurs_from": "completion"}
    an_assignment(course, team, title="Yearly", **recurring)
    old = an_assignment(course, team, title="Old")
    end_assignment(assignment=old, at=START, by=trainer)
    response = door.get(f"/admin/training/assignments/?{query}")
    assert sorted(row.title for row in response.context["object_list"]) == found


@pytest.mark.sweep
@pytest.mark.parametrize("number", [2, 12])
def test_the_list_costs_the_same_for_few_and_for_many(door, team, course, number):
    for _member in range(number):
        a_member(team)
    for _assignment in range(number):
        an_assignment(course, team)
    door.get("/admin/training/assignments/")
    with CaptureQueriesContext(connection) as captured:
        assert door.get("/admin/training/assignments/").status_code == 200
    assert len(captured) <= 24, "\n".join(q["sql"] for q in captured)


@pytest.mark.sweep
@pytest.mark.parametrize("number", [2, 20])
def test_an_assignment_costs_the_same_for_few_and_for_many(door, team, course, number):
    for _member in range(number):
        a_member(team)
    assignment = an_assignment(course, team)
    url = f"/admin/training/assignments/{assignment.pk}/"
    door.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert door.get(url).status_code == 200
    assert len(captured) <= 24, "\n".join(q["sql"] for q in captured)


def test_its_page_shows_the_rule_and_the_people_by_status(door, team, course):
    a_member(team, email="anna@example.org")
    assignment = an_assignment(course, team)
    url = f"/admin/training/assignments/{assignment.pk}/"
    page = plain(door.get(url))
    assert "The whole course “Stem cells”" in page
    assert "anna@example.org" in page
    assert "anna@example.org" not in plain(door.get(url + "?status=done"))


def test_who_trains_only_some_of_them_sees_those_and_cannot_change_it(
    door, team, course
):
    strange = a_team("Strange")
    a_member(strange, email="stranger@example.org")
    assignment = an_assignment(course, team, strange)
    url = f"/admin/training/assignments/{assignment.pk}/"
    page = door.get(url).text
    assert "stranger@example.org" not in page
    assert "Strange" not in page
    assert door.get(url + "edit/").status_code == 302
    assert door.post(url + "end/").status_code == 302
    assert not Assignment.objects.filter(ended_at__isnull=False).exists()


def test_others_find_no_assignment(client, team, course):
    assignment = an_assignment(course, team)
    url = f"/admin/training/assignments/{assignment.pk}/"
    client.force_login(a_trainer(a_team("Elsewhere")))
    for page in ("", "edit/", "end/", "several/waiver/"):
        assert client.get(url + page).status_code == 404
    client.force_login(a_person("Author"))
    assert client.get("/admin/training/assignments/").status_code == 302
