"""The editor and a report say what the rules find, for a pack and a page alike."""

# ruff: noqa: RUF001 -- an en dash joins two names.

import csv
import html
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from authoring.review.queries.checks import checks_of
from course.models import LessonPage
from tests.content.conftest import FOLDERS
from tests.factories import UserFactory, a_course, lessons_of
from tests.roles import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = UserFactory(administrator=True)
    client.force_login(user)
    return client


def checked(lesson):
    return checks_of([lesson], timezone.localdate())[0]


EXPLAINED_ON_THE_SPOT = {
    ("stem-cell-basics", "Alopecia areata"),
    ("stem-cell-basics", "DHT"),
}


def test_the_shipped_lessons_keep_the_rules_as_pages(db):
    call_command("load_course", FOLDERS[0], verbosity=0)
    lessons = list(LessonPage.objects.order_by("path"))
    broken = [
        (lesson.slug, finding)
        for lesson, checks in zip(
            lessons, checks_of(lessons, timezone.localdate()), strict=True
        )
        for finding in (*checks.findings, *checks.item_findings)
        if (lesson.slug, getattr(finding, "where", "")) not in EXPLAINED_ON_THE_SPOT
    ]
    assert len(lessons) == 5
    assert broken == [], "\n".join(map(str, broken))


def test_the_panel_judges_the_draft(administrator):
    lesson = lessons_of(a_course(lessons=1))[0]
    lesson.main_message = "It cures baldness."
    lesson.save_revision()
    page = administrator.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    text = html.unescape(page.text)
    assert "“cures” sounds like a promise." in text
    assert "Flesch–Kincaid grade" in text
    assert "The “what we do not know” block is missing." in text


def report(client, **query):
    return client.get(reverse("content_health:index"), query)


def test_the_report_lists_lessons_with_what_is_to_be_fixed(administrator):
    lesson = lessons_of(a_course(lessons=1))[0]
    lesson.questions.update(review_status="to_check")
    text = report(administrator).text
    assert lesson.title in text
    assert reverse("wagtailadmin_pages:edit", args=[lesson.pk]) in text
    rows = list(
        csv.DictReader(io.StringIO(exported(administrator, "csv").decode("utf-8-sig")))
    )
    assert rows[0]["Lesson"] == lesson.title
    assert int(rows[0]["To check"]) == lesson.questions.count() > 0
    assert f"<td>{rows[0]['Words']}" in "".join(text.split())
    assert int(rows[0]["Findings"]) == checked(LessonPage.objects.get()).count


def test_a_quiz_without_a_word_has_no_grade(administrator):
    lesson = lessons_of(a_course(lessons=1))[0]
    lesson.questions.all().delete()
    rows = list(
        csv.DictReader(io.StringIO(exported(administrator, "csv").decode("utf-8-sig")))
    )
    assert rows[0]["Grade"] != ""
    assert rows[0]["Quiz grade"] == ""


def exported(client, form):
    return b"".join(report(client, export=form).streaming_content)


def test_no_title_becomes_a_formula_in_a_file(administrator):
    lesson = lessons_of(a_course(lessons=1))[0]
    LessonPage.objects.filter(pk=lesson.pk).update(title="=1+1")
    assert "'=1+1" in exported(administrator, "csv").decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(exported(administrator, "xlsx"))).active
    cell = sheet["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_report_can_be_filtered(administrator):
    first, second = lessons_of(a_course(lessons=2))
    second.unpublish()
    assert first.title in report(administrator, status="live").text
    assert second.title not in report(administrator, status="live").text


@pytest.mark.sweep
def test_the_report_asks_as_often_for_three_lessons_as_for_twelve(administrator):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            report(administrator)
        return len(queries)

    a_course(lessons=3)
    report(administrator)
    few = asked()
    a_course(lessons=9)
    assert asked() <= few


def test_those_who_may_not_edit_see_no_report(client):
    client.force_login(a_person("Trainer"))
    assert report(client).status_code == 403
