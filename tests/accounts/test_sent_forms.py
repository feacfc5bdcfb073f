"""What was sent in a form and was wrong: kept for a GET, briefly, for one person."""

import re

import pytest
import time_machine
from django.core import signing
from django.core.cache import cache
from django.forms import CharField, Form
from django.utils import timezone

from accounts.sent_forms import SentForm
from tests.factories import UserFactory
from tests.signing_in import PASSWORD, app_code, sign_in, with_password

pytestmark = pytest.mark.django_db

ERROR = "<title>Error: "


@pytest.fixture(autouse=True)
def no_tries_yet():
    cache.clear()


@pytest.fixture
def user():
    return with_password(UserFactory(email="anna@example.org"))


def wrongly(client, user):
    """Give a wrong password and return where that leads."""
    return sign_in(client, user, password="wrong").url


def test_the_page_says_it_again_when_it_is_loaded_again(client, user):
    url = wrongly(client, user)
    assert client.get(url).text.count(ERROR) == 1
    assert client.get(url).text.count(ERROR) == 1


def test_where_somebody_was_going_is_not_lost(client, user):
    page = client.get(wrongly(client, user)).text
    assert '<input type="hidden" name="next" value="/progress/">' in page


def test_nothing_is_left_once_it_was_put_right(client, user):
    url = wrongly(client, user)
    sign_in(client, user)
    assert not client.cookies["sent_form"].value
    client.post("/account/logout/")
    assert ERROR not in client.get(url).text


def test_it_ends_after_ten_minutes(client, user):
    url = wrongly(client, user)
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=11)):
        page = client.get(url).text
    assert ERROR not in page
    assert user.email not in page


def test_it_is_shown_at_its_own_address_only(client, user):
    query = wrongly(client, user).partition("?")[2]
    page = client.get(f"/account/login/code/?{query}").text
    assert ERROR not in page
    assert user.email not in page


def test_it_is_shown_to_nobody_else(client, user):
    client.force_login(user)
    form = {"oldpassword": "wrong", "password1": "x"}
    url = client.post("/account/password/change/", form).url
    assert ERROR in client.get(url).text
    kept = client.cookies["sent_form"].value
    client.force_login(with_password(UserFactory()))
    client.cookies["sent_form"] = kept
    assert ERROR not in client.get(url).text


def test_signing_out_drops_it(client, user):
    client.force_login(user)
    client.post("/account/password/change/", {"oldpassword": "wrong"})
    client.post("/account/logout/")
    assert not client.cookies["sent_form"].value


def test_a_cookie_that_was_altered_shows_nothing(client, user):
    url = wrongly(client, user)
    client.cookies["sent_form"] = client.cookies["sent_form"].value + "x"
    assert ERROR not in client.get(url).text


@pytest.mark.parametrize("letter", ["x", "字", "\x00", "<"])
def test_whatever_is_typed_the_cookie_is_one_that_browsers_keep(client, letter):
    form = {"login": letter * 100_000, "password": letter * 100_000}
    url = client.post("/account/login/", form).url
    assert len(client.cookies["sent_form"].output()) < 4096
    assert ERROR in client.get(url).text


def test_a_mistyped_code_keeps_the_key_that_the_app_has_read(client, user):
    sign_in(client, user)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    path = "/account/2fa/totp/activate/"
    secret = key_on(client.get(path))
    again = client.get(client.post(path, {"code": "000000"}).url)
    assert ERROR in again.text
    assert key_on(again) == secret
    # Going back fetches the page once more.
    assert key_on(client.get(path)) == secret
    done = client.post(path, {"code": app_code(secret)})
    assert done.url == "/account/2fa/recovery-codes/"


def test_a_key_that_was_used_is_not_offered_again(client, user):
    sign_in(client, user)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    path = "/account/2fa/totp/activate/"
    secret = key_on(client.get(path))
    client.post(path, {"code": app_code(secret)})
    client.post("/account/2fa/totp/deactivate/")
    assert key_on(client.get(path)) != secret


def key_on(page):
    return re.search(r'app-key">(\w+)<', page.text)[1]


@pytest.mark.parametrize(
    "kept",
    [
        ["/account/login/", "", "error", {"login": "ann"}, {}],
        {"path": "/account/login/", "whose": "", "sign": "error"},
        {
            "path": "/account/login/",
            "whose": "",
            "sign": "error",
            "typed": 1,
            "errors": 2,
        },
        "something else",
    ],
)
def test_a_cookie_of_another_release_counts_as_none(client, kept):
    client.cookies["sent_form"] = signing.dumps(kept, salt="accounts.sent_forms")
    page = client.get("/account/login/?error")
    assert page.status_code == 200
    assert ERROR not in page.text


def test_an_error_in_a_field_that_is_gone_is_left_out(client):
    kept = {
        "path": "/account/login/",
        "whose": "",
        "sign": "error",
        "typed": {"nickname": "ann"},
        "errors": {"nickname": ["Wrong"], "login": ["Enter it."]},
    }
    client.cookies["sent_form"] = signing.dumps(kept, salt="accounts.sent_forms")
    page = client.get("/account/login/?error").text
    assert "Enter it." in page
    assert "Wrong" not in page


def test_errors_are_shown_in_the_order_they_were_found():
    form = Form()
    names = [f"field_{number}" for number in range(20)]
    form.fields = {name: CharField(required=False) for name in names}
    errors = {name: ["Enter it."] for name in reversed(names)}
    SentForm("/", "", "error", {}, errors).show_in(form)
    assert list(form.errors) == list(errors)
