"""The one door: password, code by e-mail, second factor, lock-out, reset."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Learner
from tests.factories import UserFactory
from tests.signing_in import (
    PASSWORD,
    app_code,
    mailed_code,
    sign_in,
    with_password,
    with_second_factor,
)
from tests.taking_quizzes import answer, finish

pytestmark = pytest.mark.django_db


# Which knows whether somebody goes on to My learning or to their progress.
AFTER = "/my-learning/after-sign-in/"


@pytest.fixture
def user():
    return with_password(UserFactory())


@pytest.fixture
def administrator():
    return with_password(UserFactory(administrator=True))


def who(client):
    """Return the number of the user signed in, as text, or None."""
    return client.session.get("_auth_user_id")


def test_the_right_password_opens_the_door(client, user):
    assert sign_in(client, user).url == "/progress/"
    assert who(client) == str(user.pk)


def test_the_address_may_be_written_in_any_case(client, user):
    user.email = user.email.upper()
    assert sign_in(client, user).status_code == 302


def test_nobody_is_sent_to_another_site(client, user):
    assert sign_in(client, user, to="https://example.com/").url == AFTER


def test_a_wrong_password_is_said_without_saying_who_has_an_account(client, user):
    stranger = UserFactory.build()
    texts = {
        re.sub(
            r"person\d+|[\w-]{60,}",
            "",
            sign_in(client, somebody, password="x", follow=True).text,
        )
        for somebody in (user, stranger)
    }
    assert len(texts) == 1
    assert "The e-mail address or password is incorrect" in texts.pop()


def test_five_bad_tries_lock_the_door_and_a_code_still_opens_it(
    client, user, mailoutbox
):
    for _try in range(5):
        sign_in(client, user, password="wrong")
    response = sign_in(client, user, follow=True)
    assert "Too many attempts" in response.text
    assert who(client) is None
    by_code(client, user, mailoutbox)
    assert who(client) == str(user.pk)


def test_another_port_in_the_request_opens_no_locked_door(client, user):
    for port in range(5):
        form = {"login": user.email, "password": "wrong"}
        client.post("/account/login/", form, headers={"host": f"testserver:{port + 1}"})
    response = sign_in(client, user, follow=True)
    assert "Too many attempts" in response.text


def by_code(client, user, mailoutbox):
    client.post("/account/login/code/", {"email": user.email})
    code = mailed_code(mailoutbox)
    return client.post("/account/login/code/confirm/", {"code": code})


def test_a_code_from_the_mail_signs_in_without_a_password(client, mailoutbox):
    user = UserFactory()
    assert by_code(client, user, mailoutbox).url == AFTER
    assert who(client) == str(user.pk)


def test_a_wrong_code_is_refused_and_three_end_it(client, user):
    client.post("/account/login/code/", {"email": user.email})
    for _try in range(3):
        response = client.post("/account/login/code/confirm/", {"code": "WRONG"})
    assert response.status_code == 302
    assert who(client) is None


def test_an_unknown_address_gets_the_same_page_and_a_mail(client, mailoutbox):
    page = client.post(
        "/account/login/code/", {"email": "nobody@example.org"}, follow=True
    )
    assert "nobody@example.org" in page.text
    assert "There is no account" in mailoutbox[-1].body


def test_the_second_factor_comes_before_the_session(client, user):
    secret = with_second_factor(user)
    assert sign_in(client, user).url == "/account/2fa/authenticate/"
    assert who(client) is None
    path = "/account/2fa/authenticate/"
    wrong = client.post(path, {"code": "000000"}, follow=True)
    assert "This code is incorrect" in wrong.text or "code" in wrong.text
    assert who(client) is None
    client.post("/account/2fa/authenticate/", {"code": app_code(secret)})
    assert who(client) == str(user.pk)


def test_a_recovery_code_opens_the_door_once(client, user):
    with_second_factor(user)
    rows = Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES)
    code = rows.get().wrap().get_unused_codes()[0]
    sign_in(client, user)
    client.post("/account/2fa/authenticate/", {"code": code})
    assert who(client) == str(user.pk)
    client.post("/account/logout/")
    sign_in(client, user)
    client.post("/account/2fa/authenticate/", {"code": code})
    assert who(client) is None


def test_nothing_is_merged_before_the_second_factor(client, user, quiz_url):
    secret = with_second_factor(user)
    finish(client, quiz_url, ["Right", "Right"])
    sign_in(client, user)
    assert Learner.objects.get().user is None
    client.post("/account/2fa/authenticate/", {"code": app_code(secret)})
    assert Learner.objects.present().get().user == user


def test_a_half_finished_quiz_goes_on_after_signing_in(client, user, quiz_url):
    answer(client, quiz_url, "Right")
    response = sign_in(client, user, to=quiz_url)
    assert response.url == quiz_url
    assert not client.cookies["learner"].value
    assert "Question 2 of 2" in client.get(quiz_url, follow=True).text
    finish(client, quiz_url, ["Right"])
    assert Learner.objects.present().get().user == user
    assert "1 of 2 lessons done" in client.get("/progress/").text


def test_whoever_is_signed_in_learns_in_their_account(client, user, quiz_url):
    sign_in(client, user)
    answer(client, quiz_url, "Right")
    learner = Learner.objects.get()
    assert (learner.user, learner.token) == (user, None)
    assert learner.attempts.get().answers.get().origin == "account"
    assert "learner" not in client.cookies


def test_a_closed_account_stays_outside(client, user):
    user.is_active = False
    user.save()
    assert sign_in(client, user).url == "/account/inactive/"
    assert "This account is closed" in client.get("/account/inactive/").text


@pytest.mark.parametrize(
    "path",
    ["/admin/login/", "/admin/login/?next=/admin/pages/", "/admin/password_reset/"],
)
def test_wagtails_own_door_leads_to_ours(client, path):
    response = client.get(path)
    assert response.status_code == 302
    assert response.url.startswith("/account/login/?next=/admin/")


@pytest.mark.parametrize(
    "path",
    [
        "/admin/login/",
        "/admin/password_reset/",
        "/admin/password_reset/done/",
        "/_util/login/",
    ],
)
def test_wagtails_own_door_takes_no_post(client, administrator, path):
    form = {"username": administrator.email, "password": PASSWORD}
    client.post(path, form)
    assert who(client) is None


def test_whoever_comes_to_the_door_of_private_pages_goes_on_to_their_page(client):
    door = client.get("/_util/login/?next=/some-page/")
    assert door.url == "/account/login/?next=/some-page/"
    assert client.get("/_util/login/").url == f"/account/login/?next={AFTER}"


def test_the_editor_asks_to_sign_in_at_our_door(client):
    assert client.get("/admin/").url == "/account/login/?next=/admin/"


def test_administrators_get_in(client, administrator):
    sign_in(client, administrator)
    assert client.get("/admin/").status_code == 200


def test_whoever_may_not_edit_is_told_so_and_not_sent_round(client, user):
    sign_in(client, user)
    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/login/", follow=True).status_code in (200, 403)


def test_the_setting_asks_editors_for_a_second_factor(client, administrator, settings):
    settings.ADMIN_REQUIRES_SECOND_FACTOR = True
    sign_in(client, administrator)
    page = client.get("/admin/", follow=True)
    path, _status = page.redirect_chain[-1]
    assert path.startswith("/account/reauthenticate/?next=%2Faccount%2F2fa%2Ftotp")
    assert "you need a second step" in page.text
    assert client.get("/admin/pages/").status_code == 302
    with_second_factor(administrator)
    assert client.get("/admin/").status_code == 200


def test_the_setting_asks_nothing_of_learners(client, user, settings):
    settings.ADMIN_REQUIRES_SECOND_FACTOR = True
    sign_in(client, user)
    assert client.get("/progress/").status_code == 200


def test_the_account_pages_ask_to_sign_in(client):
    for name in ("account", "account_email", "account_change_password", "mfa_index"):
        assert client.get(reverse(name)).url.startswith("/account/login/")


def test_looking_at_the_sign_in_page_starts_no_session(client):
    client.get("/account/login/")
    assert set(client.cookies) == {"csrftoken"}


def test_reading_asks_nobody_who_they_are(client, lesson):
    with CaptureQueriesContext(connection) as captured:
        client.get(lesson.url)
    tables = str(captured.captured_queries)
    assert "django_session" not in tables
    assert "accounts_user" not in tables
