"""A page that was renamed or moved is found where it was, with all that is below it."""

import pytest
from wagtail.models import Page

from home.models import FormerAddress

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Return a function that publishes a page with another slug."""

    def publish(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        page.refresh_from_db()

    return publish


def test_links_to_a_renamed_lesson_lead_to_it(client, rename, lesson):
    before = lesson.url
    rename(lesson, "another-name")

    response = client.get(f"{before}?from=mail")

    assert response.status_code == 302
    assert response["Location"] == f"{lesson.url}?from=mail"


@pytest.mark.parametrize("below", ["quiz/1/", "print/"])
def test_what_is_below_a_renamed_lesson_has_moved_with_it(
    client, rename, lesson, below
):
    before = lesson.url
    rename(lesson, "another-name")

    response = client.get(before + below, follow=True)

    assert response.redirect_chain[-1] == (lesson.url + below, 302)
    assert response.status_code == 200


def test_lessons_have_moved_with_a_renamed_course(client, rename, course, lesson):
    before = lesson.url
    rename(course, "another-course")
    rename(lesson, "another-name")
    lesson.refresh_from_db()

    response = client.get(f"{before}quiz/1/", follow=True)

    assert response.redirect_chain[-1][0] == "/another-course/another-name/quiz/1/"
    assert response.status_code == 200


def test_a_moved_lesson_is_found(client, course, lesson):
    before = lesson.url
    lesson.move(course.get_parent(), pos="last-child")

    assert client.get(before)["Location"] == Page.objects.get(pk=lesson.pk).url


def test_a_page_that_has_the_address_now_is_shown(client, rename, lesson):
    before = lesson.url
    rename(lesson, "another-name")
    other = lesson.get_siblings(inclusive=False).first().specific
    rename(other, before.rstrip("/").rpartition("/")[2])

    assert client.get(before).status_code == 200
    assert client.get(f"{before}nothing/").status_code == 404


def test_two_pages_that_swapped_addresses_lead_nobody_in_circles(
    client, rename, lesson
):
    other = lesson.get_siblings(inclusive=False).first().specific
    one, two = lesson.slug, other.slug
    rename(lesson, "between")
    rename(other, one)
    rename(lesson, two)

    for page in (lesson, other):
        assert client.get(page.url).status_code == 200
        assert client.get(f"{page.url}nothing/").status_code == 404


def test_a_page_that_is_not_live_is_not_led_to(client, rename, lesson):
    before = lesson.url
    rename(lesson, "another-name")
    lesson.unpublish()

    assert client.get(before).status_code == 404


def test_other_addresses_that_no_page_has_are_not_found(client, rename, lesson):
    rename(lesson, "another-name")

    assert client.get("/nothing/here/").status_code == 404
    assert client.get("/%00/").status_code in {400, 404}


def test_a_change_of_the_title_alone_keeps_no_address(lesson):
    lesson.title = "Another title"
    lesson.save_revision().publish()

    assert not FormerAddress.objects.exists()
