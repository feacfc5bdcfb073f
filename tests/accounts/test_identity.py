"""Who a request comes from is one object, which knows it for the whole request."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from accounts.identity import COOKIE, identity_for, learner_for, signed_in_user
from accounts.models import Learner
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def request_of_a_new_browser():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return request


def test_a_new_browser_is_the_same_to_everybody_who_asks(request_of_a_new_browser):
    first = identity_for(request_of_a_new_browser)
    assert identity_for(request_of_a_new_browser) == first
    assert first.mark == identity_for(request_of_a_new_browser).mark


def test_two_requests_of_new_browsers_are_two(request_of_a_new_browser):
    other = RequestFactory().get("/")
    other.user = AnonymousUser()
    assert identity_for(other) != identity_for(request_of_a_new_browser)


def test_the_learner_is_asked_for_once(client, django_assert_num_queries, settings):
    user = UserFactory()
    learner = Learner.objects.create(user=user, created_at=NOW, last_active_at=NOW)
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "kept"
    request.user = user
    with django_assert_num_queries(1):
        assert {learner_for(request), learner_for(request)} == {learner}


def test_a_forged_cookie_is_nobody_and_asks_nothing(
    request_of_a_new_browser, django_assert_num_queries
):
    request_of_a_new_browser.COOKIES[COOKIE] = f"{uuid.uuid4()}:forged"
    with django_assert_num_queries(0):
        assert learner_for(request_of_a_new_browser) is None


def test_whoever_signs_in_during_the_request_is_known_from_then_on(
    request_of_a_new_browser, settings
):
    assert signed_in_user(request_of_a_new_browser) is None
    browser = identity_for(request_of_a_new_browser)
    user = UserFactory()
    request_of_a_new_browser.COOKIES[settings.SESSION_COOKIE_NAME] = "kept"
    request_of_a_new_browser.user = user
    assert identity_for(request_of_a_new_browser).user == user
    assert identity_for(request_of_a_new_browser) != browser
