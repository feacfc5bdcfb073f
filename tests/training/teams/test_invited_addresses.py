"""The address of somebody invited: corrected, refused, erased."""

import datetime as dt
import re

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from mail.models import Message
from tests.factories import UserFactory
from tests.roles import a_person
from tests.signing_in import with_password
from tests.training.invitations import (
    ANN,
    choose,
    link_in,
    path_of,
)
from tests.training.outbox import run_worker
from tests.training.staff import a_team, a_trainer
from training.teams.actions import invitations
from training.teams.actions.forgetting import forget_member
from training.teams.actions.invitations import Newcomer, add_people, ask_to_join
from training.teams.actions.join_links import make_join_link
from training.teams.models import Invitation

pytestmark = pytest.mark.django_db

# A Monday.
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def test_the_link_to_a_wrong_address_dies_when_it_is_corrected(client, invitation):
    path = path_of(invitation)
    User.objects.filter(email=ANN).update(email="anne@example.org")
    assert choose(client, path, follow=True).status_code == 404


CORRECTED = "anne@example.org"


def send_all():
    run_worker()
    mail_sent, mail.outbox[:] = list(mail.outbox), []
    return mail_sent


def correct_in_users(client, user, email=CORRECTED):
    """Correct the address under Settings → Users; return the page that follows."""
    client.force_login(a_person("Administrator"))
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values = {name: value for name, value in values.items() if value is not None}
    typed = {"first_name": "Anne", "last_name": "Roe", "email": email}
    return client.post(url, values | typed | {"reason": "A misprint"}, follow=True)


def correct_on_the_team_page(client, user, email=CORRECTED):
    invitation = Invitation.objects.earliest("pk")
    client.force_login(invitation.invited_by)
    uuid = invitation.learner.uuid
    url = reverse("teams:invite_again", args=[invitation.team_id, uuid])
    assert "E-mail address" in client.get(url).text
    return client.post(url, {"email": email}, follow=True)


def correct_in_a_shell(client, user, email=CORRECTED):
    User.objects.filter(pk=user.pk).update(email=email)
    client.force_login(Invitation.objects.earliest("pk").invited_by)


@pytest.mark.parametrize(
    "correct", [correct_in_users, correct_on_the_team_page, correct_in_a_shell]
)
def test_a_corrected_address_gets_a_link_of_its_own(client, invitation, team, correct):
    with time_machine.travel(NOON, tick=False) as clock:
        Invitation.objects.update(invited_at=NOON, expires_at=NOON + invitations.LASTS)
        Message.objects.update(scheduled_for=NOON)
        assert [m.to for m in send_all()] == [[ANN]]
        old = path_of(Invitation.objects.get())
        clock.shift(dt.timedelta(days=3))
        said = correct(client, User.objects.get(email=ANN))
        if said:
            assert re.search(rf"nvitation (was )?sent to {CORRECTED}", said.text)
        sent = send_all()
        assert [m.to for m in sent] == [[CORRECTED]]
        assert "trainer@example.org has invited you to join the team" in sent[0].body
        page = client.get(reverse("teams:inspect", args=[team.pk])).text
        assert CORRECTED in page
        assert "Invited, until 19 March 2026" in page
        client.logout()
        assert client.get(old).status_code == 404
        assert choose(client, link_in(sent[0].body)).url == "/my-learning/"
        assert send_all() == []


def test_an_invitation_corrected_before_it_left_goes_out_once(client, invitation):
    with time_machine.travel(NOON, tick=False):
        Invitation.objects.update(invited_at=NOON, expires_at=NOON + invitations.LASTS)
        Message.objects.update(scheduled_for=NOON)
        correct_in_users(client, User.objects.get(email=ANN))
        assert [m.to for m in send_all()] == [[CORRECTED]]
        assert send_all() == []


def test_who_asked_by_a_join_link_still_gets_to_it_at_the_corrected_address(
    team, trainer
):
    with time_machine.travel(NOON, tick=False) as clock:
        ends = NOON + dt.timedelta(days=30)
        link = make_join_link(team=team, expires_at=ends, by=trainer, at=NOON)
        ask_to_join(link=link, email=ANN, at=NOON)
        send_all()
        clock.shift(60)
        User.objects.filter(email=ANN).update(email=CORRECTED)
        (sent,) = send_all()
        assert sent.to == [CORRECTED]
        assert link.code in sent.body


def test_an_address_that_is_somebody_elses_is_refused(client, invitation):
    UserFactory(email=CORRECTED)
    page = correct_on_the_team_page(client, User.objects.get(email=ANN)).text
    assert "Someone else already has this address" in page
    assert Invitation.objects.get().address == ANN


def with_a_role(user):
    user.groups.add(Group.objects.get(name="Author"))


def in_another_team(user):
    add_people(
        team=a_team("Other"),
        people=[Newcomer(user.email)],
        by=a_trainer(a_team("Third")),
        at=timezone.now(),
    )


def came_in(user):
    with_password(user)


@pytest.mark.parametrize("change", [with_a_role, in_another_team, came_in])
def test_trainers_cannot_send_others_accounts_to_an_address(client, invitation, change):
    user = User.objects.get(email=ANN)
    change(user)
    client.force_login(invitation.invited_by)
    args = [invitation.team_id, invitation.learner.uuid]
    url = reverse("teams:invite_again", args=args)
    assert "E-mail address" not in client.get(url).text
    client.post(url, {"email": CORRECTED})
    assert User.objects.filter(email=ANN).exists()
    assert not User.objects.filter(email=CORRECTED).exists()


def test_the_address_of_an_invitation_is_erased_with_the_person(invitation):
    forget_member(invitation.learner, timezone.now())
    assert Invitation.objects.get().address == ""
