"""A language goes live only when its own reviewer signed, whichever way is tried."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, Workflow, WorkflowTask

from authoring.review.models import ClinicalReview
from course.events import UnableToGoLive
from course.models import CoursePage, LessonPage
from tests.authoring.review.test_clinical_review import act, sign_off, submit
from tests.authoring.review.test_ways_to_publish import bulk_url, shown_in_bulk
from tests.factories import a_translation, sign
from tests.quizzes.editing import kept_fields, lesson_form
from tests.roles import a_person

pytestmark = pytest.mark.django_db

SIGNATURE = {"name": "Dra. Ada Ejemplo", "role": "dermatóloga"}
MUST_SIGN = "A clinical reviewer must sign this translation before it can be published."


@pytest.fixture(autouse=True)
def taught_in_spanish(settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]


@pytest.fixture
def author():
    return a_person("Author")


@pytest.fixture
def es(author):
    return Locale.objects.create(language_code="es")


@pytest.fixture
def draft(course, es):
    """The course in Spanish, which nobody signed."""
    a_translation(course.get_parent().specific)
    return course.copy_for_translation(es)


@pytest.fixture
def spanish(course, es):
    """The course in Spanish, signed and live."""
    return a_translation(course)


@pytest.fixture
def lesson_draft(lesson, spanish, es):
    """A lesson of the live Spanish course that nobody signed."""
    copy = lesson.copy_for_translation(es)
    copy.save_revision()
    return copy


def now_live(page):
    return type(page).objects.get(pk=page.pk).live


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def form_of(lesson, **changes):
    questions = [kept_fields(question) for question in lesson.questions.all()]
    return lesson_form(lesson, questions, **changes)


class TestNoWayIn:
    @pytest.mark.parametrize("skip", [True, False])
    @pytest.mark.parametrize("kind", ["draft", "lesson_draft"])
    def test_by_code(self, request, kind, skip):
        page = request.getfixturevalue(kind)
        with pytest.raises(UnableToGoLive, match="must sign this translation"):
            page.save_revision().publish(skip_permission_checks=skip)
        assert not now_live(page)

    def test_as_a_new_page(self, course, spanish):
        new = CoursePage(
            title="Otro",
            slug="otro",
            summary="Qué es.",
            last_checked=course.last_checked,
            next_check=course.next_check,
            live=True,
        )
        spanish.get_parent().add_child(instance=new)
        assert not now_live(new)

    def test_by_the_editor(self, admin_client, lesson_draft):
        page = admin_client.get(edit_url(lesson_draft)).text
        assert MUST_SIGN in page
        assert 'name="action-publish"' not in page
        form = form_of(lesson_draft, main_message="Otra cosa.")
        answer = admin_client.post(
            edit_url(lesson_draft), form | {"action-publish": "yes"}, follow=True
        )
        assert f"Your changes are saved as a draft. {MUST_SIGN}" in answer.text
        assert not now_live(lesson_draft)
        newest = LessonPage.objects.get(pk=lesson_draft.pk)
        assert newest.get_latest_revision_as_object().main_message == "Otra cosa."

    def test_by_the_editor_of_a_new_page(self, admin_client, lesson_draft, spanish):
        form = lesson_form(lesson_draft, [], slug="nueva") | {"action-publish": "yes"}
        url = reverse(
            "wagtailadmin_pages:add", args=["course", "lessonpage", spanish.pk]
        )
        answer = admin_client.post(url, form, follow=True)
        assert MUST_SIGN in answer.text
        assert not LessonPage.objects.get(slug="nueva").live

    def test_by_the_editor_on_a_day(self, admin_client, lesson_draft):
        soon = timezone.localtime() + dt.timedelta(days=1)
        form = form_of(lesson_draft, go_live_at=soon.strftime("%Y-%m-%d %H:%M"))
        admin_client.post(edit_url(lesson_draft), form | {"action-publish": "yes"})
        assert not lesson_draft.revisions.exclude(approved_go_live_at=None).exists()

    def test_among_several(self, admin_client, lesson_draft):
        page = admin_client.get(bulk_url(lesson_draft))
        assert "Yes, publish" not in page.text
        assert MUST_SIGN in page.text
        admin_client.post(bulk_url(lesson_draft), {})
        assert not now_live(lesson_draft)

    def test_below_another(self, admin_client, spanish, lesson_draft):
        page, form = shown_in_bulk(admin_client, spanish)
        assert lesson_draft.title not in page.text
        admin_client.post(bulk_url(spanish), form | {"include_descendants": "on"})
        assert not now_live(lesson_draft)

    def test_by_the_api(self, admin_client, lesson_draft):
        answer = admin_client.post(
            f"/admin/api/main/pages/{lesson_draft.pk}/action/publish/"
        )
        assert answer.status_code == 403
        assert not now_live(lesson_draft)

    def test_on_schedule(self, lesson_draft, lesson):
        """What was scheduled too early holds up nothing else."""
        past = timezone.now() - dt.timedelta(hours=1)
        lesson.main_message = "In time."
        for page in (lesson_draft, lesson):
            revision = page.save_revision()
            revision.approved_go_live_at = past
            revision.save()
        call_command("publish_scheduled")
        assert not now_live(lesson_draft)
        assert LessonPage.objects.get(pk=lesson.pk).main_message == "In time."
        assert not lesson_draft.revisions.exclude(approved_go_live_at=None).exists()

    def test_by_a_workflow_that_nobody_signs_in(self, lesson_draft, author):
        task = GroupApprovalTask.objects.create(name="Any", active=True)
        task.groups.set(author.groups.all())
        workflow = Workflow.objects.create(name="Other", active=True)
        WorkflowTask.objects.create(workflow=workflow, task=task)
        step = workflow.start(lesson_draft, author).current_task_state.specific
        act(step, author, "approve", comment="")
        assert not now_live(lesson_draft)

    def test_by_a_sign_off_of_the_original_or_of_other_words(
        self, lesson_draft, lesson
    ):
        sign(lesson)
        sign(lesson_draft)
        lesson_draft.main_message = "Otra cosa."
        with pytest.raises(UnableToGoLive):
            lesson_draft.save_revision().publish()

    def test_by_a_copy_of_a_live_translation(self, spanish):
        lesson = spanish.copy(
            update_attrs={"slug": "copia"}, keep_live=True, recursive=True
        )
        assert not now_live(lesson)


class TestItsOwnReviewer:
    def test_signs_a_draft_that_was_never_live_and_it_goes_live(
        self, client, lesson_draft, author, reviewer
    ):
        lesson_draft.main_message = "Pregunte antes de pagar."
        step = submit(lesson_draft, author)
        assert "Pregunte antes" not in client.get(lesson_draft.url).text
        act(step, reviewer, "approve", **SIGNATURE)
        assert now_live(lesson_draft)
        assert ClinicalReview.objects.filter(locale="es", name=SIGNATURE["name"])
        page = LessonPage.objects.get(pk=lesson_draft.pk)
        text = client.get(page.url).text
        assert "Pregunte antes" in text
        assert "Dra. Ada Ejemplo" in text

    def test_signs_in_the_admin_what_an_author_submitted(
        self, client, lesson_draft, author, reviewer
    ):
        client.force_login(author)
        submitted = form_of(lesson_draft) | {"action-submit": "yes"}
        client.post(edit_url(lesson_draft), submitted)
        client.force_login(reviewer)
        assert "Sign off" in client.get(edit_url(lesson_draft)).text
        signed = LessonPage.objects.get(pk=lesson_draft.pk)
        revision = signed.get_latest_revision()
        form = form_of(signed.get_latest_revision_as_object())
        step = {
            "action-workflow-action": "true",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": json.dumps(SIGNATURE | {"comment": ""}),
            "loaded_revision_id": str(revision.pk),
            "loaded_revision_created_at": revision.created_at.isoformat(),
        }
        client.post(edit_url(lesson_draft), form | step)
        assert now_live(lesson_draft)

    def test_is_asked_again_for_newer_words_while_the_signed_ones_stay_live(
        self, lesson_draft, author, reviewer
    ):
        sign_off(lesson_draft, author, reviewer)
        lesson_draft.main_message = "Otra cosa."
        with pytest.raises(UnableToGoLive):
            lesson_draft.save_revision().publish()
        live = LessonPage.objects.get(pk=lesson_draft.pk)
        assert live.live
        assert live.main_message != "Otra cosa."
        assert live.has_unpublished_changes
        live.save()

    def test_may_sign_again_what_was_taken_offline_or_it_is_just_published(
        self, lesson_draft, author, reviewer
    ):
        sign_off(lesson_draft, author, reviewer)
        lesson_draft.unpublish()
        lesson_draft.get_latest_revision().publish()
        assert now_live(lesson_draft)

    def test_of_a_lesson_waits_for_the_course_which_takes_it_along(
        self, draft, lesson, es, author, reviewer
    ):
        """Its sources and terms are signed with the course."""
        waiting = lesson.copy_for_translation(es)
        sign_off(waiting, author, reviewer)
        assert not now_live(waiting)
        sign_off(draft, author, reviewer)
        assert CoursePage.objects.get(pk=draft.pk).live
        assert now_live(waiting)

    def test_does_not_bring_back_a_lesson_that_was_taken_offline(
        self, spanish, lesson_draft, author, reviewer
    ):
        sign_off(lesson_draft, author, reviewer)
        lesson_draft.unpublish()
        spanish.get_latest_revision().publish()
        assert not now_live(lesson_draft)


def test_the_sites_own_language_goes_live_as_before(lesson):
    lesson.main_message = "Another thing."
    lesson.save_revision().publish()
    assert LessonPage.objects.get(pk=lesson.pk).main_message == "Another thing."


def test_a_translation_that_was_live_before_the_rule_stays_live(lesson_draft):
    LessonPage.objects.filter(pk=lesson_draft.pk).update(live=True)
    page = LessonPage.objects.get(pk=lesson_draft.pk)
    page.save()
    page.save_revision()
    assert now_live(page)
