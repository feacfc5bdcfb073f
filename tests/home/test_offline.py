"""What a phone keeps without a network: public pages only, and where it may."""

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import PageViewRestriction

from course.models import LessonPage
from tests.factories import lessons_of
from tests.taking_quizzes import answer, form_of

pytestmark = pytest.mark.django_db


def listed(course, client=None):
    address = f"/offline/courses/{course.translation_key}/{course.locale_id}/"
    return (client or Client()).get(address)


@pytest.mark.parametrize(
    ("host", "secure", "status"),
    [
        ("localhost:8000", False, 200),
        ("127.0.0.1", False, 200),
        ("testserver", True, 200),
        ("testserver", False, 404),
        ("localhost.example.org", False, 404),
    ],
)
def test_the_worker_is_served_where_browsers_run_it(settings, host, secure, status):
    settings.ALLOWED_HOSTS = ["*"]
    worker = Client().get("/service-worker.js", secure=secure, headers={"host": host})
    assert worker.status_code == status
    if status == 200:
        assert worker["Content-Type"].startswith("text/javascript")
        assert worker["Cache-Control"] == "no-cache"
        assert "js/offline/worker" in worker.text
        assert "&" not in worker.text
        assert not worker.cookies


def test_only_workers_of_the_site_may_run():
    policy = Client().get("/offline/")["Content-Security-Policy"]
    assert "worker-src 'self';" in f"{policy};"


def test_the_list_names_the_course_its_lessons_and_their_papers(course, lesson):
    told, lessons = listed(course).json(), [each.url for each in lessons_of(course)]
    assert lesson.url in lessons
    assert told["pages"] == [course.url, f"{course.url}short/", *lessons]
    assert told["papers"] == [f"{each}quiz/paper/" for each in lessons]
    for address in [*told["pages"], f"{lesson.url}quiz/paper/"]:
        response = Client().get(address)
        assert response.status_code == 200, address
        assert not response.cookies


def test_its_version_changes_with_each_publication(course, lesson):
    before = listed(course).json()["version"]
    assert listed(course).json()["version"] == before
    LessonPage.objects.get(pk=lesson.pk).save_revision().publish()
    assert listed(course).json()["version"] != before


def test_a_course_that_not_everybody_may_read_is_not_kept(course, lesson):
    PageViewRestriction.objects.create(page=course, restriction_type="login")
    assert listed(course).status_code == 404


def test_nothing_is_kept_before_something_was_begun(client, course, quiz_url):
    assert "data-keep" not in client.get(quiz_url, follow=True).text
    feedback = client.get(answer(client, quiz_url, "Right").url).text
    assert "data-keep" in feedback
    assert str(course.translation_key) in feedback
    assert "data-keep" not in client.get(course.url).text


def test_the_offline_page_is_the_same_for_everybody(client, quiz_url):
    answer(client, quiz_url, "Right")
    page = Client().get("/offline/")
    assert page.text == client.get("/offline/").text
    assert not page.cookies
    assert "csrfmiddlewaretoken" not in page.text


def test_a_token_sends_an_answer_with_the_check_of_forms_on(quiz_url):
    client = Client(enforce_csrf_checks=True)
    form = form_of(client, quiz_url)
    form.address = f"{quiz_url}waiting/"
    refused = form.send(client, choice="not-sure")
    assert refused.status_code == 302
    token = client.get("/offline/token/").json()["token"]
    form.hidden["csrfmiddlewaretoken"] = token
    assert form.send(client, choice="not-sure").json()["outcome"] == "saved"


def test_the_privacy_page_says_what_a_phone_keeps():
    words = (settings.BASE_DIR / "home/content/3-privacy.md").read_text()
    assert "## Kept on your phone" in words
