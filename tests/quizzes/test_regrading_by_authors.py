"""Marking again in the admin: by which routes it comes, and what its author sees."""

import datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from course.models import LessonPage
from quizzes.models import Grade
from tests.factories import UserFactory
from tests.quizzes.editing import kept_fields, lesson_form
from tests.quizzes.regrading import (
    a_lesson_of,
    an_answered_lesson,
    cost_of,
    draft_of,
    scores,
    take,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    return an_answered_lesson()


@pytest.fixture
def admin():
    client = Client()
    client.user = UserFactory(administrator=True)
    client.force_login(client.user)
    return client


def by_the_editor(lesson, admin):
    questions = lesson.questions.all()
    first, *others = (kept_fields(question) for question in questions)
    options = first["options"]
    options["0"]["value"].pop("right")
    options["1"]["value"]["right"] = "on"
    chosen = {"given_answers": "re_mark", "kind_of_change": "content"}
    form = lesson_form(lesson, [first, *others], **chosen)
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    response = admin.post(url, form | {"action-publish": "action-publish"})
    assert response.status_code == 302


def by_a_workflow(lesson, admin):
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Look at it")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    draft_of(lesson, given_answers="re_mark")
    page = LessonPage.objects.get()
    state = workflow.start(page, user=admin.user)
    state.current_task_state.approve(user=admin.user)


def by_schedule(lesson, _admin):
    soon = timezone.now() + datetime.timedelta(hours=1)
    revision = draft_of(lesson, given_answers="re_mark", go_live_at=soon)
    revision.publish()
    past = timezone.now() - datetime.timedelta(hours=1)
    revision.refresh_from_db()
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    call_command("publish_scheduled")


def by_a_bulk_action(lesson, admin):
    draft_of(lesson, given_answers="re_mark")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    url = f"{url}?id={lesson.pk}"
    shown = admin.get(url).context["form"]["shown"].value()
    response = admin.post(url, {"shown": shown})
    assert response.status_code == 302


def by_code(lesson, _admin):
    draft_of(lesson, given_answers="re_mark").publish()


ROUTES = (by_the_editor, by_a_workflow, by_schedule, by_a_bulk_action, by_code)
IN_THE_ADMIN = (by_the_editor, by_a_bulk_action)


@pytest.mark.parametrize("route", ROUTES)
def test_it_takes_effect_by_whatever_route_a_draft_goes_live(lesson, admin, route):
    route(lesson, admin)
    assert LessonPage.objects.get().live
    assert scores() == [2, 3, 2, 2]
    assert LessonPage.objects.get().given_answers == "keep"
    assert lesson.get_latest_revision_as_object().given_answers == "keep"
    if route in IN_THE_ADMIN:
        # Whoever publishes there is the actor.
        assert {g.actor for g in Grade.objects.filter(run=2)} == {admin.user}


# What the author sees


def editor_of(lesson, admin):
    return admin.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).text


def test_the_review_tab_counts_for_the_choice_made_and_for_each(lesson, admin):
    draft_of(lesson, given_answers="re_mark")
    text = " ".join(editor_of(lesson, admin).split())
    assert (
        "4 attempts affected: 2 unchanged, 1 would go up, 1 would drop below the pass mark"
        in text
    )
    assert lesson.questions.first().stem in text
    assert "Mark them again with the new answer <strong>(chosen)</strong>" in text


def test_the_panel_is_there_only_when_marking_would_differ(lesson, admin):
    draft_of(lesson, right="Right", title="Other words")
    assert "data-regrade-panel" not in editor_of(lesson, admin)
    draft_of(lesson, right="Right", pass_share=80)
    assert "data-regrade-panel" in editor_of(lesson, admin)


def test_a_new_lesson_has_no_panel(lesson, admin):
    url = reverse(
        "wagtailadmin_pages:add", args=["course", "lessonpage", lesson.get_parent().pk]
    )
    assert "data-regrade-panel" not in admin.get(url).text


@pytest.mark.sweep
def test_the_panel_costs_the_same_for_few_and_for_many(admin):
    costs = []
    for people in (2, 12):
        lesson = a_lesson_of(questions=2)
        for _person in range(people):
            take(lesson, "Wrong", "Wrong")
        draft_of(lesson)
        url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
        admin.get(url)
        costs.append(cost_of(lambda url=url: admin.get(url)))
    assert costs[0] == costs[1]
