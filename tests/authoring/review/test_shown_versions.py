"""Signed means seen: every decision is about the version that was shown."""

import datetime as dt
import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from authoring.review.models import ClinicalReview
from course.models import LessonPage
from tests.authoring.review.test_clinical_review import SIGNATURE, act, submit
from tests.quizzes.editing import kept_fields, lesson_form
from tests.roles import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.long]

XHR = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture
def reviewer(client):
    reviewer = a_person("Reviewer")
    client.force_login(reviewer)
    return reviewer


def newest(lesson):
    return LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()


def saved_meanwhile(lesson, user, **changes):
    draft = newest(lesson)
    for name, value in changes.items():
        setattr(draft, name, value)
    return draft.save_revision(user=user)


def saved_by_the_editor(client, lesson):
    """Return the lesson as the editor's form makes it, so that it posts no change."""
    client.post(edit_url(lesson), shown_form(lesson))
    return newest(lesson)


def edit_url(lesson):
    return reverse("wagtailadmin_pages:edit", args=[lesson.pk])


def shown_form(lesson, **changes):
    """Return what the open editor posts, with the version that it shows."""
    draft = newest(lesson)
    revision = draft.get_latest_revision() or draft.save_revision()
    questions = [kept_fields(question) for question in draft.questions.all()]
    return lesson_form(draft, questions, **changes) | {
        "loaded_revision_id": str(revision.pk),
        "loaded_revision_created_at": revision.created_at.isoformat(),
    }


def as_step(form, action="approve", **words):
    return form | {
        "action-workflow-action": "true",
        "workflow-action-name": action,
        "workflow-action-extra-data": json.dumps(words),
    }


def test_nothing_is_signed_that_was_saved_after_the_reviewer_looked(
    client, lesson, author, reviewer
):
    submit(saved_by_the_editor(client, lesson), author)
    form = as_step(shown_form(lesson), **SIGNATURE)
    saved_meanwhile(lesson, author, main_message="Take fifty.")

    answer = client.post(edit_url(lesson), form, follow=True)

    assert not ClinicalReview.objects.exists()
    assert "Your changes have not been saved" in answer.text
    assert "Changed: Main message." in answer.text
    assert "See what changed" in answer.text
    assert newest(lesson).main_message == "Take fifty."

    client.post(edit_url(lesson), as_step(shown_form(lesson), **SIGNATURE))
    assert ClinicalReview.objects.count() == 1
    assert LessonPage.objects.get(pk=lesson.pk).main_message == "Take fifty."


@pytest.mark.parametrize("button", [{}, {"action-publish": "yes"}])
def test_a_newer_edit_is_written_over_only_after_being_asked(
    client, admin_user, lesson, author, button
):
    client.force_login(admin_user)
    form = shown_form(lesson, main_message="Mine.") | button
    saved_meanwhile(lesson, author, main_message="Theirs.")

    answer = client.post(edit_url(lesson), form)

    assert newest(lesson).main_message == "Theirs."
    assert "Changed: Main message." in answer.text
    assert "Your changes have not been saved" in answer.text
    assert "Mine." in answer.text
    # Nor by the editor itself, a moment after it was opened.
    assert "w-autosave#save" in client.get(edit_url(lesson)).text
    assert "w-autosave#save" not in answer.text

    client.post(edit_url(lesson), shown_form(lesson, main_message="Mine.") | button)
    assert newest(lesson).main_message == "Mine."


def test_the_first_version_of_a_page_is_not_written_over_either(
    client, admin_user, lesson, author
):
    client.force_login(admin_user)
    page = BeautifulSoup(client.get(edit_url(lesson)).text, "html.parser")
    assert not page.select("[name=loaded_revision_id]")
    way_back = page.select_one("#page-edit-form [name=next]")["value"]
    form = shown_form(lesson, main_message="Mine.") | {"next": way_back}
    marks = {name for name in form if name.startswith("loaded_")}
    saved_meanwhile(lesson, author, main_message="Theirs.")
    sent = {name: value for name, value in form.items() if name not in marks}
    answer = client.post(edit_url(lesson), sent)
    assert "Your changes have not been saved" in answer.text
    assert newest(lesson).main_message == "Theirs."


def step_url(step, action="approve"):
    args = [step.workflow_state.object_id, action, step.pk]
    return reverse("wagtailadmin_pages:workflow_action", args=args)


def test_the_start_page_decides_only_about_what_was_handed_in(
    client, lesson, author, reviewer
):
    step = submit(lesson, author)
    saved_meanwhile(lesson, author, main_message="Take fifty.")
    for answer in (
        client.get(step_url(step), headers=XHR),
        client.post(step_url(step), SIGNATURE, headers=XHR),
    ):
        assert answer.status_code == 200
        assert "Changed: Main message." in answer.json()["html"]
    assert not ClinicalReview.objects.exists()


def test_a_version_that_says_the_same_is_no_other(client, lesson, author, reviewer):
    step = submit(lesson, author)
    saved_meanwhile(lesson, author)
    client.post(step_url(step), SIGNATURE, headers=XHR)
    assert ClinicalReview.objects.count() == 1


def test_a_stale_dialog_says_that_it_is_decided(client, lesson, author, reviewer):
    step = submit(lesson, author)
    act(step, reviewer, "approve", **SIGNATURE)
    collect = reverse(
        "wagtailadmin_pages:collect_workflow_action_data",
        args=[lesson.pk, "approve", step.pk],
    )
    for url in (step_url(step), collect):
        for answer in (
            client.get(url, headers=XHR),
            client.post(url, SIGNATURE, headers=XHR),
        ):
            assert "no longer waiting for this decision" in answer.json()["html"]
    assert ClinicalReview.objects.count() == 1


def test_the_author_reads_what_to_change_where_they_edit(
    client, lesson, author, reviewer, mailoutbox
):
    step = submit(lesson, author)
    act(step, reviewer, "reject", comment="Name the dose, <please>.")
    client.force_login(author)
    page = client.get(edit_url(lesson)).text
    assert page.count("Name the dose, &lt;please&gt;.") >= 2
    assert f"{reviewer} sent this page back" in page
    mail = mailoutbox[-1]
    assert "was sent back" in mail.subject
    assert f"was sent back by {reviewer}. Nothing went live." in mail.body
    assert "Name the dose, <please>." in mail.body
    assert edit_url(lesson) in mail.body


def test_the_author_is_told_who_signed_and_in_which_words(
    lesson, author, reviewer, mailoutbox
):
    act(submit(lesson, author), reviewer, "approve", comment="Well put.", **SIGNATURE)
    mail = mailoutbox[-1]
    assert mail.to == [author.email]
    assert "was signed off" in mail.subject
    assert "signed off by Dr Ada Example, consultant dermatologist." in mail.body
    assert "Well put." in mail.body
    assert "It is live:" in mail.body


def test_nothing_is_asked_of_the_author_once_it_is_handed_in_again(
    client, lesson, author, reviewer
):
    step = submit(lesson, author)
    act(step, reviewer, "reject", comment="Name the dose.")
    step.workflow_state.refresh_from_db()
    step.workflow_state.resume(author)
    client.force_login(author)
    assert "Name the dose." not in client.get(edit_url(lesson)).text


@pytest.mark.parametrize(("minutes", "kept"), [(0, "Mine."), (5, "Mi")])
def test_an_autosave_under_way_is_no_newer_version_but_another_tab_is(
    client, lesson, admin_user, minutes, kept
):
    client.force_login(admin_user)
    form = shown_form(lesson, main_message="Mine.")
    saved_meanwhile(lesson, admin_user, main_message="Mi")
    Revision.objects.page_revisions().filter(object_id=str(lesson.pk)).update(
        created_at=timezone.now() - dt.timedelta(minutes=minutes)
    )
    client.post(edit_url(lesson), form)
    assert newest(lesson).main_message == kept
