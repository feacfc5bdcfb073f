"""One list of the people over all teams: who is in it, and how it is searched."""

import csv
import datetime as dt
import io

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from jobs.models import Job
from tests.factories import UserFactory, a_course
from tests.jobs.queued import a_listening_worker, run_queued
from tests.training.crowds import a_crowd, queries_of
from tests.training.reading import table_rows
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.people.models import ColumnChoice
from training.reports.views import base
from training.teams.actions.invitations import Newcomer, add_people
from training.teams.actions.memberships import leave_team
from training.teams.models import Invitation, Membership, needs_password

pytestmark = pytest.mark.django_db
URL = "/admin/training/people/"


def people_on(client, **params):
    """Return the people on the page, in order, with their other cells."""
    rows = table_rows(client, URL, **params)
    if not rows:
        return {}
    place = rows[0].index("Person")
    return {row[place]: row[place + 1 :] for row in rows[1:]}


def names_on(client, **params):
    return [name.split(" ")[0] for name in people_on(client, **params)]


@pytest.fixture
def ann(team):
    return a_member(team, first_name="Ann", last_name="Roe", email="ann@example.org")


@pytest.fixture
def other(trainer):
    """Another team of the same trainer."""
    team = a_team("Ward 4")
    a_trainer_too = Membership(
        team=team,
        learner=trainer.learner,
        role=Role.TRAINER,
        joined_at=timezone.now(),
    )
    a_trainer_too.save()
    return team


def test_people_of_all_ones_teams_are_in_one_list(door, ann, other):
    a_member(other, first_name="Bob", last_name="Low", email="bob@example.org")
    a_member(a_team("Not mine"), first_name="Cat", email="cat@example.org")
    found = people_on(door)
    assert [name.split(" ")[0] for name in found] == ["Bob", "Ann"]
    assert [cells[0] for cells in found.values()] == ["Ward 4", "Ward 3"]


def test_who_left_and_who_only_trains_is_not_in_it(door, ann, team):
    a_member(team, role=Role.OBSERVER, email="eve@example.org")
    leave_team(team=team, learner=ann, at=timezone.now())
    assert names_on(door) == []


def test_observers_see_the_list_and_others_do_not(client, team, ann):
    client.force_login(a_member(team, role=Role.OBSERVER).user)
    assert names_on(client) == ["Ann"]
    client.force_login(UserFactory())
    assert client.get(URL).status_code == 403


@pytest.mark.parametrize("text", ["roe", "ann roe", "ROE ann@ex", "n-17"])
def test_all_words_of_a_search_are_found_in_name_address_or_number(
    door, ann, team, text
):
    ann.memberships.update(staff_number="N-17")
    a_member(team, first_name="Ann", last_name="Low", email="low@example.org")
    assert names_on(door, q=text) == ["Ann"]
    assert "Roe" in next(iter(people_on(door, q=text)))


def test_the_list_of_a_team(door, ann, other):
    a_member(other, first_name="Bob", email="bob@example.org")
    assert names_on(door, team=other.pk) == ["Bob"]


def test_a_team_that_is_not_ones_own_is_no_choice(door, ann):
    strange = a_team("Not mine")
    a_member(strange, first_name="Cat", email="cat@example.org")
    assert "Cat" not in names_on(door, team=strange.pk)


def test_who_never_came_in_is_found_by_the_state_of_the_invitation(
    door, team, trainer, ann
):
    people = [Newcomer("new@example.org"), Newcomer("old@example.org")]
    add_people(team=team, people=people, by=trainer, at=timezone.now())
    long_ago = timezone.now() - dt.timedelta(days=30)
    Invitation.objects.filter(address="old@example.org").update(
        invited_at=long_ago, expires_at=long_ago + dt.timedelta(days=14)
    )
    new, old = "new@example.org", "old@example.org"
    assert names_on(door, account="never") == [new, old]
    assert names_on(door, account="waiting") == [new]
    assert names_on(door, account="expired") == [old]
    assert names_on(door, account="in_use") == ["Ann"]


def test_the_database_and_the_account_agree_on_who_never_came_in(team, trainer):
    add_people(team=team, people=[Newcomer("new@x.org")], by=trainer, at=timezone.now())
    came = a_member(team, email="came@x.org")
    single = a_member(team, email="single@x.org")
    single.user.set_unusable_password()
    single.user.last_login = timezone.now()
    single.user.save()
    rows = Membership.objects.members()
    unused = {row.learner.user for row in rows if needs_password(row.learner.user)}
    assert {row.learner.user for row in rows.never_came_in()} == unused
    assert unused == {User.objects.get(email="new@x.org")}
    assert came.user not in unused


@pytest.fixture
def late(team, ann):
    """Ann is overdue by ten days; Bob has five days left; Cat has a month."""
    at = timezone.now()
    bob = a_member(team, first_name="Bob", last_name="Low", email="bob@example.org")
    cat = a_member(team, first_name="Cat", last_name="Fox", email="cat@example.org")
    for learner, days in ((ann, -10), (bob, 5), (cat, 30)):
        an_assignment(
            a_course(slug=f"course-{days}"),
            people=[learner],
            at=at - dt.timedelta(days=60),
            due_on=(at + dt.timedelta(days=days)).date(),
        )


def test_who_is_behind_is_counted_and_found(door, late):
    counts = {name.split(" ")[0]: cells[1:3] for name, cells in people_on(door).items()}
    assert counts == {"Ann": ["1", "0"], "Bob": ["0", "1"], "Cat": ["0", "0"]}
    assert names_on(door, late="behind") == ["Bob", "Ann"]
    assert names_on(door, late="overdue") == ["Ann"]
    assert names_on(door, late="due_soon") == ["Bob"]
    assert names_on(door, late="none") == ["Cat"]


def test_who_is_late_for_longest_comes_first_when_sorted_by_date(door, late):
    assert names_on(door, ordering="next_due") == ["Ann", "Bob", "Cat"]
    assert names_on(door, ordering="-next_due") == ["Bob", "Ann", "Cat"]


def test_what_is_asked_through_a_team_of_others_does_not_count(door, ann, team):
    strange = a_team("Not mine")
    join_at = timezone.now() - dt.timedelta(days=60)
    Membership.objects.create(
        team=strange, learner=ann, role=Role.MEMBER, joined_at=join_at
    )
    an_assignment(a_course(), strange, at=join_at, due_on=join_at.date())
    assert names_on(door, late="behind") == []


def test_a_list_of_many_is_shown_in_pages(door, team):
    a_crowd(team, a_course(), 60)
    assert len(people_on(door)) == 50
    assert len(people_on(door, p=2)) == 10


@pytest.mark.sweep
@pytest.mark.urls("tests.training.crowds")
def test_the_list_takes_as_many_queries_for_many_as_for_few(door, team):
    course = a_course()
    a_crowd(team, course, 3)
    address = f"{URL}?late=behind&ordering=next_due"
    few = queries_of(door, address)
    a_crowd(team, course, 40)
    assert queries_of(door, address) == few
    assert few - queries_of(door, "/admin/bare/") <= 9


def test_the_menu_leads_to_it(door):
    Group.objects.get(name="Trainer")
    assert reverse("people:index") == URL
    assert f'"url": "{URL}"' in door.get("/admin/").text


def test_a_trainer_without_people_is_told_so(client):
    client.force_login(a_trainer(a_team("Empty")))
    assert "Nobody learns in your teams yet." in client.get(URL).text


def test_who_is_behind_leads_to_the_same_people(door, team, late):
    report = BeautifulSoup(
        door.get("/admin/training/reports/behind/", {"status": "overdue"}).content,
        "html.parser",
    )
    remind = report.find("a", string="Remind these people")["href"]
    assert [str(each.learner.user) for each in door.get(remind).context["first"]] == [
        "Ann Roe"
    ]
    choose = report.find("a", string="Choose among them")["href"]
    assert "Ann Roe" in door.get(choose).text
    assert "Bob Low" not in door.get(choose).text


def test_the_matrix_and_an_assignment_lead_to_their_people(door, team, ann):
    bob = a_member(team, first_name="Bob", email="bob@example.org")
    course = a_course()
    alone = an_assignment(course, people=[ann])
    an_assignment(a_course(slug="other"), people=[bob])
    page = door.get(f"/admin/training/assignments/{alone.pk}/").text
    assert f"{URL}?assignment={alone.pk}" in page
    assert names_on(door, assignment=alone.pk) == ["Ann"]
    assert f"{URL}?team={team.pk}" in door.get("/admin/training/reports/matrix/").text


def test_lateness_is_that_of_the_assignment_if_one_is_chosen(door, team, ann):
    at = timezone.now()
    long_ago = at - dt.timedelta(days=60)
    an_assignment(a_course(slug="l"), people=[ann], at=long_ago, due_on=long_ago.date())
    fine = an_assignment(a_course(slug="fine"), people=[ann])
    assert names_on(door, late="overdue") == ["Ann"]
    assert names_on(door, late="overdue", assignment=fine.pk) == []
    assert names_on(door, late="none", assignment=fine.pk) == ["Ann"]


def test_observers_see_who_is_behind_without_a_button(client, team, late):
    client.force_login(a_member(team, role=Role.OBSERVER).user)
    page = client.get("/admin/training/reports/behind/").text
    assert "Ann Roe" in page
    assert "Remind these people" not in page


def file_of(client, **params):
    """Return the rows of the CSV, headings first."""
    came = client.get(URL, params | {"export": "csv"})
    text = b"".join(came.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_file_has_who_is_listed_or_ticked_with_address_and_number(door, late, team):
    ann = Membership.objects.get(learner__user__first_name="Ann")
    Membership.objects.filter(pk=ann.pk).update(staff_number="N-17")
    headings, *rows = file_of(door, late="behind")
    assert [row[0] for row in rows] == ["Bob Low", "Ann Roe"]
    line = dict(zip(headings, rows[1], strict=True))
    assert (line["E-mail address"], line["Staff number"]) == ("ann@example.org", "N-17")
    assert (line["Team"], line["Overdue"]) == ("Ward 3", "1")
    assert [row[0] for row in file_of(door, person=ann.pk)[1:]] == ["Ann Roe"]
    assert len(file_of(door, person=ann.pk, all="on")) == 4


def test_observers_download_the_list_without_boxes(client, team, ann):
    client.force_login(a_member(team, role=Role.OBSERVER).user)
    assert "Download XLSX" in client.get(URL).text
    assert [row[0] for row in file_of(client)[1:]] == ["Ann Roe"]


def test_columns_are_remembered_on_the_page_and_in_files(door, trainer, ann):
    chosen = {"column": ["site", "team", "unheard of"], "q": "ann"}
    assert door.post(f"{URL}columns/", chosen).url == f"{URL}?q=ann"
    headings = table_rows(door, URL)[0]
    assert headings == ["Select", "Person", "Team", "Site", "Change"]
    assert "Overdue" not in file_of(door)[0]
    assert ColumnChoice.objects.get(user=trainer).columns == ["team", "site"]


def test_a_long_file_is_prepared_in_the_background(door, ann, monkeypatch):
    monkeypatch.setattr(base, "MOST_AT_ONCE", 0)
    a_listening_worker()
    asked = door.get(URL, {"export": "csv", "q": "ann"}, follow=True)
    door.post(asked.redirect_chain[-1][0])
    run_queued()
    job = Job.objects.get()
    assert job.state == "done"
    file = b"".join(door.get(f"/admin/jobs/{job.pk}/file/").streaming_content)
    assert "ann@example.org" in file.decode()
