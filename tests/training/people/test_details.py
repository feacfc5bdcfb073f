"""Staff number, job title and site: shown, found, corrected and in every file."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import a_course
from tests.training.reading import csv_file_rows, table_rows, xlsx_file_rows
from tests.training.staff import Role, a_member, a_team, an_assignment
from training.assignments.actions.obligations import reconcile_obligations
from training.teams import log
from training.teams.actions.forgetting import forget_member
from training.teams.actions.memberships import join_team, leave_team

pytestmark = pytest.mark.django_db
LIST = "/admin/training/people/"
WORK = {"staff_number": "N-17", "job_title": "Nurse", "site": "North wing"}


@pytest.fixture
def ann(team):
    at = timezone.now() - dt.timedelta(days=70)
    named = {"first_name": "Ann", "last_name": "Roe", "email": "ann@x.org"}
    learner = a_member(team, at=at, **named)
    learner.memberships.update(**WORK)
    return learner


def url_of(learner, team):
    return f"{LIST}{learner.uuid}/correct/?team={team.pk}"


def save(client, url, **typed):
    form = client.get(url).context["form"]
    sent = {field.name: field.value() for field in form} | typed
    came = client.post(url, sent)
    return came.text if came.status_code == 200 else client.get(came.url).text


def details_in(team, learner):
    row = team.memberships.get(learner=learner, left_at=None)
    return row.staff_number, row.job_title, row.site


@pytest.mark.parametrize("text", ["nurse", "north roe", "n-17 wing"])
def test_people_are_found_by_what_they_do_and_where(door, ann, team, text):
    a_member(team, first_name="Bob", last_name="Roe", email="bob@x.org")
    [_head, row] = table_rows(door, LIST, q=text)
    assert "Ann Roe" in row[1]
    assert "Nurse · North wing · N-17" in row[1]
    [_head, row] = table_rows(door, f"/admin/training/teams/{team.pk}/", q=text)
    assert "Nurse · North wing · N-17" in row[0]


def test_the_record_has_them(door, ann):
    assert "(Nurse · North wing · N-17)" in door.get(f"{LIST}{ann.uuid}/").text


def test_they_are_corrected_for_one_team_and_logged(door, trainer, team, ann):
    other = a_team("Ward 4")
    for learner, role in ((ann, Role.MEMBER), (trainer.learner, Role.TRAINER)):
        join_team(team=other, learner=learner, role=role, at=timezone.now())
    assert "Saved." in save(door, url_of(ann, other), job_title=" Ward  sister ")
    assert details_in(other, ann) == ("", "Ward sister", "")
    assert details_in(team, ann) == tuple(WORK.values())
    entry = log.entries_about(ann).get(action="training.details")
    assert (entry.user, entry.data["team"]) == (trainer, "Ward 4")


def test_no_two_on_a_team_get_the_same_staff_number(door, team, ann):
    bob = a_member(team, email="bob@x.org")
    bob.memberships.update(staff_number="040")
    page = save(door, url_of(ann, team), staff_number="40", job_title="Porter")
    assert "already has this staff number" in page
    assert "Porter" in page
    assert details_in(team, ann) == tuple(WORK.values())


def test_whoever_left_while_the_form_was_open_is_named(door, team, ann, trainer):
    url = url_of(ann, team)
    form = door.get(url).context["form"]
    sent = {field.name: field.value() for field in form}
    # Still on another of the trainer's teams, so the person is found.
    other = a_team("Ward 4")
    for learner, role in ((ann, Role.MEMBER), (trainer.learner, Role.TRAINER)):
        join_team(team=other, learner=learner, role=role, at=timezone.now())
    leave_team(team=team, learner=ann, at=timezone.now())
    door.post(url, sent | {"job_title": "Porter"})
    assert not ann.memberships.filter(job_title="Porter").exists()


def test_the_details_of_somebody_whose_name_is_fixed_can_be_corrected(door, team, ann):
    ann.user.groups.add(Group.objects.get(name="Author"))
    page = door.get(url_of(ann, team))
    assert "are for an administrator" in page.text
    assert set(page.context["form"].fields) == {*WORK, "shown"}
    save(door, url_of(ann, team), site="South wing")
    assert details_in(team, ann)[2] == "South wing"


@pytest.mark.parametrize("read", [csv_file_rows, xlsx_file_rows])
@pytest.mark.parametrize("report", ["behind", "overdue", "matrix", "help"])
def test_every_file_of_people_has_them(door, team, ann, report, read):
    at = timezone.now() - dt.timedelta(days=60)
    day = timezone.now().date() - dt.timedelta(days=3)
    given = an_assignment(a_course(), team, at=at, due_on=day)
    reconcile_obligations(at=timezone.now(), assignments=[given])
    head, *rows = read(door, report)
    place = head.index("Person")
    names = ["E-mail address", "Staff number", "Job title", "Site"]
    assert head[place + 1 : place + 5] == names
    for row in rows:
        assert row[place : place + 5] == ["Ann Roe", "ann@x.org", *WORK.values()]
    assert rows or report == "help"


@pytest.mark.sweep
def test_a_file_of_many_asks_as_much_as_one_of_few(door, team, ann):
    at = timezone.now() - dt.timedelta(days=60)
    day = timezone.now().date() - dt.timedelta(days=3)
    given = an_assignment(a_course(), team, at=at, due_on=day)

    def asked(number):
        for _each in range(number):
            a_member(team, at=at)
        reconcile_obligations(at=timezone.now(), assignments=[given])
        with CaptureQueriesContext(connection) as queries:
            csv_file_rows(door, "behind")
        return len(queries)

    asked(1)
    assert asked(2) == asked(20)


def test_erasing_a_person_blanks_them(ann):
    forget_member(ann, timezone.now())
    held = ann.memberships.values_list("staff_number", "job_title", "site")
    assert list(held) == [("", "", "")]
