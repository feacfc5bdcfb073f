"""Whichever way a page goes live, it is the version that was shown, or one is asked."""

import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.views.bulk_action.registry import bulk_action_registry as found
from wagtail.models import Page

from course.models import LessonPage
from tests.authoring.review.test_shown_versions import (
    edit_url,
    newest,
    saved_meanwhile,
    shown_form,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, admin_user):
    client.force_login(admin_user)
    return client


def live(lesson):
    return LessonPage.objects.get(pk=lesson.pk)


def bulk_url(*pages):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return f"{url}?{'&'.join(f'id={page.pk}' for page in pages)}"


def shown_in_bulk(client, *pages):
    """Return the answer of the page that asks, and what its form would send."""
    answer = client.get(bulk_url(*pages))
    form = BeautifulSoup(answer.text, "html.parser").select_one("main form")
    fields = {box["name"]: box.get("value", "") for box in form.select("[type=hidden]")}
    return answer, fields


def test_bulk_publish_shows_the_versions_and_publishes_them(admin, lesson, author):
    saved_meanwhile(lesson, author, main_message="Take five.")
    page, form = shown_in_bulk(admin, lesson)
    assert f"saved by {author}" in page.text
    assert "see what changed since it went live" in page.text
    admin.post(bulk_url(lesson), form)
    assert live(lesson).main_message == "Take five."


@pytest.mark.parametrize("mark", ["shown", "none"])
def test_bulk_publish_asks_again_where_somebody_saved_meanwhile(
    admin, lesson, author, mark
):
    before = live(lesson).main_message
    saved_meanwhile(lesson, author, main_message="Take five.")
    _page, form = shown_in_bulk(admin, lesson)
    saved_meanwhile(lesson, author, main_message="Take fifty.")
    sent = form if mark == "shown" else {}
    answer = admin.post(bulk_url(lesson), sent, follow=True)
    assert live(lesson).main_message == before
    assert "Nothing was published." in answer.text
    if mark == "shown":
        assert "Changed: Main message." in answer.text
    _page, form = shown_in_bulk(admin, lesson)
    admin.post(bulk_url(lesson), form)
    assert live(lesson).main_message == "Take fifty."


def test_of_several_none_goes_live_where_one_is_another(admin, lesson, author):
    course = lesson.get_parent().specific
    course.title = "Renamed"
    course.save_revision(user=author)
    saved_meanwhile(lesson, author, main_message="Take five.")
    _page, form = shown_in_bulk(admin, course, lesson)
    saved_meanwhile(lesson, author, main_message="Take fifty.")
    admin.post(bulk_url(course, lesson), form)
    assert Page.objects.get(pk=course.pk).title != "Renamed"


def test_drafts_below_are_shown_and_asked_about_too(admin, lesson, author):
    course = lesson.get_parent().specific
    lesson.unpublish()
    saved_meanwhile(lesson, author, main_message="Take five.")
    page, form = shown_in_bulk(admin, course)
    assert lesson.title in page.text
    saved_meanwhile(lesson, author, main_message="Take fifty.")
    below = {"include_descendants": "on"}
    answer = admin.post(bulk_url(course), form | below, follow=True)
    assert "Changed: Main message." in answer.text
    assert not live(lesson).live
    _page, form = shown_in_bulk(admin, course)
    admin.post(bulk_url(course), form | below)
    assert live(lesson).main_message == "Take fifty."


def test_nonsense_for_a_version_publishes_nothing(admin, lesson, author):
    saved_meanwhile(lesson, author, main_message="Take five.")
    for nonsense in ("{", "[]", '{"x": 1}', f'{{"{lesson.pk}": ["0", "x"]}}'):
        admin.post(bulk_url(lesson), {"shown": nonsense})
        assert live(lesson).main_message != "Take five."


def test_an_older_version_is_brought_back_over_nothing_that_was_not_shown(
    admin, lesson, author
):
    old = newest(lesson).save_revision(user=author)
    saved_meanwhile(lesson, author, main_message="Take five.")
    url = reverse("wagtailadmin_pages:revisions_revert", args=[lesson.pk, old.pk])
    page = admin.get(url).text
    marks = re.findall(r'name="(loaded_revision_\w+)" value="([^"]*)"', page)
    assert len(marks) == 2
    form = shown_form(lesson) | dict(marks) | {"action-publish": "yes"}
    saved_meanwhile(lesson, author, main_message="Take fifty.")
    answer = admin.post(url, form)
    assert "Changed: Main message." in answer.text
    assert live(lesson).main_message not in ("Take five.", "Take fifty.")
    assert newest(lesson).main_message == "Take fifty."


def test_what_is_scheduled_is_the_version_that_was_shown(admin, lesson, author):
    """Later edits wait: the schedule keeps the revision that was looked at."""
    soon = timezone.now() + dt.timedelta(hours=1)
    changes = {"main_message": "Take five.", "go_live_at": soon}
    revision = saved_meanwhile(lesson, author, **changes)
    revision.publish()
    draft = newest(lesson)
    draft.main_message, draft.go_live_at = "Take fifty.", None
    draft.save_revision(user=author)
    past = timezone.now() - dt.timedelta(hours=1)
    revision.refresh_from_db()
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    call_command("publish_scheduled")
    assert live(lesson).main_message == "Take five."
    assert newest(lesson).main_message == "Take fifty."


def test_scheduling_asks_again_like_publishing(admin, lesson, author):
    soon = timezone.localtime() + dt.timedelta(days=1)
    form = shown_form(lesson, go_live_at=soon.strftime("%Y-%m-%d %H:%M"))
    saved_meanwhile(lesson, author, main_message="Take fifty.")
    answer = admin.post(edit_url(lesson), form | {"action-publish": "yes"})
    assert "Changed: Main message." in answer.text
    scheduled = lesson.revisions.exclude(approved_go_live_at=None)
    assert not scheduled.exists()


def test_no_other_bulk_action_publishes():
    """What Wagtail adds has to be looked at here."""
    names = {
        each.action_type
        for each in found.get_bulk_actions_for_model("wagtailcore", "page")
    }
    assert names == {"publish", "unpublish", "move", "delete"}
    kind = found.get_bulk_action_class("wagtailcore", "page", "publish")
    assert kind.__module__ == "authoring.review.views.bulk_publishing"
