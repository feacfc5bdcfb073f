"""Rows of README's settings table, seen at a site with HTTPS in front of it."""

import re

import pytest
import requests

from tests.identity_provider import CLIENT_ID, SECRET
from tests.script.rows import Rows
from tests.served import Visitor

pytestmark = pytest.mark.sweep
ROWS = Rows()
LESSON = "/stem-cell-therapy-for-hair-loss/stem-cell-basics/"
DOOR = "/account/single-sign-on/sso/"
ANN = {"sub": "ann-1", "email": "ann@example.org", "name": "Ann Roe"}


@pytest.fixture(scope="module")
def site(served, front, provider):
    site = served(ROWS, front=front, provider=provider)
    front.behind = (site.host, int(site.told["PORT"]))
    return site


@pytest.fixture
def visit(site, front):
    return lambda **named: Visitor(front.url, trusts=front.certificate, **named)


@pytest.fixture
def visitor(visit):
    return visit()


@ROWS.sets(SITE_URL="{front.url}")
def test_a_secure_address_makes_all_of_it_secure(visitor, administrator):
    page = visitor.get("/account/login/")
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert visitor.sign_in(administrator).url.endswith("/progress/")
    assert {cookie.name for cookie in visitor.cookies} >= {"csrftoken", "sessionid"}
    assert all(cookie.secure for cookie in visitor.cookies)


def test_patients_answer_at_a_secure_address(visitor):
    page = visitor.answer_first_question(LESSON)
    assert page.url.startswith(f"{visitor.url}{LESSON}quiz/answer/1/")
    assert LESSON in visitor.get("/progress/").text


def test_whoever_comes_past_the_server_in_front_is_led_to_it(site, front):
    answer = requests.get(site.url + LESSON, allow_redirects=False, timeout=60)
    # Django cannot know the port that is seen outside: it says the host it was asked.
    assert answer.status_code == 301
    assert answer.headers["Location"].startswith("https://")


def test_the_site_answers_to_no_other_name(site):
    other = {"Host": "elsewhere.example", "X-Forwarded-Proto": "https"}
    assert requests.get(site.url, headers=other, timeout=60).status_code == 400


def test_a_form_of_another_site_is_refused(visitor):
    page = visitor.get("/account/login/")
    evil = {"Origin": "https://elsewhere.example", "Referer": page.url}
    form = {"login": "a@example.org", "password": "wrong"}
    answer = visitor.post(page.url, data=form, headers=evil)
    assert "/not-saved/" in answer.url


@ROWS.sets(ADMIN_REQUIRES_SECOND_FACTOR="true")
def test_whoever_may_edit_sets_up_a_second_step_first(visitor, administrator):
    visitor.sign_in(administrator)
    door = visitor.get("/admin/", allow_redirects=False)
    assert door.headers["Location"] == "/account/2fa/totp/activate/"


@ROWS.sets(TRUSTED_PROXIES="1")
def test_bad_tries_are_counted_by_the_address_that_came_to_the_server(visit):
    guesser, neighbour = visit(comes_from="127.0.0.2"), visit(comes_from="127.0.0.3")
    # Whatever a visitor says of where they come from is not believed.
    said = [guess(guesser, number) for number in range(12)]
    assert any("Too many" in page for page in said)
    assert "Too many" not in guess(neighbour, 99)


def guess(visitor, number):
    visitor.headers["X-Forwarded-For"] = f"192.0.2.{number}"
    login = f"nobody{number}@example.org"
    return visitor.fill_in("/account/login/", login=login, password="wrong").text


@pytest.fixture
def comes_in(visitor, provider):
    """Return a function that comes through the provider with these claims."""

    def come(**claims):
        provider.claims = ANN | claims
        provider.asked.clear()
        return visitor.get(DOOR)

    return come


@ROWS.sets(OIDC_SERVER_URL="{provider.url}", OIDC_NAME="Clinic account")
@ROWS.sets(OIDC_CLIENT_ID=CLIENT_ID, OIDC_CLIENT_SECRET=SECRET)
def test_single_sign_on_goes_to_that_server_and_back(visitor, comes_in, provider):
    assert "Sign in with Clinic account" in visitor.get("/account/login/").text
    page = comes_in(email_verified=True)
    [asked] = provider.asked
    assert asked["client_id"] == [CLIENT_ID]
    assert asked["redirect_uri"] == [f"{visitor.url}{DOOR}callback/"]
    assert page.url == f"{visitor.url}/progress/"


@ROWS.sets(OIDC_SIGN_UP_OPEN="true", OIDC_TRUSTS_ADDRESSES="true")
def test_the_server_vouches_for_people_whom_nobody_invited(visitor, comes_in):
    comes_in(sub="bo-1", email="bo@example.org", name="Bo Lee")
    assert "bo@example.org" in visitor.get("/account/").text


def test_mail_is_printed_where_no_setting_says_where_it_goes(
    site, visitor, administrator
):
    visitor.fill_in("/account/login/code/", email=administrator[0])
    mail = site.said[site.said.rindex("Subject: ") :]
    assert "From: anteroom@localhost" in mail
    assert re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", mail, re.M)
