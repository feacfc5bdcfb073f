"""A trainer proposes a new address for somebody who has signed in, or takes it back."""

import pytest
from allauth.core.context import request_context
from django.contrib.auth.models import Group
from django.test import RequestFactory
from django.urls import reverse

from accounts.actions.address_proposals import confirm_address
from accounts.models import AddressProposal
from accounts.queries.address_proposals import open_proposal_for
from mail.models import Message
from tests.factories import UserFactory
from tests.training.moments import clock_at
from tests.training.outbox import START
from tests.training.staff import Role, a_member, a_team
from training.certificates.wording.facts import details_in_words
from training.teams import log

pytestmark = pytest.mark.django_db
clock = clock_at(START)
NEW = "ann.roe@example.org"


@pytest.fixture
def ann(team):
    """Somebody who has signed in."""
    return a_member(team, first_name="Ann", last_name="Roe", email="ann@example.org")


def url_of(learner, more=""):
    return f"/admin/training/people/{learner.uuid}/new-address/{more}"


def propose(client, learner, email=NEW):
    return client.post(url_of(learner), {"email": email}, follow=True).text


def logged(learner, action):
    return log.entries_about(learner).get(action=f"training.{action}")


def test_the_record_leads_to_it_and_the_person_is_asked(door, trainer, ann, mailoutbox):
    assert url_of(ann) in door.get(f"/admin/training/people/{ann.uuid}/").text
    assert "now signs in with ann@example.org" in door.get(url_of(ann)).text
    assert "They can answer until" in propose(door, ann)
    assert mailoutbox[0].to == ["ann@example.org"]
    ann.user.refresh_from_db()
    assert ann.user.email == "ann@example.org"
    entry = logged(ann, "address_proposed")
    assert entry.user == trainer
    assert NEW in details_in_words(entry.data, known=("learner",))


def test_what_the_person_decides_is_in_the_log(door, ann):
    propose(door, ann)
    with request_context(RequestFactory().get("/")):
        confirm_address(proposal=open_proposal_for(ann.user, START), at=START)
    entry = logged(ann, "address_confirmed")
    assert entry.user == ann.user
    assert NEW in door.get(reverse("report_log:index")).text


def test_a_trainer_takes_it_back(door, trainer, ann):
    propose(door, ann)
    assert url_of(ann, "withdraw/") in door.get(url_of(ann)).text
    said = door.post(url_of(ann, "withdraw/"), follow=True).text
    assert "Withdrawn. The address stays as it is." in said
    assert AddressProposal.objects.get().outcome == "withdrawn"
    assert logged(ann, "address_withdrawn").user == trainer
    again = door.post(url_of(ann, "withdraw/"), follow=True).text
    assert "It has been decided in the meantime" in again


def test_a_second_one_waits_for_the_first(door, ann):
    propose(door, ann)
    assert "Withdraw it first." in propose(door, ann, "other@example.org")
    assert AddressProposal.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("ANN@example.org", "This is the person&#x27;s present address."),
        ("taken@example.org", "Someone else already has this address."),
        ("", "Enter"),
        ("nonsense", "example.org"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(door, ann, email, said):
    UserFactory(email="taken@example.org")
    assert said in propose(door, ann, email)
    assert not AddressProposal.objects.exists()


def test_nobody_proposes_for_who_may_enter_the_admin(door, ann, team):
    ann.user.groups.add(Group.objects.get(name="Author"))
    other = a_member(team, role=Role.TRAINER)
    for person in (ann, other):
        assert (
            url_of(person)
            not in door.get(f"/admin/training/people/{person.uuid}/").text
        )
        assert "Nobody can propose an address" in propose(door, person)
    assert not AddressProposal.objects.exists()
    assert not Message.objects.filter(kind="account").exists()


def test_before_the_first_sign_in_it_is_corrected_instead(door, invitation):
    said = propose(door, invitation.learner)
    assert "Nobody can propose an address" in said


def test_observers_and_trainers_of_other_teams_do_not_find_it(client, door, team, ann):
    cat = a_member(a_team("Not mine"), email="cat@example.org")
    observer = a_member(team, role=Role.OBSERVER)
    assert door.get(url_of(cat)).status_code == 404
    client.force_login(observer.user)
    for page in (url_of(ann), url_of(ann, "withdraw/")):
        assert client.get(page).status_code == 404
