"""A change for safety: who had finished is asked about it, and keeps what they have."""

import pytest

from course.models import LessonPage
from progress.models import LessonProgress
from quizzes.models import Attempt, SafetyUpdate
from quizzes.queries.attempts import paper_of
from tests.quizzes.regrading import a_lesson_of, draft_of, take
from tests.taking_quizzes import finish, give_first_options

pytestmark = pytest.mark.django_db

DUE = "Done, update due"


@pytest.fixture
def lesson():
    lesson = a_lesson_of(questions=3)
    draft_of(lesson, right="Right").publish()
    return lesson


def publish_for_safety(lesson, **changes):
    revision = draft_of(lesson, kind_of_change="safety", **changes)
    revision.publish()
    return revision


def course_page(client, lesson):
    return client.get(lesson.get_parent().url).text


def test_only_those_who_had_finished_are_asked_and_only_about_the_change(lesson):
    finished = take(lesson, "Right", "Right", "Right")
    half = take(lesson, "Right")
    publish_for_safety(lesson, right="Wrong", question=1)
    late = take(lesson, "Right", "Wrong", "Right")
    assert DUE in course_page(finished, lesson)
    assert DUE not in course_page(half, lesson)
    assert DUE not in course_page(late, lesson)

    quiz = lesson.url + "quiz/"
    assert "Answer the question" in finished.get(quiz, follow=True).text
    finished.post(f"{quiz}again/", {"which": "update"})
    attempt = Attempt.objects.open().get(learner__attempts__number=2)
    assert attempt.asked == [paper_of(LessonPage.objects.get()).keys[1]]


def test_only_a_right_answer_ends_the_update_and_completion_stays(lesson):
    client = take(lesson, "Right", "Right", "Right")
    done = LessonProgress.objects.get().passed_at
    publish_for_safety(lesson, right="Wrong", question=0)
    assert LessonProgress.objects.get().passed_at == done
    for given in (None, "Right"):
        result = answer_the_update(client, lesson, given)
        assert "Answer the question" in result.text
        assert DUE in course_page(client, lesson)
    result = answer_the_update(client, lesson, "Wrong")
    assert "Answer the question" not in result.text
    assert DUE not in course_page(client, lesson)
    assert LessonProgress.objects.get().passed_at == done
    client.post(f"{lesson.url}quiz/again/", {"which": "update"})
    assert not Attempt.objects.open().exists()


def answer_the_update(client, lesson, text):
    quiz = lesson.url + "quiz/"
    client.post(f"{quiz}again/", {"which": "update"})
    return finish(client, quiz, [text])


def test_who_answered_before_and_finishes_after_the_change_is_asked(lesson):
    client = take(lesson, "Right")
    publish_for_safety(lesson, right="Wrong", question=0)
    give_first_options(client, lesson)
    assert DUE in course_page(client, lesson)
    assert "Done, update due" in client.get("/progress/").text


def test_a_question_taken_out_since_is_asked_of_nobody(lesson):
    client = take(lesson, "Right", "Right", "Right")
    publish_for_safety(lesson, right="Wrong", question=0)
    assert DUE in course_page(client, lesson)
    draft = LessonPage.objects.get().get_latest_revision_as_object()
    draft.questions.set(list(draft.questions.all())[1:])
    draft.save_revision().publish()
    assert DUE not in course_page(client, lesson)


def touch_as_the_editor_does(draft):
    """Write the passages and the questions again as the editor's form would."""
    for place, block in enumerate(b for b in draft.body if b.block_type == "text"):
        marked = block.value.source.replace("<p>", f'<p data-block-key="k{place}abc">')
        block.value.source = marked
    entries = list(draft.faq_entries.all())
    for entry in entries:
        entry.answer = entry.answer.replace("<p>", '<p data-block-key="xyz12">')
    draft.faq_entries.set(entries)
    questions = list(draft.questions.all())
    for question in questions:
        question.feedback = question.feedback.replace("\n", "\r\n")
    draft.questions.set(questions)


def test_the_editors_own_marks_are_no_change_for_safety(lesson):
    draft = LessonPage.objects.get().get_latest_revision_as_object()
    touch_as_the_editor_does(draft)
    draft.kind_of_change = "safety"
    draft.save_revision().publish()
    update = SafetyUpdate.objects.get()
    assert (update.places, update.questions) == ([], [])


def test_what_went_live_at_a_set_time_is_what_the_next_is_compared_with(lesson):
    draft_of(lesson, right="Wrong", question=2).publish(
        log_action="wagtail.publish.scheduled"
    )
    publish_for_safety(lesson, right="Wrong", question=1)
    assert SafetyUpdate.objects.get().questions == [
        paper_of(LessonPage.objects.get()).keys[1]
    ]


def test_a_first_time_reader_is_not_told_to_read_it_again(lesson, client):
    publish_for_safety(lesson, right="Wrong")
    page = client.get(lesson.url).text
    assert "Changed for your safety on" in page
    assert "If you already know the lesson" in page


def test_a_changed_passage_brings_up_the_questions_it_answers(lesson):
    client = take(lesson, "Right", "Right", "Right")
    draft = LessonPage.objects.get().get_latest_revision_as_object()
    draft.kind_of_change = "safety"
    value = next(b for b in draft.body if b.block_type == "text").value
    value.source = "<p>Call for help at once.</p>"
    draft.save_revision().publish()
    update = SafetyUpdate.objects.get()
    assert update.places == ["#first-part"]
    assert set(update.questions) == set(paper_of(LessonPage.objects.get()).keys)
    page = client.get(lesson.url).text
    assert "Changed for your safety on" in page
    assert 'href="#first-part"' in page
    assert "Answer questions about the safety change" in page


def test_marks_outlive_the_next_publishing_and_are_not_copied(lesson):
    publish_for_safety(lesson, right="Wrong")
    draft_of(lesson, right="Wrong", title="Another title").publish()
    kept = LessonPage.objects.get()
    assert kept.title == "Another title"
    assert kept.safety_changed_at == SafetyUpdate.objects.get().published_at
    copy = kept.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert (copy.safety_changed_at, copy.safety_places) == (None, [])


def test_going_live_again_is_no_second_update(lesson):
    revision = publish_for_safety(lesson, right="Wrong")
    revision.publish()
    assert SafetyUpdate.objects.count() == 1


def test_wording_changes_ask_nobody(lesson):
    client = take(lesson, "Right", "Right", "Right")
    draft_of(lesson, right="Wrong").publish()
    assert not SafetyUpdate.objects.exists()
    assert DUE not in course_page(client, lesson)
    assert "Changed for your safety" not in client.get(lesson.url).text
