"""An answer is kept under the words that were on the page, or not at all."""

import datetime
import uuid

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from course.models import LessonPage
from quizzes.actions import answering
from quizzes.models import Answer, Attempt, Paper
from quizzes.queries import attempts
from quizzes.queries.wording import LIVE_LATELY
from tests.factories import UserFactory, a_course, a_home
from tests.quizzes.test_actions import give, right
from tests.signing_in import sign_in, with_password
from tests.taking_quizzes import answer, form_of, value_of

PACKS = settings.BASE_DIR / "course" / "content"

pytestmark = pytest.mark.django_db


def reword(lesson, stem="Which answer is wrong?"):
    """Publish the lesson with other words for its first question."""
    draft = LessonPage.objects.get(pk=lesson.pk)
    question = draft.questions.first()
    question.stem = stem
    draft.questions.add(question)
    draft.save_revision().publish()
    return LessonPage.objects.get(pk=lesson.pk)


def open_page(lesson, token):
    """Return the digest that a form opened now carries."""
    return attempts.attempt_state(lesson, None, token).paper_digest


@pytest.fixture
def lesson(lesson):
    return reword(lesson, "Which answer is right?")


@pytest.fixture
def token():
    return uuid.uuid4()


def stems(attempt):
    return [question.stem for question in attempt.paper.content.questions]


def test_a_first_answer_begins_the_quiz_in_the_words_seen(lesson, token):
    seen = open_page(lesson, token)
    question = lesson.questions.first()
    now = reword(lesson)
    state = give(now, token, question, right(question), paper=seen)
    assert stems(state.attempt)[0] == "Which answer is right?"
    assert state.attempt.paper.sha256 == seen
    following = give(now, token, now.questions.last(), paper=seen)
    assert not following.attempt.is_open


def test_words_that_went_long_ago_begin_no_quiz(lesson, token):
    seen = open_page(lesson, token)
    question = lesson.questions.first()
    now = reword(lesson)
    with pytest.raises(answering.WordsHaveChanged):
        give(
            now,
            token,
            question,
            paper=seen,
            at=timezone.now() + LIVE_LATELY + datetime.timedelta(minutes=1),
        )
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("of", ["nobody", "another lesson"])
def test_words_that_were_never_the_lessons_begin_no_quiz(course, lesson, token, of):
    digest = "0" * 64
    if of == "another lesson":
        other = LessonPage.objects.child_of(course).exclude(pk=lesson.pk).get()
        digest = open_page(reword(other), token)
    with pytest.raises(answering.WordsHaveChanged):
        give(lesson, token, lesson.questions.first(), paper=digest)
    assert not Answer.objects.exists()


def test_a_second_tab_with_new_words_is_not_filed_under_the_old(lesson, token):
    old = open_page(lesson, token)
    first, second = lesson.questions.all()
    now = reword(lesson)
    new = open_page(now, token)
    give(lesson, token, second, paper=old)
    with pytest.raises(answering.WordsHaveChanged):
        give(now, token, first, paper=new)
    assert Answer.objects.get().question_key == second.translation_key


def test_a_question_that_reads_alike_on_both_papers_is_kept(lesson, token):
    old = open_page(lesson, token)
    first, second = lesson.questions.all()
    now = reword(lesson)
    give(now, token, first, paper=old)
    state = give(now, token, second, paper=open_page(now, token))
    assert len(state.answers) == 2


@pytest.fixture
def offline(lesson):
    """The lesson, taken offline after a page was opened."""
    lesson.unpublish()
    return LessonPage.objects.get(pk=lesson.pk)


def test_a_first_answer_counts_though_the_lesson_was_taken_offline(
    lesson, token, offline
):
    seen = open_page(lesson, token)
    state = give(offline, token, lesson.questions.first(), paper=seen)
    assert state.attempt.paper.sha256 == seen
    assert len(state.answers) == 1


@pytest.mark.parametrize("paper", ["", "0" * 64])
def test_an_offline_lesson_is_not_begun_without_a_page_that_was_open(
    token, offline, paper
):
    with pytest.raises(answering.LessonIsNotLive):
        give(offline, token, offline.questions.first(), paper=paper)
    assert not Attempt.objects.exists()


def test_a_lesson_that_went_offline_long_ago_is_not_begun(lesson, token, offline):
    late = timezone.now() + LIVE_LATELY + datetime.timedelta(minutes=1)
    with pytest.raises(answering.LessonIsNotLive):
        give(
            offline,
            token,
            offline.questions.first(),
            paper=open_page(lesson, token),
            at=late,
        )
    assert not Attempt.objects.exists()


def test_a_form_opened_before_a_lesson_went_offline_keeps_its_answer(client, lesson):
    quiz_url = f"{lesson.url}quiz/"
    form = form_of(client, quiz_url)
    lesson.unpublish()
    page = form.send(client, follow=True, choice="not-sure")
    assert "This lesson was taken offline" in page.text
    assert "Your saved answers are kept." in page.text
    assert Answer.objects.count() == 1
    assert client.get(quiz_url, follow=True).status_code == 200


def renamed(lesson, other):
    lesson.slug = "another-address"
    lesson.save_revision().publish()


def moved(lesson, other):
    lesson.move(other, "last-child")


@pytest.mark.parametrize("change", [renamed, moved])
@pytest.mark.parametrize("begun", [True, False])
def test_an_answer_to_a_lesson_whose_address_changed_is_kept(
    client, lesson, change, begun
):
    lesson.save_revision().publish()
    quiz_url = lesson.url + "quiz/"
    if begun:
        answer(client, quiz_url, "Right")
    page = client.get(quiz_url, follow=True)
    form, right = form_of(client, quiz_url, page), value_of(page, "Right")
    change(LessonPage.objects.get(pk=lesson.pk), a_course())
    page = form.send(client, choice=right, follow=True)
    assert "That is right" in page.text
    assert Answer.objects.count() == 1 + begun


def test_an_answer_that_waits_is_saved_though_its_lesson_was_renamed(client, lesson):
    user = UserFactory()
    client.force_login(user)
    lesson.save_revision().publish()
    quiz_url = lesson.url + "quiz/"
    page = client.get(quiz_url, follow=True)
    form, right = form_of(client, quiz_url, page), value_of(page, "Right")
    del client.cookies["sessionid"]
    form.send(client, choice=right)
    renamed(LessonPage.objects.get(pk=lesson.pk), None)
    sign_in(client, with_password(user))
    assert Answer.objects.get().attempt.learner.user == user


def live_words():
    return Paper.objects.order_by("pk").last().content.questions[0].stem


def test_papers_are_stored_when_published_at_a_time_set(lesson):
    draft = LessonPage.objects.get(pk=lesson.pk)
    question = draft.questions.first()
    question.stem = "Which one, from tomorrow on?"
    draft.questions.add(question)
    draft.go_live_at = timezone.now() + datetime.timedelta(seconds=1)
    revision = draft.save_revision(approved_go_live_at=draft.go_live_at)
    assert live_words() == "Which answer is right?"
    past = timezone.now() - datetime.timedelta(seconds=1)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    call_command("publish_scheduled")
    assert live_words() == "Which one, from tomorrow on?"
    assert open_page(lesson, uuid.uuid4()) in set(
        Paper.objects.values_list("sha256", flat=True)
    )


def test_papers_are_stored_of_a_course_that_is_loaded():
    a_home()
    call_command("load_course", next(PACKS.iterdir()), verbosity=0)
    for lesson in LessonPage.objects.live():
        paper = open_page(lesson, uuid.uuid4())
        assert Paper.objects.filter(sha256=paper).exists(), lesson


def test_papers_are_stored_of_a_lesson_that_is_copied(lesson):
    copy = lesson.copy(update_attrs={"slug": "copied", "title": "Copied"})
    digest = open_page(LessonPage.objects.get(pk=copy.pk), uuid.uuid4())
    assert Paper.objects.filter(sha256=digest).exists()
