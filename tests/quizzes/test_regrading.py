"""A key is changed after people answered: what each choice does, by every route."""

import datetime
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Revision

from course.models import LessonPage
from progress.models import Certificate, LessonProgress
from quizzes.actions.regrading import regrade_lesson
from quizzes.models import Attempt, Grade, Publication
from quizzes.queries import attempts
from quizzes.receivers import lesson_published
from tests.factories import UserFactory
from tests.quizzes.regrading import (
    NEW_RIGHT,
    OLD_RIGHT,
    a_lesson_of,
    an_answered_lesson,
    cost_of,
    draft_of,
    scores,
    take,
    undone,
)
from tests.taking_quizzes import answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    return an_answered_lesson()


def passed():
    """Return who has passed, in the order in which they answered."""
    return [bool(row.passed_at) for row in LessonProgress.objects.order_by("enrolment")]


CHOICES = {
    "keep": ([3, 2, 2, 2], [True, False, False, False]),
    "new_only": ([3, 2, 2, 2], [True, False, False, False]),
    "full_credit": ([3, 3, 3, 3], [True, True, True, True]),
    "both_right": ([3, 3, 2, 2], [True, True, False, False]),
    "re_mark": ([2, 3, 2, 2], [True, True, False, False]),
}


def test_each_choice_does_what_it_says(lesson):
    for choice, came in CHOICES.items():
        assert passed() == [True, False, False, False]
        with undone():
            draft_of(lesson, given_answers=choice).publish()
            assert (scores(), passed()) == came, choice
            assert scores(run=1) == [3, 2, 2, 2], choice


def test_a_new_attempt_is_marked_by_the_new_key_alone(lesson):
    draft_of(lesson, given_answers="new_only").publish()
    take(lesson, *NEW_RIGHT)
    assert scores() == [3, 2, 2, 2, 3]


def test_a_grade_says_who_why_and_by_which_paper(lesson):
    user = UserFactory(administrator=True)
    draft_of(lesson, given_answers="full_credit").publish(user=user)
    first, second = Grade.objects.filter(attempt=Attempt.objects.all()[1])
    assert (first.run, first.actor, first.reason) == (1, None, "")
    assert second.run == 2
    assert "full credit" in second.reason
    live = attempts.paper_of(LessonPage.objects.get())
    assert second.paper.content == live
    assert second.paper != first.paper


def test_a_pass_gained_on_the_last_lesson_completes_the_course(lesson):
    assert Certificate.objects.count() == 1
    draft_of(lesson, given_answers="both_right").publish()
    assert Certificate.objects.count() == 2
    draft_of(lesson, given_answers="re_mark", right="Also wrong").publish()
    assert Certificate.objects.count() == 3


def test_a_kinder_pass_rule_passes_those_it_touches_and_shows_it(lesson):
    draft_of(lesson, right="Right", pass_share=40, given_answers="re_mark").publish()
    assert passed() == [True] * 4
    assert scores() == [3, 2, 2, 2]
    attempt = Attempt.objects.order_by("pk").last()
    assert attempts.lesson_outcome(attempt).is_passed


def test_a_stricter_pass_rule_takes_no_pass_away(lesson):
    draft_of(lesson, right="Right", pass_share=100, given_answers="re_mark").publish()
    assert passed() == [True, False, False, False]
    assert scores() == [3, 2, 2, 2]


def test_a_question_taken_out_can_be_credited_to_all(lesson):
    draft = lesson.get_latest_revision_as_object()
    draft.questions.set(list(draft.questions.all())[:-1])
    draft.given_answers = "full_credit"
    draft.save_revision().publish()
    assert scores() == [4, 3, 3, 3]


def test_an_open_attempt_is_left_alone_and_marked_on_its_own_paper(lesson):
    half = take(lesson, *OLD_RIGHT[:3])
    draft_of(lesson, given_answers="re_mark").publish()
    assert Attempt.objects.open().count() == 1
    for text in OLD_RIGHT[3:]:
        answer(half, lesson.url + "quiz/", text)
    grade = Grade.objects.get(attempt=Attempt.objects.order_by("pk").last())
    assert (grade.run, grade.right) == (1, 3)
    assert grade.paper == grade.attempt.paper


def test_an_attempt_whose_marking_was_cut_off_gets_its_own_first_grade(lesson):
    attempt = Attempt.objects.order_by("pk").first()
    Grade.objects.filter(attempt=attempt).delete()
    draft_of(lesson, given_answers="re_mark").publish()
    first, second = attempt.grades.order_by("run")
    assert (first.right, second.right) == (3, 2)
    assert first.paper == attempt.paper


def test_only_what_this_change_changes_is_marked_again(lesson):
    """An earlier decision on another question is not undone by a later one."""
    draft_of(lesson, given_answers="full_credit").publish()
    draft_of(lesson, question=3, given_answers="re_mark").publish()
    assert scores() == [4, 4, 4, 4]


def test_going_back_and_forth_ends_where_it_began(lesson):
    draft_of(lesson, given_answers="re_mark").publish()
    draft_of(lesson, right="Right", given_answers="re_mark").publish()
    assert scores() == [3, 2, 2, 2]
    assert passed() == [True, True, False, False]


# Once, and then afresh


def test_publishing_again_or_hearing_of_it_twice_adds_nothing(lesson):
    revision = draft_of(lesson, given_answers="re_mark")
    revision.publish()
    count = Grade.objects.count()
    revision.refresh_from_db()
    revision.publish()
    lesson_published(instance=LessonPage.objects.get(), revision=revision)
    assert Grade.objects.count() == count
    assert Publication.objects.count() == 1


def test_the_decision_is_taken_back_without_a_new_revision(lesson):
    revision = draft_of(lesson, given_answers="re_mark", kind_of_change="safety")
    revision.publish()
    for page in (LessonPage.objects.get(), lesson.get_latest_revision_as_object()):
        assert page.given_answers == "keep"
        assert page.kind_of_change == "wording"
    assert LessonPage.objects.get().latest_revision == revision
    assert not LessonPage.objects.get().has_unpublished_changes
    kept = Publication.objects.get()
    assert (kept.kind_of_change, kept.given_answers) == ("safety", "re_mark")


def test_a_later_draft_keeps_only_a_decision_of_its_own(lesson):
    for later, left in (("re_mark", "keep"), ("both_right", "both_right")):
        with undone():
            revision = draft_of(lesson, given_answers="re_mark")
            draft_of(lesson, right="Also wrong", given_answers=later)
            Revision.objects.get(pk=revision.pk).publish()
            draft = LessonPage.objects.get().get_latest_revision_as_object()
            assert draft.given_answers == left, later


def test_a_scheduled_draft_waits_for_its_day(lesson):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    draft_of(lesson, given_answers="re_mark", go_live_at=tomorrow).publish()
    assert scores() == [3, 2, 2, 2]
    draft = LessonPage.objects.get().get_latest_revision_as_object()
    assert draft.given_answers == "re_mark"


def test_a_lesson_only_scheduled_again_is_not_yet_published(lesson):
    lesson.unpublish()
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    draft_of(lesson, given_answers="re_mark", go_live_at=tomorrow).publish()
    assert scores() == [3, 2, 2, 2]
    assert not Publication.objects.exists()


# How much it costs


def test_marking_again_costs_the_same_for_few_and_for_many():
    costs = []
    for people in (2, 12):
        lesson = a_lesson_of(questions=2)
        for _person in range(people):
            take(lesson, "Wrong", "Wrong")
        revision = draft_of(lesson, given_answers="re_mark")
        costs.append(cost_of(revision.publish))
        assert Grade.objects.filter(run=2).count() >= people
    assert costs[0] == costs[1]


# The command


def run(capsys, *args, **options):
    call_command("regrade", *args, **options)
    return capsys.readouterr().out


def test_a_dry_run_prints_what_the_panel_shows_and_changes_nothing(lesson, capsys):
    draft_of(lesson, given_answers="re_mark")
    out = run(capsys, lesson.slug, dry_run=True)
    draft, live = out.split("Live questions")
    line = "attempts affected: 4, of which 2 unchanged, 1 would go up, 1 would drop below the pass mark."
    assert f"re-mark: {line}" in draft
    assert "re-mark: attempts affected: 0" in live
    assert not Grade.objects.filter(run=2).exists()


def test_the_command_marks_by_the_live_wording_after_the_fact(lesson, capsys):
    draft_of(lesson).publish()
    for name in (lesson.slug, lesson.url, str(lesson.translation_key)):
        with undone():
            assert "Attempts marked again: 2" in run(capsys, name, choice="re-mark")
            assert scores() == [2, 3, 2, 2], name
            again = run(capsys, name, choice="re-mark")
            assert "Attempts marked again: 0" in again, name


def test_the_command_refuses_what_it_cannot_tell_apart(lesson):
    with pytest.raises(CommandError, match="There is no lesson"):
        call_command("regrade", "nowhere", dry_run=True)
    with pytest.raises(CommandError, match="There is no lesson"):
        call_command("regrade", str(uuid.uuid4()), dry_run=True)
    with pytest.raises(CommandError, match="--choice"):
        call_command("regrade", lesson.slug)
    other = a_lesson_of(questions=1)
    other.slug = lesson.slug
    other.save()
    with pytest.raises(CommandError, match="Choose one of these") as refused:
        call_command("regrade", lesson.slug, dry_run=True)
    assert lesson.url.strip("/") in str(refused.value)


def test_marking_again_without_a_paper_before_compares_each_own_paper(lesson):
    draft_of(lesson).publish()
    user = UserFactory()
    appended = regrade_lesson(
        lesson=LessonPage.objects.get(),
        choice="both_right",
        before=None,
        actor=user,
        at=timezone.now(),
    )
    assert appended == 1
    assert Grade.objects.get(run=2).actor == user
