"""A lost phone has a way back, and whoever wants to be deleted can ask."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from wagtail.models import ModelLogEntry

from accounts.models import DeletionRequest, User
from tests.factories import UserFactory
from tests.roles import a_person
from tests.signing_in import PASSWORD, sign_in, with_password, with_second_factor

pytestmark = pytest.mark.django_db

REASON = "Lost her phone; rang from the ward."


@pytest.fixture
def locked_out():
    user = with_password(UserFactory())
    with_second_factor(user)
    return user


def address_for(user):
    return f"/admin/users/{user.pk}/second-step/"


def test_an_administrator_takes_the_second_step_away(
    client, administrator, locked_out, mailoutbox
):
    assert address_for(locked_out) in client.get("/admin/users/").text
    page = client.post(address_for(locked_out), {"reason": REASON}, follow=True)
    assert "Second step reset." in page.text
    assert not Authenticator.objects.filter(user=locked_out).exists()
    [entry] = ModelLogEntry.objects.filter(action="accounts.reset_second_step")
    assert (entry.user, entry.data["reason"]) == (administrator, REASON)
    [mail] = mailoutbox
    assert mail.to == [locked_out.email]
    assert REASON in mail.body
    assert str(administrator) in mail.body
    assert sign_in(Client(), locked_out).url == "/progress/"


def test_nothing_is_taken_away_without_a_reason(client, administrator, locked_out):
    page = client.post(address_for(locked_out), {"reason": " "})
    assert "Enter a reason." in page.text
    assert Authenticator.objects.filter(user=locked_out).exists()


def test_nobody_takes_away_their_own_or_a_superusers(client, administrator):
    with_second_factor(administrator)
    above = UserFactory(is_superuser=True)
    with_second_factor(above)
    for user in (administrator, above):
        client.post(address_for(user), {"reason": REASON})
        assert Authenticator.objects.filter(user=user).exists()


@pytest.mark.parametrize("role", ["Author", "Reviewer", "Trainer"])
def test_no_other_role_may(client, locked_out, role):
    client.force_login(a_person(role))
    client.post(address_for(locked_out), {"reason": REASON})
    assert Authenticator.objects.filter(user=locked_out).exists()


def test_an_account_asks_for_its_deletion(client, mailoutbox):
    administrator = a_person("Administrator")
    user = with_password(UserFactory())
    sign_in(client, user)
    assert "/account/deletion/" in client.get("/account/").text
    door = client.get("/account/deletion/").url
    given = {"password": PASSWORD, "next": "/account/deletion/"}
    said = f"within {DeletionRequest.DAYS} days"
    assert said in client.post(door, given, follow=True).text
    page = client.post("/account/deletion/", follow=True)
    assert "We have notified the administrators of this site." in page.text
    assert [mail.to for mail in mailoutbox] == [[administrator.email]]
    assert f"manage.py erase_person {user.email}" in mailoutbox[0].body
    [entry] = ModelLogEntry.objects.filter(action="accounts.ask_for_deletion")
    assert entry.object_id == str(user.pk)
    assert User.objects.get(pk=user.pk).is_active


def test_asking_for_deletion_needs_a_fresh_sign_in(client):
    client.force_login(with_password(UserFactory()))
    answer = client.post("/account/deletion/")
    assert "/reauthenticate/" in answer.url
    assert not ModelLogEntry.objects.exists()
