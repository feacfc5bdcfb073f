"""All who never came in are invited again, once a day, and their old links die."""

import datetime as dt

import pytest

from accounts.models import User
from mail.models import Message
from tests.training.moments import clock_at
from tests.training.outbox import START
from tests.training.people.acting import press as press_button
from tests.training.staff import a_member
from training.teams import log
from training.teams.actions.invitations import Newcomer, add_people
from training.teams.models import Invitation, Membership
from training.teams.queries.invitation_links import (
    InvitationStatus,
    invitation_of,
    invitation_status,
    token_of,
)

pytestmark = pytest.mark.django_db
URL = "/admin/training/people/do/invite/?all=on&account=never"
clock = clock_at(START)


@pytest.fixture
def invited(team, trainer):
    """Two people who were invited yesterday and never came in."""
    people = [Newcomer(f"new{number}@example.org") for number in range(2)]
    add_people(team=team, people=people, by=trainer, at=START - dt.timedelta(days=1))
    return list(Invitation.objects.order_by("pk"))


def press(client):
    return press_button(client, "invite", {"all": "on", "account": "never"})


def test_all_who_never_came_in_get_a_new_link(door, team, invited):
    a_member(team, email="in@example.org")
    old = token_of(invited[0])
    assert "2 people are invited again." in press(door)
    assert Invitation.objects.filter(invited_at=START).count() == 2
    found = invitation_of(old)
    assert invitation_status(found, START) is InvitationStatus.OVER
    newest = Invitation.objects.filter(learner=invited[0].learner).latest("pk")
    assert invitation_status(newest, START) is InvitationStatus.OPEN
    assert Message.objects.filter(topic_key=f"invitation:{newest.pk}").count() == 1


def test_nobody_is_invited_twice_on_a_day(door, invited):
    press(door)
    assert "2 people were already invited today." in press(door)
    assert Invitation.objects.count() == 4


def test_whoever_came_in_meanwhile_is_left_alone(door, invited):
    shown = door.get(URL).context["form"]["shown"].value()
    User.objects.filter(email="new0@example.org").update(last_login=START)
    page = door.post(URL, {"shown": shown})
    assert "The people have changed since you opened this page." in page.text
    assert Invitation.objects.count() == 2
    rows = Membership.objects.filter(learner=invited[0].learner)
    address = f"/admin/training/people/do/invite/?person={rows.get().pk}"
    form = door.get(address).context["form"]
    came = door.post(address, {"shown": form["shown"].value()})
    assert "1 person has already come in." in door.get(came.url).text


def test_each_new_invitation_is_in_the_log(door, trainer, invited):
    press(door)
    for row in invited:
        entries = log.entries_about(row.learner).filter(action="training.invited")
        assert [entry.user for entry in entries] == [trainer, trainer]
