"""Single sign-on with a provider on this machine: whom it lets in, and whom not."""

import pytest
import requests
from allauth.core.context import request_context
from allauth.socialaccount.models import SocialAccount
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts import register
from accounts.actions.address_proposals import propose_address
from accounts.actions.learners import erase_person, trust_address
from accounts.models import User
from tests.factories import UserFactory
from tests.identity_provider import running
from tests.signing_in import (
    PASSWORD,
    app_code,
    sign_in,
    with_password,
    with_second_factor,
)
from tests.taking_quizzes import finish
from tests.training.staff import a_team, a_trainer
from training.teams.actions.invitations import Newcomer, add_people

pytestmark = pytest.mark.django_db

DOOR = "/account/single-sign-on/sso/"
ANN = {
    "sub": "ann-1",
    "email": "ann@example.org",
    "email_verified": True,
    "given_name": "Ann",
    "family_name": "Roe",
}


@pytest.fixture(scope="module")
def server():
    with running() as provider:
        yield provider


@pytest.fixture
def provider(server, settings):
    for name, value in server.settings().items():
        setattr(settings, name, value)
    server.claims, server.answers = dict(ANN), True
    server.offers = {}
    server.asked.clear()
    return server


def come_in(client, to=""):
    """Go through the whole journey and return the last answer of the site."""
    away = client.get(DOOR, {"next": to} if to else {})
    assert away.status_code == 302, away.text
    back = requests.get(away.url, allow_redirects=False, timeout=5)
    return client.get(back.headers["Location"].removeprefix("http://testserver"))


def who(client):
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize(
    "name", ["sso/", "sso/callback/", "other/", "cancelled/", "error/"]
)
def test_nothing_of_it_shows_while_it_is_off(client, name):
    assert client.get(f"/account/single-sign-on/{name}").status_code == 404
    assert "Sign in with" not in client.get("/account/login/").text


@pytest.mark.parametrize("path", ["3rdparty/", "3rdparty/signup/", "oidc/sso/login/"])
def test_the_librarys_own_doors_are_not_there(client, provider, path):
    assert client.get(f"/account/{path}").status_code == 404


def test_the_sign_in_page_offers_it_and_keeps_where_to_go(client, provider):
    page = client.get("/account/login/", {"next": "/progress/"}).text
    assert "Sign in with Clinic account" in page
    assert f'href="{DOOR}?next=%2Fprogress%2F"' in page


def test_a_verified_address_opens_the_account_that_has_it(client, provider):
    user = with_password(UserFactory(email="Ann@example.org"))
    assert come_in(client, to="/account/").url == "/account/"
    assert who(client) == str(user.pk)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert set(provider.asked[0]["scope"][0].split()) == {"openid", "profile", "email"}
    assert "code_challenge" in provider.asked[0]


def test_the_account_is_known_by_the_provider_ever_after(client, provider):
    user = UserFactory(email="ann@example.org")
    come_in(client)
    client.post("/account/logout/")
    provider.claims["email"] = "ann.roe@example.org"
    come_in(client)
    assert who(client) == str(user.pk)


def test_who_was_invited_comes_in_without_a_password(client, provider):
    team = a_team()
    trainer = a_trainer(team)
    newcomer = Newcomer("ann@example.org")
    add_people(team=team, people=[newcomer], by=trainer, at=timezone.now())
    come_in(client)
    assert who(client) == str(User.objects.get(email="ann@example.org").pk)


def test_a_stranger_gets_no_account(client, provider):
    page = come_in(client)
    assert "Accounts are by invitation only" in page.text
    assert not User.objects.exists()


def test_a_stranger_gets_one_where_a_setting_says_so(client, provider, settings):
    settings.OIDC_SIGN_UP_OPEN = True
    come_in(client)
    user = User.objects.get()
    assert (user.email, user.get_full_name()) == ("ann@example.org", "Ann Roe")
    assert not user.has_usable_password()
    assert who(client) == str(user.pk)


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email": None}])
def test_an_address_that_is_not_verified_opens_nothing(
    client, provider, settings, claims
):
    settings.OIDC_SIGN_UP_OPEN = True
    UserFactory(email="ann@example.org")
    provider.claims |= claims
    page = come_in(client)
    assert page.status_code == 403
    assert "We could not find your account" in page.text
    assert who(client) is None
    assert not SocialAccount.objects.exists()


def test_an_address_that_was_never_confirmed_opens_nothing(client, provider):
    """Neither one that is proposed nor one that was only written into the account."""
    user = UserFactory(email="old@example.org")
    trust_address(user=user)
    trainer = UserFactory()
    with request_context(RequestFactory().get("/")):
        propose_address(user=user, new=ANN["email"], by=trainer, at=timezone.now())
    come_in(client)
    assert who(client) is None
    User.objects.filter(pk=user.pk).update(email=ANN["email"])
    assert come_in(client).status_code == 403
    assert who(client) is None
    assert not SocialAccount.objects.exists()


def test_a_closed_account_stays_closed(client, provider):
    UserFactory(email="ann@example.org", is_active=False)
    page = come_in(client)
    assert who(client) is None
    assert page.status_code in {302, 403}


def test_what_was_learnt_before_comes_along(client, provider, quiz_url):
    user = UserFactory(email="ann@example.org")
    finish(client, quiz_url, ["Right", "Right"])
    come_in(client)
    assert user.learner.enrolments.exists()
    assert not client.cookies["learner"].value


def test_the_second_step_is_still_asked_for(client, provider):
    user = UserFactory(email="ann@example.org")
    secret = with_second_factor(user)
    assert come_in(client).url == "/account/2fa/authenticate/"
    assert who(client) is None
    client.post("/account/2fa/authenticate/", {"code": app_code(secret)})
    assert who(client) == str(user.pk)


def test_the_door_of_the_admin_asks_for_the_role(client, provider):
    UserFactory(email="ann@example.org")
    come_in(client, to="/admin/")
    assert client.get("/admin/").status_code == 403


def test_a_token_for_another_site_is_refused(client, provider):
    UserFactory(email="ann@example.org")
    provider.claims["aud"] = "somebody-else"
    page = come_in(client)
    assert "Single sign-on did not work" in page.text
    assert who(client) is None


def test_an_answer_that_nobody_asked_for_is_refused(client, provider):
    UserFactory(email="ann@example.org")
    client.get(f"{DOOR}callback/", {"code": "one-time", "state": "forged"})
    assert who(client) is None


def test_a_provider_that_fails_is_said_and_leaves_the_other_ways(client, provider):
    provider.answers = False
    page = client.get(DOOR)
    assert "Single sign-on did not work" in page.text
    assert reverse("account_login") in page.text


def test_who_stops_half_way_is_told(client, provider):
    away = client.get(DOOR)
    state = away.url.partition("state=")[2].partition("&")[0]
    stopped = {"error": "access_denied", "state": state}
    page = client.get(f"{DOOR}callback/", stopped, follow=True)
    assert "Sign-in was cancelled" in page.text


def test_nobody_connects_a_second_account(client, provider):
    client.force_login(UserFactory())
    assert client.get(DOOR, {"process": "connect"}).status_code == 404


def test_what_the_provider_said_is_given_out_and_erased(client, provider):
    user = UserFactory(email="ann@example.org")
    come_in(client)
    held = register.export_person(None, user)["account"]["single_sign_on"]
    assert held[0]["uid"] == "ann-1"
    erase_person(learner=None, user=user, at=timezone.now())
    assert not SocialAccount.objects.exists()


def test_signing_out_says_that_the_provider_still_knows_them(client, provider):
    UserFactory(email="ann@example.org")
    come_in(client)
    page = client.post("/account/logout/", follow=True).text
    assert "You signed in with Clinic account and are still signed in there." in page
    assert "Sign out of Clinic account too" not in page


def test_signing_out_leads_to_the_end_of_the_providers_session(client, provider):
    provider.offers = {"end_session_endpoint": f"{provider.url}/end"}
    UserFactory(email="ann@example.org")
    come_in(client)
    page = client.post("/account/logout/", follow=True).text
    assert f'href="{provider.url}/end?client_id=anteroom&amp;' in page
    assert "post_logout_redirect_uri=http%3A%2F%2Ftestserver%2Faccount" in page


def test_who_came_by_password_reads_nothing_of_a_provider(client, provider):
    sign_in(client, with_password(UserFactory()))
    page = client.post("/account/logout/", follow=True).text
    assert "Clinic account" not in page
