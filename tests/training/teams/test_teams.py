"""Teams in the admin: who makes, changes and puts away which."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from tests.factories import a_course
from tests.roles import a_person
from tests.training.staff import (
    Role,
    a_member,
    a_team,
    a_trainer,
    admin_url,
    an_assignment,
    current,
    url_of,
)
from tests.walking_urls import every_address
from training.assignments.models import Obligation
from training.teams.actions.invitations import Newcomer, add_people
from training.teams.actions.join_links import make_join_link
from training.teams.forms.teams import time_zones
from training.teams.models import Membership, Team

pytestmark = pytest.mark.django_db

FIELDS = {
    "name": "Ward 5",
    "time_zone": "Europe/Madrid",
    "manager_name": "",
    "manager_email": "",
    "quiet_from": "20:00",
    "quiet_until": "07:00",
}


@pytest.fixture
def trainer(client, team):
    user = a_trainer(team, first_name="Tess", last_name="Trainer")
    client.force_login(user)
    return user


def test_the_list_shows_name_people_trainers_and_hides_archived_teams(
    client, team, trainer
):
    a_member(team)
    a_trainer(a_team("Not mine"))
    old = a_team("Old")
    a_member(old, role=Role.TRAINER)
    Membership.objects.filter(team=old).update(learner=trainer.learner)
    Team.objects.filter(pk=old.pk).update(archived_at=timezone.now())
    page = client.get(admin_url("index")).text
    assert "Ward 3" in page
    assert "Tess Trainer" in page
    assert "Not mine" not in page
    assert ">Old<" not in page.replace("\n", "").replace(" ", "")
    archived = client.get(admin_url("index"), {"state": "archived"}).text
    assert "Old" in archived
    assert "Ward 3" not in archived


def test_the_list_can_be_searched(client, team, trainer):
    assert "Ward 3" in client.get(admin_url("index_results"), {"q": "ward"}).text
    assert "Ward 3" not in client.get(admin_url("index_results"), {"q": "theatre"}).text


def test_who_makes_a_team_trains_it(client):
    trainer = a_person("Trainer")
    client.force_login(trainer)
    response = client.post(admin_url("add"), FIELDS)
    team = Team.objects.get()
    assert response.url == url_of(team, "inspect")
    assert team.time_zone == "Europe/Madrid"
    assert current(team).get().learner.user == trainer
    assert current(team).get().role == Role.TRAINER


def test_an_administrator_makes_a_team_for_others(client):
    client.force_login(a_person("Administrator"))
    client.post(admin_url("add"), FIELDS)
    assert not Membership.objects.exists()


def test_an_observer_makes_no_team(client, team):
    client.force_login(a_member(team, role=Role.OBSERVER).user)
    assert "New team" not in client.get(admin_url("index")).text
    client.post(admin_url("add"), FIELDS)
    assert Team.objects.get() == team


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Enter a name."),
        ("name", "WARD 3", "There is already a team with this name."),
        ("time_zone", "Mars/Base", "is not a time zone"),
        ("manager_email", "nobody", "Enter an e-mail address in the right format"),
        ("manager_name", "Mara", "Enter an e-mail address for the manager."),
        ("quiet_from", "late", "Enter a time such as 14:30"),
    ],
)
def test_what_is_wrong_with_a_team_is_said_and_nothing_is_lost(
    client, team, trainer, field, value, said
):
    page = client.post(admin_url("add"), FIELDS | {field: value}).text
    assert said in page
    assert 'value="Ward 5"' in page or field == "name"
    assert Team.objects.count() == 1


def test_zones_of_the_site_and_the_team_come_first_and_once():
    (_here, used), (_others, rest) = time_zones("America/New_York")
    assert used == [("UTC", "UTC"), ("America/New_York", "America/New York")]
    assert ("Europe/Madrid", "Europe/Madrid") in rest
    assert not set(used) & set(rest)


IF_MISSING = {
    "name": "Enter a name.",
    "time_zone": "Choose a time zone.",
    "quiet_from": "Choose a time for “No mail from”.",
    "quiet_until": "Choose a time for “No mail until”.",
}


@pytest.mark.parametrize("address", ["edit", "add"])
@pytest.mark.parametrize("missing", FIELDS)
def test_a_form_that_lacks_a_field_is_answered(client, team, trainer, address, missing):
    sent = {name: value for name, value in FIELDS.items() if name != missing}
    to = url_of(team, address) if address == "edit" else admin_url(address)
    answer = client.post(to, sent)
    needed = IF_MISSING.get(missing)
    assert answer.status_code == (200 if needed else 302)
    assert not needed or needed in answer.text


def test_a_trainer_edits_their_team(client, team, trainer):
    client.post(url_of(team, "edit"), FIELDS)
    team.refresh_from_db()
    assert team.name == "Ward 5"


SHOWN = re.compile(r'name="shown" value="([^"]+)"')


def shown_at(client, address):
    """Return what a form carries of what it shows."""
    return {"shown": SHOWN.search(client.get(address).text)[1]}


def test_what_another_trainer_saved_meanwhile_is_not_written_over(
    client, team, trainer
):
    address = url_of(team, "edit")
    carried = shown_at(client, address)
    Team.objects.update(manager_name="Mona", manager_email="mona@example.org")
    page = client.post(address, FIELDS | carried)
    assert "Someone else changed this while you had the page open" in page.text
    assert "It now says “Mona”" in page.text
    assert "Ward 5" in page.text
    team.refresh_from_db()
    assert (team.name, team.manager_name) == ("Ward 3", "Mona")
    again = {"shown": SHOWN.search(page.text)[1]}
    assert client.post(address, FIELDS | again).status_code == 302
    team.refresh_from_db()
    assert (team.name, team.manager_name) == ("Ward 5", "")


def test_a_form_that_nobody_else_touched_is_saved_at_once(client, team, trainer):
    address = url_of(team, "edit")
    carried = shown_at(client, address)
    assert client.post(address, FIELDS | carried).status_code == 302
    team.refresh_from_db()
    assert team.name == "Ward 5"


def test_an_address_corrected_meanwhile_is_not_set_back(client, team, trainer):
    add_people(
        team=team,
        people=[Newcomer("anna@exmple.org", Role.MEMBER)],
        by=trainer,
        at=timezone.now(),
    )
    anna = current(team, role=Role.MEMBER).get().learner
    address = url_of(team, "invite_again", anna)
    carried = shown_at(client, address)
    User.objects.filter(pk=anna.user_id).update(email="anna@example.org")
    page = client.post(address, {"email": "anna@exmple.org"} | carried)
    assert "It now says “anna@example.org”" in page.text
    anna.user.refresh_from_db()
    assert anna.user.email == "anna@example.org"


def test_a_role_changed_meanwhile_is_said_before_it_is_changed_back(
    client, team, trainer
):
    anna = a_member(team)
    address = url_of(team, "change_role", anna)
    carried = shown_at(client, address)
    current(team, learner=anna).update(role=Role.OBSERVER)
    page = client.post(address, {"role": Role.MEMBER} | carried)
    assert "It now says “observer”" in page.text
    assert current(team, learner=anna).get().role == Role.OBSERVER


def test_archiving_takes_duties_back_and_bringing_back_restores_them(
    client, team, trainer
):
    a_member(team)
    an_assignment(a_course(), team)
    client.post(url_of(team, "archive"))
    assert Obligation.objects.get().withdrawn_at
    assert client.get(url_of(team, "edit")).url == url_of(team, "inspect")
    assert "archived on" in client.get(url_of(team, "inspect")).text
    client.post(url_of(team, "bring_back"))
    assert Obligation.objects.get().withdrawn_at is None
    team.refresh_from_db()
    assert team.archived_at is None


@pytest.mark.parametrize("deed", ["archive", "edit", "add_people", "roster"])
def test_what_is_done_to_an_archived_team_leads_to_it_and_says_so(
    client, team, trainer, deed
):
    client.post(url_of(team, "archive"))
    page = client.post(url_of(team, deed), FIELDS, follow=True)
    assert page.request["PATH_INFO"] == url_of(team, "inspect")
    assert "“Ward 3” is archived, so nothing was changed" in page.text
    team.refresh_from_db()
    assert team.name == "Ward 3"
    client.force_login(a_trainer(a_team("Other")))
    assert client.post(url_of(team, deed), FIELDS).status_code == 404


def test_a_team_whose_name_was_taken_does_not_come_back(client, team, trainer):
    client.post(url_of(team, "archive"))
    a_team("ward 3")
    page = client.post(url_of(team, "bring_back"), follow=True).text
    assert "Rename that team first" in page
    team.refresh_from_db()
    assert team.archived_at


def test_an_observer_reads_and_finds_no_button(client, team):
    learner = a_member(team, email="ann@example.org")
    client.force_login(a_member(team, role=Role.OBSERVER).user)
    page = client.get(url_of(team, "inspect")).text
    assert "ann@example.org" in page
    for name in ("Add people", "Remove", "Upload a roster", "Archive", "Join links"):
        assert name not in page
    for deed in ("change_role", "remove_person", "invite_again"):
        assert (
            client.post(url_of(team, deed, learner), {"role": "trainer"}).url
            == "/admin/"
        )
    for deed in ("edit", "archive", "add_people", "roster", "join_links"):
        assert client.post(url_of(team, deed), FIELDS).url == "/admin/"
    assert current(team, learner=learner).get().role == Role.MEMBER


def test_a_trainer_of_another_team_finds_nothing_at_any_address(client, team):
    at = timezone.now()
    ends = at + dt.timedelta(days=1)
    link = make_join_link(team=team, expires_at=ends, by=a_trainer(team), at=at)
    parts = {"pk": team.pk, "uuid": a_member(team).uuid, "link_pk": link.pk}
    client.force_login(a_trainer(a_team("Other")))
    found = {}
    for address in every_address():
        if address.route.startswith("admin/training/teams/<int:pk>/"):
            path = address.filled(lambda part, _: parts[part])
            statuses = client.get(path).status_code, client.post(path).status_code
            found[address.route] = statuses
    assert len(found) >= 14
    # A list answers no post, whosever team it is.
    assert set(found.values()) == {(404, 404), (404, 405)}, found


def test_a_trainer_sees_the_training_room_and_nothing_else(client, team, trainer):
    page = client.get("/admin/").text
    assert "Your teams" in page
    assert url_of(team, "inspect") in page
    for other in ("Lessons", "Aging pages", "Import an article", "Content health"):
        assert other not in page


def test_an_administrator_keeps_the_whole_menu(client, team):
    client.force_login(a_person("Administrator"))
    page = client.get("/admin/").text
    assert "Import an article" in page
    assert "Your teams" not in page


def queries_for(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


@pytest.mark.sweep
@pytest.mark.parametrize("name", ["inspect", "index"])
def test_pages_ask_as_much_for_many_people_as_for_few(client, team, name):
    client.force_login(a_person("Administrator"))
    path = url_of(team, name) if name == "inspect" else admin_url(name)
    a_member(team, role=Role.TRAINER)
    a_member(team)
    few = queries_for(client, path)
    for number in range(12):
        a_member(team)
        a_member(a_team(f"Team {number}"), role=Role.TRAINER)
    assert queries_for(client, path) == few
