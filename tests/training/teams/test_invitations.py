"""An invitation: an account without a password, a mail, a link that works once."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from mail.models import Message
from tests.factories import UserFactory
from tests.roles import a_person
from tests.signing_in import sign_in, with_password
from tests.taking_quizzes import finish
from tests.training.invitations import (
    ANN,
    PASSWORD,
    choose,
    link_in,
    newest_mail,
    path_of,
)
from tests.training.staff import Role, a_member, a_team, a_trainer
from training.teams import log
from training.teams.actions import invitations
from training.teams.actions.invitations import (
    Newcomer,
    UnableToAccept,
    UnableToInvite,
    accept_invitation,
    add_people,
    invite_again,
)
from training.teams.actions.memberships import leave_team
from training.teams.models import Invitation
from training.teams.queries.invitation_links import (
    InvitationStatus,
    invitation_status,
    token_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(team):
    return a_trainer(team, first_name="Tess", last_name="Trainer")


def test_a_new_address_gets_an_account_that_only_the_link_opens(invitation):
    user = User.objects.get(email=ANN)
    assert not user.has_usable_password()
    assert user.emailaddress_set.get().verified
    assert invitation.learner.user == user


def test_the_mail_names_who_invites_and_holds_one_link(invitation):
    mail = newest_mail()
    assert mail.subject == "Choose a password for Ward 3"
    assert "Tess Trainer has invited you to join the team Ward 3" in mail.text
    assert mail.text.count("/my-learning/invitation/") == 1
    assert link_in(mail.text) in mail.html
    assert "Tess Trainer" in mail.html


def test_names_cannot_smuggle_markup_or_lines_into_the_mail(team, trainer):
    team.name = "<b>A</b>\r\nBcc: x@example.org & co"
    team.save()
    add_people(team=team, people=[Newcomer(ANN)], by=trainer, at=timezone.now())
    mail = newest_mail()
    assert "\n" not in mail.subject
    assert "<b>A</b>" in mail.text
    assert "<b>A</b>" not in mail.html


def test_the_link_ends_in_a_password_and_my_learning(client, invitation):
    path = link_in(newest_mail().text)
    page = client.get(path).text
    assert "Ward 3" in page
    assert ANN in page
    response = choose(client, path)
    assert response.url == "/my-learning/"
    user = User.objects.get(email=ANN)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.check_password(PASSWORD)
    client.post("/account/logout/")
    assert sign_in(client, user, password=PASSWORD).url == "/progress/"


def test_what_was_learnt_before_in_this_browser_comes_along(
    client, quiz_url, invitation
):
    finish(client, quiz_url, ["Right", "Right"])
    choose(client, path_of(invitation))
    assert invitation.learner.enrolments.exists()


def test_a_weak_password_is_refused_and_the_link_stays_open(client, invitation):
    path = path_of(invitation)
    page = choose(client, path, "12345678", follow=True).text
    assert "too common" in page
    assert client.get(path).status_code == 200
    form = {"password1": PASSWORD, "password2": "another"}
    assert "same password" in client.post(path, form, follow=True).text
    assert invitation_status(invitation, timezone.now()) is InvitationStatus.OPEN


def test_a_used_link_opens_nothing_and_says_what_to_do(client, invitation):
    path = path_of(invitation)
    choose(client, path)
    client.post("/account/logout/")
    late = choose(client, path, "another good password", follow=True)
    for response in (client.get(path), late):
        assert response.status_code == 404
        assert "It has already been used" in response.text
    assert User.objects.get(email=ANN).check_password(PASSWORD)


def test_a_link_works_until_its_last_moment(client, invitation):
    assert invitation_status(
        invitation, invitation.expires_at - dt.timedelta(seconds=1)
    ) is (InvitationStatus.OPEN)
    assert invitation_status(invitation, invitation.expires_at) is InvitationStatus.OVER
    past = timezone.now() - dt.timedelta(minutes=1)
    before = past - dt.timedelta(days=14)
    Invitation.objects.update(invited_at=before, expires_at=past)
    page = client.get(path_of(invitation))
    assert page.status_code == 404
    assert "ask your trainer to invite you again" in page.text
    assert choose(client, path_of(invitation), follow=True).status_code == 404
    assert not User.objects.get(email=ANN).has_usable_password()
    assert newest_mail() is None


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + "x", lambda t: "x", lambda t: t + "x"]
)
def test_an_altered_link_opens_nothing(client, invitation, change):
    token = change(token_of(invitation))
    path = reverse("accept_invitation", args=[token])
    assert client.get(path).status_code == 404

    # Nobody tells the worker; it finds it by itself.


def test_a_newer_invitation_ends_the_link_of_the_earlier(
    client, team, trainer, invitation
):
    old = path_of(invitation)
    later = timezone.now() + dt.timedelta(seconds=1)
    invite_again(team=team, learner=invitation.learner, by=trainer, at=later)
    invitation.refresh_from_db()
    assert invitation_status(invitation, later) is InvitationStatus.OVER
    newest = Invitation.objects.latest("pk")
    assert invitation_status(newest, later) is InvitationStatus.OPEN
    assert Message.objects.count() == 2
    assert old != path_of(newest)


def test_who_came_in_is_not_invited_again(client, team, trainer, invitation):
    choose(client, path_of(invitation))
    learner = type(invitation.learner).objects.get(pk=invitation.learner_id)
    with pytest.raises(UnableToInvite):
        invite_again(team=team, learner=learner, by=trainer, at=timezone.now())


def test_the_link_dies_with_the_place_in_the_team(client, team, trainer, invitation):
    leave_team(team=team, learner=invitation.learner, at=timezone.now(), by=trainer)
    assert client.get(path_of(invitation)).status_code == 404
    assert newest_mail() is None


def test_the_link_dies_with_the_account(client, invitation):
    User.objects.filter(email=ANN).update(is_active=False)
    assert client.get(path_of(invitation)).status_code == 404


def test_two_presses_set_one_password(invitation):
    at = timezone.now()
    accept_invitation(invitation=invitation, password=PASSWORD, at=at)
    again = Invitation.objects.get()
    with pytest.raises(UnableToAccept):
        accept_invitation(invitation=again, password="something else", at=at)
    assert User.objects.get(email=ANN).check_password(PASSWORD)
    entry = log.entries_about(invitation.learner).first()
    assert entry.action == "training.accepted"


def test_somebody_else_who_is_signed_in_is_told(client, invitation):
    client.force_login(UserFactory(email="bob@example.org"))
    page = client.get(path_of(invitation)).text
    assert "bob@example.org is signed in" in page
    assert "Sign out" in page


def test_who_has_an_account_is_told_and_needs_no_link(team, trainer):
    user = with_password(UserFactory(email=ANN))
    add_people(team=team, people=[Newcomer(ANN.upper())], by=trainer, at=timezone.now())
    assert not Invitation.objects.exists()
    mail = newest_mail()
    assert mail.subject == "You were added to Ward 3"
    assert "/my-learning/" in mail.text
    leave_team(team=team, learner=user.learner, at=timezone.now(), by=trainer)
    assert newest_mail() is None


def test_two_teams_invite_once_each_and_the_first_link_wins(client, team, trainer):
    other = a_team("Ward 4")
    for one in (team, other):
        add_people(team=one, people=[Newcomer(ANN)], by=trainer, at=timezone.now())
    first, second = Invitation.objects.order_by("pk")
    choose(client, path_of(first))
    client.post("/account/logout/")
    assert "It has already been used" in client.get(path_of(second)).text


def test_bringing_in_many_asks_no_query_for_each(team, trainer):
    def bring_in_some(number):
        people = [Newcomer(f"{number}-{n}@ward.example") for n in range(number)]
        with CaptureQueriesContext(connection) as asked:
            add_people(team=team, people=people, by=trainer, at=timezone.now())
        return len(asked)

    bring_in_some(1)
    assert bring_in_some(3) == bring_in_some(30) <= 24
    # More rows than fit into one statement: SQLite takes 999 values in each.
    assert bring_in_some(300) <= 44
    assert team.memberships.filter(role=Role.MEMBER).count() == 334
    assert Message.objects.count() == Invitation.objects.count() == 334


def test_bringing_in_changes_the_role_of_who_is_there(team, trainer):
    learner = a_member(team, email=ANN)
    newcomer = Newcomer(ANN, Role.OBSERVER)
    add_people(team=team, people=[newcomer], by=trainer, at=timezone.now())
    rows = learner.memberships.filter(left_at=None)
    assert [row.role for row in rows] == [Role.OBSERVER]
    assert not Message.objects.exists()


def test_two_who_invite_the_same_person_at_once_make_one_account(
    team, trainer, monkeypatch
):
    known = UserFactory(email=ANN)
    look_up, answers = invitations.accounts_at, [{}]
    monkeypatch.setattr(
        invitations,
        "accounts_at",
        lambda addresses: answers.pop() if answers else look_up(addresses),
    )
    people = [Newcomer(ANN), Newcomer("bob@example.org")]
    add_people(team=team, people=people, by=trainer, at=timezone.now())
    assert User.objects.get(email=ANN) == known
    assert team.memberships.filter(role=Role.MEMBER).count() == 2


def test_a_member_who_goes_keeps_the_role_an_administrator_gave(team, trainer):
    person = a_person("Trainer")
    newcomer = Newcomer(person.email)
    add_people(team=team, people=[newcomer], by=trainer, at=timezone.now())
    leave_team(team=team, learner=person.learner, at=timezone.now(), by=trainer)
    assert User.objects.get(pk=person.pk).has_perm("teams.train")
