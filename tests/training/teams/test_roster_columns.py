"""A team's next roster is read as its last one, and says which columns are gone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.training.rosters_in_jobs import upload
from tests.training.staff import a_team
from training.teams.actions.memberships import join_team
from training.teams.models import Membership
from training.teams.rules.rosters.remembered import (
    VanishedColumn,
    fields_as_remembered,
    vanished_columns,
)

pytestmark = pytest.mark.django_db
FIRST = "E-mail,Wer,Kennung\nann@x.org,Ann Roe,N-1\n"


def page_of(team):
    return reverse("teams:roster_plan", args=[team.pk])


def apply(client, team, **sent):
    plan = client.get(page_of(team)).context["plan"]
    return client.post(page_of(team), {"plan": plan.fingerprint} | sent, follow=True)


def choose(client, team, *fields):
    sent = {"choices": "yes", "field": fields, "again": "yes"}
    client.post(page_of(team), sent)


@pytest.fixture
def first(door, team):
    """A roster whose columns somebody had to name."""
    upload(door, team, FIRST)
    choose(door, team, "email", "name", "staff_number")
    apply(door, team)


def known(team):
    rows = team.memberships.members().filter(left_at=None)
    return list(rows.values_list("learner__user__last_name", "staff_number"))


def test_the_next_roster_is_read_as_the_last(door, team, first):
    assert known(team) == [("Roe", "N-1")]
    # In another order, and in capitals.
    page = upload(door, team, "KENNUNG,E-Mail,wer\nN-2,bob@x.org,Bob Low\n")
    assert "read as in the team's last roster" in page.text
    apply(door, team)
    assert ("Low", "N-2") in known(team)


def test_another_team_knows_nothing_of_it(door, trainer, team, first):
    other = a_team("Ward 4")
    join_team(team=other, learner=trainer.learner, role="trainer", at=timezone.now())
    assert "last roster" not in upload(door, other, FIRST).text


def test_a_column_that_vanished_is_asked_about_before_anything_is_saved(
    door, team, first
):
    page = upload(door, team, "E-mail,Wer\nbob@x.org,Bob Low\n")
    assert "“Kennung” (Staff number) is no longer in the file" in page.text
    refused = apply(door, team)
    assert "Nothing was saved" in refused.text
    assert len(known(team)) == 1
    apply(door, team, miss_columns="yes")
    assert len(known(team)) == 2
    # What was known from it stays, and it is not asked about again.
    assert ("Roe", "N-1") in known(team)
    page = upload(door, team, "E-mail,Wer\nbob@x.org,Bob Low\n")
    assert "no longer in the file" not in page.text


def test_a_column_with_a_new_name_is_named_beside_the_old_one(door, team, first):
    page = upload(door, team, "E-mail,Wer,Staff no\nann@x.org,Ann Roe,N-9\n")
    assert "“Staff no” is read instead" in page.text
    assert "Nothing was saved" in apply(door, team).text
    assert known(team) == [("Roe", "N-1")]


def test_a_vanished_column_of_addresses_is_named_too(door, team):
    upload(door, team, "Kontakt,Name\nann@x.org,Ann Roe\n")
    apply(door, team)
    page = upload(door, team, "Nummer,Name\n1,Ann Roe\n")
    assert "No column is called “E-mail”" in page.text
    assert "“Kontakt” (E-mail) is no longer in the file" in page.text
    assert Membership.objects.members().count() == 1


def test_a_column_that_was_left_out_stays_out_and_is_not_missed():
    remembered = [("Email", "email"), ("Role", "")]
    head, found = ("Email", "Role"), ("email", "job_title")
    assert fields_as_remembered(head, found, remembered) == ("email", "")
    assert vanished_columns(("Email",), ("email",), remembered) == ()


def test_of_two_columns_of_one_name_only_the_first_is_remembered():
    remembered = [("Email", "email"), ("Nr", "staff_number")]
    head, found = ("Nr", "Nr", "Email"), ("", "", "email")
    assert fields_as_remembered(head, found, remembered) == (
        "staff_number",
        "",
        "email",
    )


def test_a_remembered_column_takes_its_field_from_one_that_was_recognised():
    remembered = [("Kennung", "staff_number")]
    head, found = ("Email", "Staff no", "Kennung"), ("email", "staff_number", "")
    fields = fields_as_remembered(head, found, remembered)
    assert fields == ("email", "", "staff_number")
    gone = vanished_columns(head[:2], found[:2], remembered)
    assert gone == (VanishedColumn("Kennung", "staff_number", "Staff no"),)
