"""Pages copied, moved, reordered, unpublished and deleted, with people answering."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from course.models import CoursePage, LessonPage
from progress.models import LessonProgress
from quizzes.models import Answer, Attempt, Question
from tests.factories import UserFactory, a_course, lessons_of
from tests.quizzes.editing import kept_fields, lesson_form, question_fields
from tests.taking_quizzes import answer, give_first_options

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(administrator=True))
    return client


@pytest.fixture
def learner():
    return Client()


@pytest.fixture
def course():
    return a_course(lessons=2, questions=2)


def save_draft(editor, lesson):
    """Change a question and add another, without publishing."""
    first, second = lesson.questions.all()
    changed = [kept_fields(first, stem="What is pending?"), kept_fields(second)]
    form = lesson_form(lesson, [*changed, question_fields("What is new?")])
    editor.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), form)


def copy(editor, page, slug, *, to=None, live=False):
    form = {
        "new_title": "Copy",
        "new_slug": slug,
        "new_parent_page": (to or page.get_parent()).pk,
        "copy_subpages": "on",
        **({"publish_copies": "on"} if live else {}),
    }
    response = editor.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
    assert response.status_code == 302
    return Page.objects.get(slug=slug).specific


def keys(questions):
    return [str(question.translation_key) for question in questions.all()]


def draft_of(page):
    return LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def assert_rows_and_drafts_agree(page):
    rows = keys(page.questions)
    for revision in page.revisions.all():
        assert keys(revision.as_object().questions)[: len(rows)] == rows


def test_a_lesson_copied_with_a_draft_pending_keeps_the_draft_and_agrees_on_keys(
    editor, course
):
    lesson = lessons_of(course)[0]
    save_draft(editor, lesson)
    twin = copy(editor, lesson, "twin")
    stems = [question.stem for question in draft_of(twin).questions.all()]
    assert stems[0] == "What is pending?"
    assert stems[2] == "What is new?"
    assert_rows_and_drafts_agree(twin)
    assert not set(keys(draft_of(twin).questions)) & set(
        keys(draft_of(lesson).questions)
    )


def test_the_keys_of_a_copy_stay_when_its_draft_is_published(editor, course):
    lesson = lessons_of(course)[0]
    save_draft(editor, lesson)
    twin = copy(editor, lesson, "twin", live=True)
    live, pending = keys(twin.questions), keys(draft_of(twin).questions)
    twin.get_latest_revision().publish()
    assert keys(LessonPage.objects.get(pk=twin.pk).questions) == pending
    assert pending[:2] == live


def test_a_copied_course_has_keys_of_its_own_everywhere(editor, course):
    for lesson in lessons_of(course):
        save_draft(editor, lesson)
    twin = copy(editor, course, "twin", live=True)
    assert isinstance(twin, CoursePage)
    everything = keys(Question.objects)
    assert len(everything) == len(set(everything)) == 8
    for lesson in lessons_of(twin):
        assert_rows_and_drafts_agree(lesson)


def test_answers_to_a_lesson_do_not_count_for_its_copy(editor, course, learner):
    lesson = lessons_of(course)[0]
    give_first_options(learner, lesson)
    twin = copy(editor, lesson, "twin", live=True)
    assert "Question 1 of 2" in learner.get(twin.url + "quiz/", follow=True).text
    assert "1 of 3 lessons done" in learner.get(course.url).text


def test_a_lesson_moved_among_its_neighbours_keeps_progress_and_evidence(
    course, learner
):
    first, second = lessons_of(course)
    give_first_options(learner, first)
    first.move(second, pos="right")
    assert lessons_of(course) == [second, first]
    assert "1 of 2 lessons done" in learner.get(course.url).text
    assert "What you understood" in learner.get(first.url + "quiz/result/").text


def test_a_lesson_moved_to_another_course_keeps_its_evidence(course, learner):
    lesson = lessons_of(course)[0]
    give_first_options(learner, lesson)
    lesson.move(a_course(lessons=1), pos="last-child")
    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert "What you understood" in learner.get(lesson.url + "quiz/result/").text
    assert "1 of 1 lesson done" not in learner.get(course.url).text


@pytest.mark.parametrize("leave", [LessonPage.unpublish, LessonPage.delete])
def test_a_lesson_that_is_gone_keeps_its_evidence_and_leaves_the_totals(
    course, learner, leave
):
    first, second = lessons_of(course)
    give_first_options(learner, first)
    leave(LessonPage.objects.get(pk=second.pk))
    assert "1 of 1 lesson done" in learner.get(course.url).text
    leave(LessonPage.objects.get(pk=first.pk))
    assert Attempt.objects.submitted().count() == 1
    assert Answer.objects.count() == 2
    assert LessonProgress.objects.count() == 1
    assert "1 of" not in learner.get(course.url).text


def test_a_question_reused_in_another_lesson_is_a_copy_with_a_key_of_its_own(
    editor, course, learner
):
    first, second = lessons_of(course)
    answer(learner, first.url + "quiz/", "Right")
    question = first.questions.first()
    again = kept_fields(question, id="", translation_key="")
    kept = [kept_fields(own) for own in second.questions.all()]
    editor.post(
        reverse("wagtailadmin_pages:edit", args=[second.pk]),
        lesson_form(second, [*kept, again]) | {"action-publish": "action-publish"},
    )
    copied = second.questions.get(stem=question.stem)
    assert copied.translation_key != question.translation_key
    assert str(question.translation_key) in keys(first.questions)
