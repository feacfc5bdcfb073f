"""Signing out, and what a browser may keep of somebody."""

import pytest
from django.contrib.sessions.models import Session

from tests.factories import UserFactory
from tests.signing_in import (
    sign_in,
    with_password,
)
from tests.taking_quizzes import answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return with_password(UserFactory())


@pytest.fixture
def administrator():
    return with_password(UserFactory(administrator=True))


def who(client):
    """Return the number of the user signed in, as text, or None."""
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("door", ["/account/logout/", "/admin/logout/"])
def test_signing_out_leaves_nothing_behind(client, administrator, quiz_url, door):
    sign_in(client, administrator)
    answer(client, quiz_url, "Right")
    response = client.post(door)
    assert response.url == "/account/signed-out/"
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert not [name for name, cookie in client.cookies.items() if cookie.value]
    assert not Session.objects.exists()
    # As a browser does with cookies that were taken back.
    client.cookies.clear()
    page = client.get("/account/signed-out/")
    assert "Your data has been removed" in page.text
    assert not page.cookies
    assert "There are no answers from this browser" in client.get("/progress/").text


def test_signing_out_asks_first(client, user):
    sign_in(client, user)
    assert "Sign out?" in client.get("/account/logout/").text
    assert who(client) == str(user.pk)


def test_no_cache_keeps_a_page_made_for_one_person(client, user, course, lesson):
    assert "no-store" not in client.get(lesson.url).get("Cache-Control", "")
    sign_in(client, user)
    for path in (lesson.url, course.url, "/progress/", "/account/", "/"):
        assert "no-store" in client.get(path)["Cache-Control"], path


def test_only_their_own_browser_may_keep_a_learners_pages_to_go_back(
    client, course, lesson, quiz_url
):
    answer(client, quiz_url, "Right")
    for path in (lesson.url, course.url, "/"):
        assert client.get(path)["Cache-Control"] == "private, no-cache", path
    for path in (
        f"{quiz_url}2/",
        f"{quiz_url}answer/1/",
        "/progress/",
        "/account/login/",
    ):
        assert "no-store" in client.get(path)["Cache-Control"], path


def test_back_shows_nothing_of_data_that_was_deleted(client, quiz_url):
    answer(client, quiz_url, "Right")
    response = client.post("/progress/delete/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
