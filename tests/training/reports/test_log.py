"""The log: who did what about whom, when and why, of one's own teams only."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import UserFactory, a_course
from tests.training.crowds import queries_of
from tests.training.reading import (
    REPORTS,
    column,
    csv_file_rows,
    csv_rows,
    page_rows,
    xlsx_file_rows,
)
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.assignments import change_assignment
from training.teams import log
from training.teams.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return a_team("Ward 3")


@pytest.fixture
def ann(team):
    learner = a_member(team, first_name="Ann", last_name="Archer")
    Membership.objects.filter(learner=learner).update(staff_number="0042")
    return learner


@pytest.fixture
def trainer(client, team):
    user = a_trainer(team, first_name="Tina", last_name="Trainer")
    client.force_login(user)
    return user


def moved(learner, by, reason):
    row = Membership.objects.get(learner=learner)
    log.log_action(row, "training.left", learner=learner, user=by, reason=reason)


def test_it_says_who_did_what_when_and_why(client, ann, trainer):
    moved(ann, trainer, "Moved to theatre")
    rows = page_rows(client, "log")
    assert rows[0] == ["When", "What", "Person", "By", "Why", "Details"]
    [_head, newest, *_] = rows
    today = timezone.localdate().isoformat()
    assert newest[0].startswith(today)
    assert newest[1:5] == [
        "Left a team",
        "Ann Archer",
        str(trainer),
        "Moved to theatre",
    ]


def test_nobody_of_another_team_is_in_it(client, ann, trainer):
    other = a_member(a_team("Ward 4"), first_name="Otto", last_name="Other")
    moved(other, UserFactory(), "Not your business")
    moved(ann, trainer, "Yours")
    assert "Yours" in column(page_rows(client, "log"), "Why")
    assert "Not your business" not in column(csv_rows(client, "log"), "Why")
    assert page_rows(client, "log", q="Otto") == []


@pytest.mark.parametrize(
    "words", ["archer", "ann ARCHER", "theatre", "tina", "ann theatre"]
)
def test_it_is_searched_by_names_and_reasons(client, ann, trainer, words):
    moved(ann, trainer, "Moved to theatre")
    found = page_rows(client, "log", q=words, action="training.left")
    assert column(found, "Why") == ["Moved to theatre"]
    assert page_rows(client, "log", q="nothing of the kind") == []


@pytest.mark.sweep
def test_many_entries_cost_as_many_queries_as_few(client, team, ann, trainer):
    moved(ann, trainer, "Once")
    few = queries_of(client, f"{REPORTS}/log/")
    for number in range(20):
        moved(a_member(team, first_name=f"No {number}"), trainer, "Again")
    assert queries_of(client, f"{REPORTS}/log/") == few


def test_files_say_how_to_reach_the_person(client, ann, trainer):
    moved(ann, trainer, "Moved to theatre")
    for read in (csv_file_rows, xlsx_file_rows):
        rows = read(client, "log", q="theatre")
        assert column(rows, "Staff number") == ["0042"]
        assert column(rows, "E-mail address") == [ann.user.email]


def test_what_is_about_nobody_has_no_person(client, team, trainer):
    log.log_action(team, "training.archived", user=trainer)
    assert column(page_rows(client, "log", action="training.archived"), "Person") == [
        ""
    ]
    assert column(csv_rows(client, "log", action="training.archived"), "Person") == [""]


def test_of_a_rule_that_changed_it_says_what_changed(client, team, trainer):
    at = timezone.now()
    rule = an_assignment(a_course(lessons=1), team, title="Old title")
    rule.title = "New title"
    whom = {"teams": [team], "people": []}
    change_assignment(rule=rule, **whom, running_too=False, at=at, by=trainer)
    [details] = column(
        page_rows(client, "log", action="training.assignment_changed"), "Details"
    )
    assert details == "Title: Old title → New title"


def test_a_day_is_chosen(client, ann, trainer):
    moved(ann, trainer, "Moved to theatre")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert page_rows(client, "log", timestamp_from=tomorrow.isoformat()) == []
