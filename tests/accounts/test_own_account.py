"""What people change about their own account: password, address, second factor."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from accounts.models import User
from tests.factories import UserFactory
from tests.signing_in import (
    PASSWORD,
    app_code,
    mailed_code,
    sign_in,
    with_password,
)

pytestmark = pytest.mark.django_db


NEW_PASSWORD = "another horse battery"


@pytest.fixture
def user():
    return with_password(UserFactory())


def who(client):
    """Return the number of the user signed in, as text, or None."""
    return client.session.get("_auth_user_id")


def by_code(client, user, mailoutbox):
    client.post("/account/login/code/", {"email": user.email})
    code = mailed_code(mailoutbox)
    return client.post("/account/login/code/confirm/", {"code": code})


def confirmed(client, path):
    """Open a page that asks for the password once more, and give it."""
    door = client.get(path)
    assert door.url.startswith("/account/reauthenticate/")
    return client.post(door.url, {"password": PASSWORD, "next": path}, follow=True)


def test_the_second_factor_is_set_up_and_switched_off_by_oneself(client, user):
    sign_in(client, user)
    page = confirmed(client, "/account/2fa/totp/activate/")
    secret = re.search(r'app-key">(\w+)<', page.text)[1]
    done = client.post("/account/2fa/totp/activate/", {"code": app_code(secret)})
    assert done.url == "/account/2fa/recovery-codes/"
    assert "Your recovery codes" in client.get(done.url).text
    assert client.get("/account/2fa/recovery-codes/download/").status_code == 200
    assert "The second step is on" in client.get("/account/2fa/").text
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()


def test_a_forgotten_password_is_replaced_by_way_of_the_mail(client, user, mailoutbox):
    client.post("/account/password/reset/", {"email": user.email})
    code = mailed_code(mailoutbox)
    response = client.post("/account/password/reset/confirm/", {"code": code})
    assert response.url == "/account/password/reset/complete/"
    client.post(response.url, dict.fromkeys(("password1", "password2"), NEW_PASSWORD))
    assert who(client) is None
    sign_in(client, user, password=NEW_PASSWORD)
    assert who(client) == str(user.pk)


def test_people_change_their_own_password(client, user, mailoutbox):
    sign_in(client, user)
    client.post(
        "/account/password/change/",
        {
            "oldpassword": PASSWORD,
            "password1": NEW_PASSWORD,
            "password2": NEW_PASSWORD,
        },
    )
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    assert "If this was not you" in mailoutbox[-1].body
    assert "127.0.0.1" not in mailoutbox[-1].body


def test_people_without_a_password_choose_one(client, mailoutbox):
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    by_code(client, user, mailoutbox)
    page = client.get("/account/")
    assert "Choose a password" in page.text
    form = dict.fromkeys(("password1", "password2"), NEW_PASSWORD)
    client.post("/account/password/set/", form)
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)


def test_people_change_their_own_address_once_it_is_confirmed(client, user, mailoutbox):
    sign_in(client, user)
    old = user.email
    form = {"email": "new@example.org", "action_add": ""}
    door = client.post("/account/email/", form).url
    client.post(door, {"password": PASSWORD, "next": "/account/email/"})
    user.refresh_from_db()
    assert user.email == old
    code = mailed_code(mailoutbox)
    client.post("/account/confirm-email/", {"code": code})
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert EmailAddress.objects.get().email == "new@example.org"


def test_sign_up_is_closed_unless_it_is_opened(client, settings, mailoutbox):
    assert "by invitation" in client.get("/account/signup/").text
    assert "Create an account" not in client.get("/account/login/").text
    settings.SIGN_UP_OPEN = True
    assert "Create an account" in client.get("/account/login/").text
    form = {"email": "new@example.org", "password1": NEW_PASSWORD}
    client.post("/account/signup/", form)
    assert who(client) is None
    code = mailed_code(mailoutbox)
    client.post("/account/confirm-email/", {"code": code})
    assert who(client) == str(User.objects.get().pk)
