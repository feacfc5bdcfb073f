"""A FAQ entry edited after the sign-off: its questions wait for somebody to look."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from authoring.review.actions.sign_offs import UnableToConfirm, confirm_key
from authoring.review.models import ClinicalReview, KeyConfirmation
from authoring.review.queries.keys_to_check import keys_to_check
from course.models import LessonPage
from tests.factories import a_course, a_lesson, lessons_of
from tests.roles import a_person

pytestmark = pytest.mark.django_db

CHECK_THE_KEY = "Check the key"


@pytest.fixture
def author(client):
    author = a_person("Author")
    client.force_login(author)
    return author


def about_its_entry(lesson):
    """Make the first question one about the lesson's FAQ entry."""
    lesson.questions.filter(pk=lesson.questions.first().pk).update(
        answered_in=f"faq:{lesson.faq_entries.get().handle}"
    )
    return LessonPage.objects.get(pk=lesson.pk)


def sign(lesson, reviewer):
    lesson.save_revision(user=reviewer)
    state = lesson.get_workflow().start(lesson, reviewer)
    step = state.current_task_state.specific
    signature = {"name": "Dr Ada Example", "role": "dermatologist"}
    step.task.specific.on_action(step, reviewer, "approve", **signature)


def edit_entry(lesson, answer, **fields):
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    entries = list(draft.faq_entries.all())
    for name, value in {"answer": answer, **fields}.items():
        setattr(entries[0], name, value)
    draft.faq_entries = entries
    draft.save_revision()
    return LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()


@pytest.fixture
def signed(lesson, author, reviewer):
    lesson = about_its_entry(lesson)
    sign(lesson, reviewer)
    return lesson


def flagged(draft):
    return [key.question.stem for key in keys_to_check([draft])[0]]


def keys_page(client, lesson):
    return client.get(reverse("keys_to_check", args=[lesson.pk])).text


def editor(client, lesson):
    return client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).text


def confirm(client, lesson, draft):
    [key] = keys_to_check([draft])[0]
    address = reverse("keys_to_check", args=[lesson.pk])
    posted = {
        "question_key": key.question.translation_key,
        "question_seen": key.question_seen,
        "wording": key.wording,
    }
    return client.post(address, posted, follow=True)


def test_an_edited_entry_flags_the_questions_about_it_and_no_others(signed):
    first, _second = signed.questions.all()
    assert flagged(signed.get_latest_revision_as_object()) == []
    assert flagged(edit_entry(signed, "<p>It is not so.</p>")) == [first.stem]


def test_the_editor_shows_it_at_the_question_and_in_the_review_tab(client, signed):
    assert CHECK_THE_KEY not in editor(client, signed)
    edit_entry(signed, "<p>It is not so.</p>")
    page = editor(client, signed)
    assert page.count("Check the key: its FAQ entry was edited") == 1
    assert "Check the keys:</strong>" in page
    assert reverse("keys_to_check", args=[signed.pk]) in page


def test_the_flag_stays_until_somebody_confirms_and_comes_back_with_a_new_wording(
    client, signed, author
):
    draft = edit_entry(signed, "<p>It is not so.</p>")
    assert "It is not so." in keys_page(client, signed)
    draft.save_revision().publish()
    assert flagged(draft) != []
    answer = confirm(client, signed, draft)
    assert "The key was confirmed." in answer.text
    assert "There are no keys to check." in answer.text
    assert CHECK_THE_KEY not in editor(client, signed)
    [entry] = PageLogEntry.objects.filter(action="authoring.confirm_key")
    assert entry.user == author
    assert flagged(edit_entry(signed, "<p>It is, after all.</p>")) != []


def test_words_put_back_need_no_check(signed):
    before = signed.faq_entries.get().answer
    assert flagged(edit_entry(signed, "<p>It is not so.</p>")) != []
    assert flagged(edit_entry(signed, before)) == []


def test_marks_that_the_editor_leaves_are_no_change(signed):
    marked = signed.faq_entries.get().answer.replace("<p>", '<p data-block-key="x1">')
    assert flagged(edit_entry(signed, marked)) == []


def test_a_newer_sign_off_has_looked_at_the_key(signed, reviewer):
    draft = edit_entry(signed, "<p>It is not so.</p>")
    assert flagged(draft) != []
    sign(draft, reviewer)
    assert flagged(draft) == []


def test_nothing_is_flagged_that_nobody_signed_or_nobody_is_asked(lesson, signed):
    other = about_its_entry(lessons_of(lesson.get_parent())[1])
    assert flagged(edit_entry(other, "<p>It is not so.</p>")) == []
    signed.questions.update(review_status="left_out")
    draft = edit_entry(LessonPage.objects.get(pk=signed.pk), "<p>No.</p>")
    for question in draft.questions.all():
        question.review_status = "left_out"
    assert flagged(draft) == []


def test_confirming_twice_is_one_row_and_an_older_wording_is_refused(signed, author):
    draft = edit_entry(signed, "<p>It is not so.</p>")
    [key] = keys_to_check([draft])[0]
    deed = {
        "lesson": signed,
        "question_key": key.question.translation_key,
        "question_seen": key.question_seen,
        "wording": key.wording,
        "user": author,
        "at": timezone.now(),
    }
    edit_entry(signed, "<p>It is, after all.</p>")
    deed["lesson"] = LessonPage.objects.get(pk=signed.pk)
    with pytest.raises(UnableToConfirm):
        confirm_key(**deed)
    edit_entry(signed, "<p>It is not so.</p>")
    deed["lesson"] = LessonPage.objects.get(pk=signed.pk)
    for _time in range(2):
        confirm_key(**deed)
    assert KeyConfirmation.objects.count() == 1
    assert PageLogEntry.objects.filter(action="authoring.confirm_key").count() == 1


def test_a_form_that_is_out_of_date_is_told_and_writes_nothing(client, signed):
    draft = edit_entry(signed, "<p>It is not so.</p>")
    address = reverse("keys_to_check", args=[signed.pk])
    key = keys_to_check([draft])[0][0]
    question = {"question_key": key.question.translation_key}
    outdated = [
        {"question_seen": key.question_seen, "wording": "0" * 64},
        {"question_seen": "0" * 64, "wording": key.wording},
    ]
    for posted in ({}, *(question | seen for seen in outdated)):
        answer = client.post(address, posted, follow=True)
        assert "Somebody has changed the FAQ entry or the question" in answer.text
    assert not KeyConfirmation.objects.exists()


def test_a_sign_off_keeps_its_digests_when_its_revision_is_gone(client, signed):
    edit_entry(signed, "<p>It is not so.</p>")
    review = ClinicalReview.objects.get()
    LessonPage.objects.filter(pk=signed.pk).update(live_revision=None)
    Revision.objects.filter(pk=review.revision).delete()
    page = editor(client, signed)
    assert "Check the keys:</strong>" in page
    assert "has been deleted" in page


@pytest.mark.sweep
def test_any_number_of_lessons_takes_two_queries(
    signed, reviewer, django_assert_num_queries
):
    def drafts(lessons):
        kept = [edit_entry(lesson, "<p>It is not so.</p>") for lesson in lessons]
        for draft in kept:
            assert draft.locale.language_code == "en"
        return kept

    few = drafts([signed])
    with django_assert_num_queries(2):
        assert [len(keys) for keys in keys_to_check(few)] == [1]
    more = [about_its_entry(a_lesson(a_course(lessons=0))) for _number in range(3)]
    for lesson in more:
        sign(lesson, reviewer)
    many = drafts([signed, *more])
    with django_assert_num_queries(2):
        assert [len(keys) for keys in keys_to_check(many)] == [1, 1, 1, 1]


def test_content_health_counts_it(client, signed):
    def to_check():
        return (
            client.get(reverse("content_health:index"), {"export": "csv"})
            .getvalue()
            .decode()
        )

    before = to_check()
    edit_entry(signed, "<p>It is not so.</p>")
    assert before != to_check()
