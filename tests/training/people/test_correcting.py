"""A trainer corrects a misspelt name, and an address before the first sign-in."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from mail.models import Message
from tests.factories import UserFactory
from tests.training.moments import clock_at
from tests.training.outbox import START
from tests.training.staff import Role, a_member, a_team
from training.teams import log
from training.teams.actions.invitations import Newcomer, add_people
from training.teams.actions.memberships import join_team
from training.teams.models import Invitation
from training.teams.queries.invitation_links import invitation_of, token_of

pytestmark = pytest.mark.django_db
clock = clock_at(START)


@pytest.fixture
def ann(team):
    """Somebody who has signed in."""
    return a_member(team, first_name="Anm", last_name="Roe", email="ann@example.org")


@pytest.fixture
def new(team, trainer):
    """Somebody who was invited yesterday at a wrong address."""
    people = [Newcomer("newt@example.org", first_name="New", last_name="Ton")]
    add_people(team=team, people=people, by=trainer, at=START - dt.timedelta(days=1))
    Message.objects.update(state="sent", sent_at=START)
    return Invitation.objects.get().learner


def url_of(learner):
    return f"/admin/training/people/{learner.uuid}/correct/"


def save(client, learner, **typed):
    """Open the form, save it with these changes, and return the next page's text."""
    form = client.get(url_of(learner)).context["form"]
    sent = {field.name: field.value() for field in form} | typed
    came = client.post(url_of(learner), sent)
    return came.text if came.status_code == 200 else client.get(came.url).text


def test_a_misspelt_name_is_corrected_and_logged(door, trainer, ann):
    assert "Saved." in save(door, ann, first_name="  Ann ")
    ann.user.refresh_from_db()
    assert ann.user.get_full_name() == "Ann Roe"
    entry = log.entries_about(ann).get(action="training.renamed")
    assert entry.user == trainer


def test_saving_the_same_name_is_no_entry(door, ann):
    save(door, ann)
    assert not log.entries_about(ann).filter(action="training.renamed").exists()


def test_a_name_is_not_emptied_by_mistake(door, ann):
    assert "Enter a name." in save(door, ann, first_name="", last_name=" ")
    ann.user.refresh_from_db()
    assert ann.user.first_name == "Anm"


def test_whoever_has_signed_in_keeps_their_address(door, ann):
    page = door.get(url_of(ann))
    assert "its e-mail address only changes if its owner" in page.text
    assert "email" not in page.context["form"].fields
    save(door, ann, email="evil@example.org")
    ann.user.refresh_from_db()
    assert ann.user.email == "ann@example.org"


def test_a_corrected_address_gets_a_new_link_and_the_old_one_dies(door, new):
    old = token_of(Invitation.objects.select_related("learner__user").get())
    said = save(door, new, email="newton@example.org")
    assert "A new invitation was sent to newton@example.org." in said
    assert invitation_of(old) is None
    newest = Invitation.objects.latest("pk")
    assert newest.address == "newton@example.org"
    assert Message.objects.filter(topic_key=f"invitation:{newest.pk}").count() == 1
    actions = log.entries_about(new).values_list("action", flat=True)
    assert {"training.readdressed", "training.invited"} <= set(actions)


def test_a_name_alone_sends_no_new_invitation(door, new):
    save(door, new, first_name="Isaac")
    assert Invitation.objects.count() == 1


def test_an_address_of_somebody_else_changes_nothing(door, new):
    UserFactory(email="taken@example.org")
    said = save(door, new, first_name="Isaac", email="taken@example.org")
    assert "Someone else already has this address." in said
    user = User.objects.get(learner=new)
    assert (user.first_name, user.email) == ("New", "newt@example.org")


def test_whoever_signs_in_meanwhile_keeps_name_and_address(door, new):
    form = door.get(url_of(new)).context["form"]
    sent = {field.name: field.value() for field in form}
    User.objects.filter(learner=new).update(last_login=START)
    door.post(url_of(new), sent | {"email": "other@example.org"})
    assert User.objects.get(learner=new).email == "newt@example.org"


def test_two_who_correct_the_same_name_are_asked_again(door, ann):
    form = door.get(url_of(ann)).context["form"]
    sent = {field.name: field.value() for field in form} | {"first_name": "Anne"}
    User.objects.filter(learner=ann).update(first_name="Ann")
    page = door.post(url_of(ann), sent)
    assert "Someone else changed this while you had the page open." in page.text
    assert User.objects.get(learner=ann).first_name == "Ann"


def test_the_name_of_an_author_is_for_administrators(door, ann):
    ann.user.groups.add(Group.objects.get(name="Author"))
    page = door.get(url_of(ann))
    assert "are for an administrator to correct" in page.text
    assert "first_name" not in page.context["form"].fields
    door.post(url_of(ann), {"first_name": "Evil", "last_name": "Roe"})
    assert User.objects.get(learner=ann).first_name == "Anm"


def test_observers_and_trainers_of_other_teams_do_not_find_it(client, door, team, ann):
    cat = a_member(a_team("Not mine"), email="cat@example.org")
    assert door.get(url_of(cat)).status_code == 404
    observer = a_member(team, role=Role.OBSERVER)
    client.force_login(observer.user)
    assert client.get(url_of(ann)).status_code == 404
    assert "/correct/" not in client.get("/admin/training/people/").text


def test_whoever_is_also_invited_elsewhere_keeps_their_address(door, new):
    join_team(team=a_team("Not mine"), learner=new, role=Role.MEMBER, at=START)
    assert "email" not in door.get(url_of(new)).context["form"].fields


def test_the_list_and_the_record_lead_to_it(door, ann):
    assert url_of(ann) in door.get("/admin/training/people/").text
    record = door.get(f"/admin/training/people/{ann.uuid}/")
    assert url_of(ann) in record.text
