"""A reviewer signs a page off; readers are told, until it changes."""

import datetime
import json

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Workflow

from accounts.actions.learners import erase_person
from accounts.register import export_person
from authoring.packs.queries import content_digest
from authoring.review.models import ClinicalReview, LiveContent, UnableToSignOff
from authoring.review.queries.sign_offs import sign_offs_of
from course.models import DangerSigns, LessonPage
from tests.factories import FaqEntryFactory, a_lesson, options
from tests.quizzes.editing import lesson_form
from tests.roles import a_person

pytestmark = pytest.mark.django_db

SIGNATURE = {"name": "Dr Ada Example", "role": "consultant dermatologist"}


def submit(page, author):
    """Save a draft of the page and hand it in; return the step that waits."""
    page.save_revision(user=author)
    state = page.get_workflow().start(page, author)
    return state.current_task_state.specific


def act(step, user, action, **fields):
    step.task.specific.on_action(step, user, action, **fields)


def sign_off(page, author, reviewer):
    act(submit(page, author), reviewer, "approve", **SIGNATURE)
    page.refresh_from_db()


def text_of(client, page):
    return " ".join(client.get(page.url).text.split())


def test_a_lesson_goes_live_as_it_was_signed(client, lesson, author, reviewer):
    lesson.main_message = "Ask before you pay."
    step = submit(lesson, author)
    assert "Ask before you pay." not in text_of(client, lesson)

    act(step, reviewer, "approve", comment="Fine.", **SIGNATURE)

    lesson.refresh_from_db()
    review = ClinicalReview.objects.get()
    assert "Ask before you pay." in text_of(client, lesson)
    assert review.revision == lesson.live_revision_id == lesson.latest_revision_id
    assert not lesson.has_unpublished_changes
    assert (review.name, review.role) == tuple(SIGNATURE.values())
    assert review.reviewer == reviewer
    assert review.page_key == lesson.translation_key
    assert review.locale == "en"
    assert review.sha256 == content_digest.of_reviewed(lesson)


def test_readers_see_who_signed_and_when(client, lesson, author, reviewer):
    assert "Not yet clinically reviewed" in text_of(client, lesson)

    sign_off(lesson, author, reviewer)

    day = ClinicalReview.objects.get().at
    for address in (lesson.url, f"{lesson.url}print/"):
        page = " ".join(client.get(address).text.split())
        assert "Not yet clinically reviewed" not in page
        assert "Dr Ada Example, consultant dermatologist, <time" in page
        assert f"{day:%Y-%m-%d}" in page
        assert "Changed since" not in page


def test_a_sign_off_says_nothing_of_the_words_of_a_translation(
    course, lesson, author, reviewer
):
    LessonPage.objects.filter(pk=lesson.pk).update(clinically_reviewed_by="Dr Old")
    sign_off(lesson, author, reviewer)
    other = a_lesson(course)
    es = Locale.objects.create(language_code="es")
    for page in (course.get_parent().specific, course):
        page.copy_for_translation(es)
    spanish = LessonPage.objects.get(pk=lesson.pk).copy_for_translation(es)
    assert spanish.clinically_reviewed_by == ""
    assert sign_offs_of([lesson, other]).keys() == {lesson.translation_key}
    assert sign_offs_of([spanish, other]) == {}


def test_a_change_after_the_review_is_told_with_its_day(
    client, lesson, author, reviewer, time_machine
):
    sign_off(lesson, author, reviewer)
    time_machine.move_to(datetime.datetime(2031, 5, 17, 12, tzinfo=datetime.UTC))

    lesson.call_to_action = "Buy it now"
    lesson.save_revision().publish()

    page = text_of(client, lesson)
    assert "Changed since the clinical review" in page
    assert (
        'Changed since review:</strong> <time datetime="2031-05-17">17 May 2031' in page
    )
    assert "Dr Ada Example" in page


def test_a_change_undone_is_a_review_that_holds_again(client, lesson, author, reviewer):
    sign_off(lesson, author, reviewer)
    before = lesson.call_to_action
    for words in ("Buy it now", before):
        lesson.call_to_action = words
        lesson.save_revision().publish()
    assert "Changed since" not in text_of(client, lesson)


def test_new_dates_leave_the_review_standing(client, lesson, author, reviewer):
    sign_off(lesson, author, reviewer)
    lesson.next_check = datetime.date(2029, 1, 1)
    lesson.slug = "another-address"
    lesson.save_revision().publish()
    lesson.refresh_from_db()
    assert "Changed since" not in text_of(client, lesson)


def test_what_goes_live_later_is_not_called_reviewed_before(
    client, lesson, author, reviewer
):
    lesson.save_revision().publish()
    lesson.refresh_from_db()
    lesson.call_to_action = "Wait a year"
    lesson.go_live_at = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
    sign_off(lesson, author, reviewer)
    page = text_of(client, lesson)
    assert "Wait a year" not in page
    assert "Not yet clinically reviewed" in page


def test_a_lesson_sent_back_stays_as_it_was(client, lesson, author, reviewer):
    lesson.main_message = "Guaranteed to work"
    step = submit(lesson, author)
    act(step, reviewer, "reject", comment="Nothing is guaranteed.")
    assert "Guaranteed" not in text_of(client, lesson)
    assert not ClinicalReview.objects.exists()
    assert step.__class__.objects.get(pk=step.pk).comment == "Nothing is guaranteed."


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("approve", {}),
        ("approve", {"name": "Dr Example", "role": "  "}),
        ("approve", {"name": "x" * 121, "role": "nurse"}),
        ("reject", {"comment": " "}),
    ],
)
def test_nothing_is_signed_or_sent_back_without_a_word(
    lesson, author, reviewer, action, fields
):
    step = submit(lesson, author)
    with pytest.raises(UnableToSignOff):
        act(step, reviewer, action, **fields)
    lesson.refresh_from_db()
    assert lesson.workflow_in_progress
    assert not ClinicalReview.objects.exists()


def test_a_step_is_taken_once(lesson, author, reviewer):
    step = submit(lesson, author)
    act(step, reviewer, "approve", **SIGNATURE)
    with pytest.raises(PermissionDenied):
        act(step, reviewer, "approve", **SIGNATURE)
    assert ClinicalReview.objects.count() == 1


def test_a_course_is_signed_off_too(client, course, author, reviewer):
    assert "Not yet clinically reviewed" in text_of(client, course)
    sign_off(course, author, reviewer)
    assert "Not yet clinically reviewed" not in text_of(client, course)
    assert "Dr Ada Example" in text_of(client, course)


def test_a_printed_course_tells_of_each_lesson(
    client, course, lesson, author, reviewer
):
    sign_off(course, author, reviewer)
    sign_off(lesson, author, reviewer)
    page = client.get(f"{course.url}print/").text
    assert page.count("Not yet clinically reviewed") == 1


def test_a_sign_off_is_never_rewritten(lesson, author, reviewer):
    sign_off(lesson, author, reviewer)
    review = ClinicalReview.objects.get()
    review.name = "Somebody else"
    with pytest.raises(TypeError):
        review.save()


def test_a_sign_off_outlives_the_account_and_the_page(lesson, author, reviewer):
    sign_off(lesson, author, reviewer)
    get_user_model().objects.get(pk=reviewer.pk).delete()
    Page.objects.get(pk=lesson.pk).delete()
    review = ClinicalReview.objects.get()
    assert review.name == "Dr Ada Example"
    assert review.reviewer is None


def test_only_reviewers_may_act(lesson, author, reviewer):
    task = submit(lesson, author).task.specific
    assert [name for name, *_ in task.get_actions(lesson, reviewer)] == [
        "reject",
        "approve",
    ]
    for other in (author, a_person("Trainer"), a_person("Administrator")):
        assert task.get_actions(lesson, other) == []


def test_the_workflow_stands_below_the_home_page(lesson, course):
    assert lesson.get_workflow() == course.get_workflow()
    assert lesson.get_workflow().name == "Clinical review"
    assert Workflow.objects.filter(name="Clinical review").count() == 1


CHANGES = {
    "the title": lambda lesson: setattr(lesson, "title", "Another"),
    "the text": lambda lesson: setattr(
        lesson,
        "body",
        json.dumps([{"type": "text", "id": "b2", "value": "<p>New.</p>"}]),
    ),
    "an option": lambda lesson: setattr(
        lesson.questions.first(), "options", options("Right", "Quite wrong")
    ),
    "the right answer": lambda lesson: (
        lesson.questions.first().options[1].value.update(right=True)
    ),
    "the FAQ": lambda lesson: setattr(
        lesson.faq_entries.first(), "answer", "<p>No.</p>"
    ),
    "one question fewer": lambda lesson: lesson.questions.remove(
        lesson.questions.first()
    ),
    "the share to pass": lambda lesson: setattr(lesson, "pass_share", 10),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_digest_sees(lesson, what):
    draft = lesson.save_revision().as_object()
    assert content_digest.of_reviewed(draft) == content_digest.of_reviewed(lesson)
    change_child = CHANGES[what]
    for relation in ("questions", "faq_entries"):
        setattr(draft, relation, list(getattr(draft, relation).all()))
    change_child(draft)
    assert content_digest.of_reviewed(draft) != content_digest.of_reviewed(lesson)


def test_live_content_is_noted_once_for_each_language(lesson):
    for _time in range(2):
        lesson.save_revision().publish()
    live = LiveContent.objects.get(page_key=lesson.translation_key)
    since = live.since
    FaqEntryFactory(lesson=lesson)
    LessonPage.objects.get(pk=lesson.pk).save_revision().publish()
    live.refresh_from_db()
    assert live.since > since


def test_an_autosave_under_way_takes_no_step(client, lesson, author, reviewer):
    submit(lesson, author)
    client.force_login(reviewer)
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    form = lesson_form(lesson, []) | {
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": json.dumps(SIGNATURE),
    }
    autosave = client.post(address, form, headers={"accept": "application/json"})
    assert autosave.status_code == 400
    assert not ClinicalReview.objects.exists()
    client.post(address, form)
    assert ClinicalReview.objects.get().name == SIGNATURE["name"]


def test_a_second_press_is_told_that_all_is_decided(client, lesson, author, reviewer):
    sign_off(lesson, author, reviewer)
    client.force_login(reviewer)
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    again = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    answer = client.post(address, again, follow=True)
    assert "is no longer waiting for a review" in answer.text
    assert ClinicalReview.objects.count() == 1


def test_erasing_a_reviewer_keeps_the_name_that_readers_were_told(
    lesson, author, reviewer
):
    sign_off(lesson, author, reviewer)
    [held] = export_person(None, reviewer)["sign_offs"]
    assert held["name"] == SIGNATURE["name"]
    erase_person(learner=None, user=reviewer, at=timezone.now())
    row = ClinicalReview.objects.get()
    assert (row.reviewer, row.name) == (None, SIGNATURE["name"])


def in_editor(client, page):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return " ".join(client.get(address).text.split())


@pytest.mark.parametrize("kind", ["course", "lesson"])
def test_the_editor_knows_the_revision_that_was_signed_and_shows_what_changed(
    kind, request, client, author, reviewer
):
    page = request.getfixturevalue(kind)
    client.force_login(author)
    assert "This page has not been signed off yet." in in_editor(client, page)
    sign_off(page, author, reviewer)
    review = ClinicalReview.objects.get()
    told = in_editor(client, page)
    assert "Signed off by Dr Ada Example, consultant dermatologist" in told
    assert f"(revision {review.revision})" in told
    assert "The draft has not changed since then." in told

    page = type(page).objects.get(pk=page.pk)
    page.title = "Another title"
    page.save_revision(user=author)
    told = in_editor(client, page)
    assert "Changed since review." in told
    difference = reverse(
        "wagtailadmin_pages:revisions_compare",
        args=[page.pk, review.revision, "latest"],
    )
    assert difference in told
    shown = client.get(difference).text
    assert '<span class="deletion">' in shown
    assert '<span class="addition">Another title' in shown


def test_the_difference_shows_faq_entries_and_questions(
    client, lesson, author, reviewer
):
    sign_off(lesson, author, reviewer)
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    entries = list(draft.faq_entries.all())
    entries[0].answer = "<p>Surely not.</p>"
    questions = list(draft.questions.all())
    questions[0].stem = "What else?"
    draft.faq_entries, draft.questions = entries, questions
    draft.save_revision(user=author)
    client.force_login(author)
    signed = ClinicalReview.objects.get().revision
    address = reverse(
        "wagtailadmin_pages:revisions_compare", args=[lesson.pk, signed, "latest"]
    )
    shown = client.get(address).text
    assert "Surely not." in shown
    assert "else?" in shown


def test_changed_danger_signs_change_the_lessons_that_show_them(
    client, lesson, author, reviewer
):
    lesson.body.append(("danger_signs", {"note": ""}))
    sign_off(lesson, author, reviewer)
    assert "Changed since" not in text_of(client, lesson)

    danger = DangerSigns.objects.create(signs="a green nose")
    assert "Changed since" in text_of(client, lesson)

    danger.signs = DangerSigns().signs
    danger.save()
    assert "Changed since" not in text_of(client, lesson)


def test_a_clinics_own_number_changes_no_lesson(client, lesson, author, reviewer):
    lesson.body.append(("danger_signs", {"note": ""}))
    sign_off(lesson, author, reviewer)

    DangerSigns.objects.create(clinic_name="Dr Day", clinic_number="020 7946 0000")

    assert "Changed since" not in text_of(client, lesson)
