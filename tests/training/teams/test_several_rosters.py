"""One file for several teams: each gets its own people, by a column."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.training.rosters_in_jobs import members
from tests.training.staff import Role, a_member, a_team
from training.teams.actions.memberships import join_team
from training.teams.readers.rosters import read_roster
from training.teams.rules.rosters.by_team import split_by_team
from training.teams.rules.rosters.problems import FileProblem, UnableToRead

pytestmark = pytest.mark.django_db
URL = "/admin/training/teams/roster/"
FILE = """Staff list

E-mail,Name,Abteilung
ann@x.org,Ann Roe,Ward 3
bob@x.org,Bob Low,WARD-4
cat@x.org,Cat Poe,ward 3
dan@x.org,Dan Fox,
eve@x.org,Eve Orr,Theatre
"""


@pytest.fixture
def other(trainer):
    """A second team of the trainer."""
    team = a_team("Ward 4")
    join_team(team=team, learner=trainer.learner, role=Role.TRAINER, at=timezone.now())
    return team


def upload(client, content=FILE, column=""):
    file = SimpleUploadedFile("roster.csv", content.encode())
    return client.post(URL, {"file": file, "column": column}, follow=True)


def apply(client, team):
    page = reverse("teams:roster_plan", args=[team.pk])
    plan = client.get(page).context["plan"]
    return client.post(page, {"plan": plan.fingerprint}, follow=True)


def test_each_team_gets_its_own_people(door, team, other):
    page = upload(door)
    assert [(each.team, each.people) for each in page.context["uploads"]] == [
        (team, 2),
        (other, 1),
    ]
    assert members(team) == members(other) == []
    page = apply(door, team)
    assert members(team) == ["ann@x.org", "cat@x.org"]
    # Back at the list, where the other team waits.
    assert [bool(each.upload) for each in page.context["uploads"]] == [False, True]
    apply(door, other)
    assert members(other) == ["bob@x.org"]


def test_rows_of_no_team_are_named(door, team, other):
    page = upload(door)
    assert "None of your teams is called “Theatre”" in page.text
    assert "Rows without a team: 7." in page.text


def test_rows_keep_their_numbers(door, team, other):
    upload(door, FILE.replace("bob@x.org", "bob"))
    page = door.get(reverse("teams:roster_plan", args=[other.pk]))
    [problem] = page.context["problems"]
    assert problem[0] == 5


def test_a_team_may_have_another_name_in_rosters(door, team, other):
    other.roster_name = "Theatre"
    other.save()
    page = upload(door)
    assert [each.people for each in page.context["uploads"]] == [2, 2]


def test_two_teams_of_one_name_are_not_guessed_at(door, team, other):
    other.roster_name = "Ward 3"
    other.save()
    page = upload(door)
    assert "Two of your teams may be “Ward 3”" in page.text
    assert [each.team for each in page.context["uploads"]] == [other]


def test_a_column_can_be_named(door, team, other):
    content = FILE.replace("Abteilung", "Kst")
    assert "No column names the team" in upload(door, content).text
    page = upload(door, content, column="kst")
    assert len(page.context["uploads"]) == 2
    assert "The file has: E-mail, Name, Kst" in upload(door, content, "Unit").text


def test_teams_of_others_are_not_found(door, team):
    a_team("Ward 4")
    page = upload(door)
    assert [each.team for each in page.context["uploads"]] == [team]
    assert "None of your teams is called “WARD-4”" in page.text
    refused = upload(door, "E-mail,Team\nx@x.org,Ward 4\n")
    assert "None of the teams in the file is one that you may change" in refused.text


def test_observers_do_not_upload(client, team):
    client.force_login(a_member(team, role=Role.OBSERVER).user)
    assert client.get(URL).status_code in {302, 403}
    assert "Roster of several" not in client.get("/admin/training/teams/").text


def test_a_file_without_a_head_has_no_teams():
    with pytest.raises(UnableToRead) as caught:
        split_by_team(read_roster(b"ann@x.org,Ward 3\n"))
    assert caught.value.kind is FileProblem.NO_TEAM_COLUMN


def test_somebody_above_the_head_is_a_row_without_a_team():
    table = read_roster(b"zoe@x.org\nE-mail,Team\nann@x.org,Ward 3\n")
    assert split_by_team(table).nameless == (1,)


def test_all_that_are_ready_are_applied_at_once(door, team, other):
    page = upload(door, FILE.replace("bob@x.org", "bob"))
    assert [each.is_ready for each in page.context["uploads"]] == [True, False]
    assert "Open the preview to decide." in page.text
    shown = [each.plan.fingerprint for each in page.context["uploads"] if each.is_ready]
    page = door.post(f"{URL}plans/", {"plan": shown}, follow=True)
    assert "The roster of 1 team was applied." in page.text
    assert members(team) == ["ann@x.org", "cat@x.org"]
    assert members(other) == []
    assert [bool(each.upload) for each in page.context["uploads"]] == [False, True]


def test_what_changed_since_it_was_shown_is_not_applied(door, team, other):
    page = upload(door)
    shown = [each.plan.fingerprint for each in page.context["uploads"]]
    a_member(team, email="ann@x.org")
    page = door.post(f"{URL}plans/", {"plan": shown}, follow=True)
    assert "The roster of 1 team was applied." in page.text
    assert (members(team), members(other)) == (["ann@x.org"], ["bob@x.org"])
