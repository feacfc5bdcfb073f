"""The people of a team in the admin: added, given a role, removed."""

import datetime as dt

import pytest
from django.utils import timezone

from mail.models import Message
from tests.factories import a_course
from tests.roles import a_person
from tests.training.staff import Role, a_member, a_team, an_assignment, current, url_of
from training.assignments.models import Obligation
from training.teams import log
from training.teams.models import Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(client, trainer):
    client.force_login(trainer)
    return trainer


def test_people_are_added_by_address_however_they_are_pasted(client, team, trainer):
    known = a_member(a_team("Other"), email="known@example.org")
    known.user.set_password("correct horse")
    known.user.save()
    pasted = (
        "Ann Roe <ann@example.org>, BOB@example.org\nknown@example.org; ann@example.org"
    )
    page = client.post(
        url_of(team, "add_people"), {"addresses": pasted, "role": "member"}, follow=True
    ).text
    assert (
        "2 people have been invited by e-mail. "
        "1 person with an account has been added and notified." in page
    )
    assert current(team, role=Role.MEMBER).count() == 3
    assert {row.learner.user.email for row in Invitation.objects.all()} == {
        "ann@example.org",
        "bob@example.org",
    }
    subjects = {row.topic_key.partition(":")[0] for row in Message.objects.all()}
    assert subjects == {"invitation", "membership"}
    assert Message.objects.count() == 3


def test_adding_somebody_twice_changes_nothing_more(client, team, trainer):
    form = {"addresses": "ann@example.org", "role": "member"}
    client.post(url_of(team, "add_people"), form)
    page = client.post(url_of(team, "add_people"), form, follow=True).text
    assert "They were all on the team already." in page
    assert Invitation.objects.count() == Message.objects.count() == 1


@pytest.mark.parametrize(
    ("addresses", "said"),
    [
        ("", "Enter at least one e-mail address."),
        ("ann", "“ann” is not an e-mail address."),
        (", ;", "Enter at least one address."),
        (" ".join(f"a{n}@example.org" for n in range(201)), "the limit is 200"),
    ],
)
def test_unsound_addresses_are_named_and_nobody_is_added(
    client, team, trainer, addresses, said
):
    form = {"addresses": addresses + "\n", "role": "member"}
    assert said in client.post(url_of(team, "add_people"), form).text
    assert current(team).count() == 1


def test_a_closed_account_is_not_added(client, team, trainer):
    person = a_person("Author")
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    form = {"addresses": person.email.upper(), "role": "member"}
    assert "is closed" in client.post(url_of(team, "add_people"), form).text
    assert current(team).count() == 1


def test_a_role_is_changed_and_logged(client, team, trainer):
    learner = a_member(team)
    client.post(url_of(team, "change_role", learner), {"role": "observer"})
    assert current(team, learner=learner).get().role == Role.OBSERVER
    entry = log.entries_about(learner).first()
    assert (entry.action, entry.user) == ("training.role", trainer)


def test_removing_keeps_what_was_done_and_says_so(client, team, trainer):
    learner = a_member(team)
    an_assignment(a_course(), team)
    page = client.get(url_of(team, "remove_person", learner)).text
    assert "certificates and log entries are kept" in page
    url = url_of(team, "remove_person", learner)
    assert "Enter" in client.post(url).text
    assert current(team, learner=learner).exists()
    client.post(url, {"reason": "Moved away"})
    assert not current(team, learner=learner).exists()
    entry = log.entries_about(learner).get(action="training.left")
    assert (entry.user, entry.data["reason"]) == (trainer, "Moved away")
    assert Obligation.objects.get().learner == learner


@pytest.mark.parametrize("deed", ["change_role", "remove_person", "invite_again"])
def test_a_deed_on_who_was_removed_meanwhile_says_so(client, team, trainer, deed):
    learner = a_member(team)
    client.post(url_of(team, "remove_person", learner), {"reason": "Left"})
    form = {"role": Role.OBSERVER, "email": "new@example.org"}
    page = client.post(url_of(team, deed, learner), form, follow=True)
    assert "is no longer on the team" in page.text
    assert not current(team, learner=learner).exists()


@pytest.mark.parametrize("deed", ["change_role", "remove_person"])
def test_nobody_locks_themself_out_of_a_team(client, team, trainer, deed):
    page = client.post(
        url_of(team, deed, trainer.learner), {"role": "member"}, follow=True
    ).text
    assert "You cannot change your own membership" in page
    assert current(team).get().role == Role.TRAINER
    form = {"addresses": trainer.email, "role": "member"}
    assert (
        "You cannot change your own role"
        in client.post(url_of(team, "add_people"), form).text
    )
    assert current(team).get().role == Role.TRAINER


def test_the_team_page_says_how_each_account_stands(client, team, trainer):
    client.post(
        url_of(team, "add_people"), {"addresses": "ann@example.org", "role": "member"}
    )
    assert "Invited, until" in client.get(url_of(team, "inspect")).text
    past = timezone.now() - dt.timedelta(days=1)
    before = past - dt.timedelta(days=1)
    Invitation.objects.update(invited_at=before, expires_at=past)
    page = client.get(url_of(team, "inspect")).text
    assert "Invitation expired" in page
    assert "Invite again" in page


def test_somebody_of_another_team_is_not_found_through_mine(client, team, trainer):
    stranger = a_member(a_team("Other"))
    for name in ("change_role", "remove_person", "invite_again"):
        assert client.get(url_of(team, name, stranger)).status_code == 404
