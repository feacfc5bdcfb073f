import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.test import Client
from django.urls import path

from config.urls import handler403, handler404, handler500
from config.urls import urlpatterns as site_urls
from home import views


def broken(request):
    raise RuntimeError("Broken on purpose.")


def refused(request):
    raise PermissionDenied


__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [path("broken/", broken), path("refused/", refused), *site_urls]


@pytest.fixture
def no_database(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("The database is down.")

    monkeypatch.setattr(connection, "cursor", refuse)


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.mark.django_db
def test_an_unknown_address_gets_a_page_with_a_way_on(client):
    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert "Go to the home page" in response.content.decode()


@pytest.mark.urls(__name__)
def test_an_error_page_is_whole_while_the_database_is_down(visitor, no_database):
    response = visitor.get("/broken/")

    text = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong" in text
    assert "emergency number" in text
    assert "css/anteroom.css" in text


def test_a_page_says_to_come_back_while_the_database_is_down(
    visitor, no_database, caplog
):
    response = visitor.get("/progress/")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "Wait a few minutes" in response.text
    [record] = [each for each in caplog.records if each.name == "home.views"]
    assert record.getMessage() == "The database does not work."


LONG = "Too many numbers.\nWhat is a <placebo>?"


@pytest.mark.urls(__name__)
def test_what_was_typed_is_on_the_page_that_could_not_take_it(visitor, no_database):
    sent = {
        "csrfmiddlewaretoken": "a b c",
        "words": LONG,
        "code": "12 34",
        "new_password": "four words in all",
        "body": '[{"type": "text", "value": "of an editor"}]',
        "empty": " ",
    }
    page = visitor.post("/broken/", sent).text
    assert "Copy it before you leave this page" in page
    assert "Too many numbers.<br>What is a &lt;placebo&gt;?" in page
    assert page.count("<blockquote") == 1
    # A long text is not above what somebody needs who feels unwell.
    assert page.index("If you feel very unwell") < page.index("<blockquote")


@pytest.mark.urls(__name__)
def test_a_page_about_which_nothing_was_typed_says_nothing_of_it(visitor, no_database):
    assert "What you typed" not in visitor.get("/broken/").text
    assert "What you typed" not in visitor.post("/broken/", {"clear": "yes"}).text


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_refusal_is_explained(visitor):
    response = visitor.get("/refused/")

    assert response.status_code == 403
    assert "You cannot see this page" in response.content.decode()


def test_a_request_nobody_understands_is_answered_without_reading_it(no_database):
    response = views.bad_request(None, None)

    assert response.status_code == 400
    assert "Nothing was saved." in response.content.decode()


@pytest.mark.django_db
def test_a_form_sent_without_its_cookie_leads_to_advice_and_a_way_back():
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/account/login/?next=/progress/", follow=True)

    assert response.request["PATH_INFO"] == "/not-saved/"
    assert response.status_code == 200
    assert "cookie" in response.text
    assert "Your choices" not in response.text
    assert 'href="/account/login/?next=/progress/"' in response.text


@pytest.mark.django_db
def test_a_form_of_the_administration_is_refused_in_place():
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/admin/password_reset/").status_code in (302, 403)
    assert strict.post("/admin/pages/1/edit/").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("back", ["//elsewhere.example/", "https://elsewhere.example"])
def test_the_way_back_never_leads_to_another_site(client, rf, back):
    page = client.get("/not-saved/", {"back": back})
    assert f'href="{back}' not in page.text

    led_to = views.csrf_failure(rf.post("//elsewhere.example/"))
    assert 'href="//elsewhere' not in client.get(led_to.url).text


@pytest.mark.django_db
def test_pages_switch_off_what_a_course_never_needs(client):
    policy = client.get("/").headers["Permissions-Policy"]

    for feature in ("camera", "microphone", "geolocation", "payment"):
        assert f"{feature}=()" in policy
