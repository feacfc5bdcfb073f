"""Each mail is true for each way in which somebody can come to get it."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from accounts.actions.learners import attach_learning
from course.models import LessonPage
from mail.actions.planning import plan_messages
from progress.actions.enrolments import (
    complete_lesson,
    enrol_learner,
    note_read_signed_in,
    start_lesson,
)
from progress.models import Certificate
from tests.factories import UserFactory, a_course
from tests.signing_in import with_password
from tests.taking_quizzes import give_answers
from tests.training.moments import clock_at
from tests.training.outbox import START, an_exception, days, run_worker
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.satisfaction import mark_satisfied
from training.assignments.models import Assignment, ExceptionEntry, Obligation
from training.certificates.actions.certificates import revoke_certificate
from training.teams.actions.invitations import Newcomer, add_people
from training.teams.actions.memberships import join_team, leave_team
from training.teams.models import Invitation

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

clock = clock_at(START)


@pytest.fixture
def team():
    return a_team(manager_name="Mona", manager_email="mona@example.org")


@pytest.fixture
def trainer(team):
    return a_trainer(team, email="tess@example.org", first_name="Tess")


@pytest.fixture
def anna(team, trainer):
    return a_member(team, email="anna@example.org", first_name="Anna")


@pytest.fixture
def course():
    return a_course(lessons=1, questions=1)


@pytest.fixture
def yearly(course, team, anna):
    """A duty due after 30 days and every year again."""
    return an_assignment(
        course,
        team,
        title="Safety",
        recurs_every_months=12,
        recurs_from=Assignment.RecursFrom.COMPLETION,
        escalate_after_days=7,
    )


def learn(learner, course):
    at = timezone.now()
    enrolment = enrol_learner(learner=learner, course=course, at=at)
    key = LessonPage.objects.get().translation_key
    start_lesson(enrolment=enrolment, lesson_key=key, at=at)
    complete_lesson(enrolment=enrolment, lesson_key=key, how="read", at=at)
    note_read_signed_in(enrolment=enrolment, lesson_key=key, at=at)
    mark_satisfied(learner=learner, at=at)


def sent(clock, *numbers, to="anna@example.org"):
    """Run the worker on these days; return subject and words of the mail to somebody."""
    found = []
    for number in numbers:
        clock.move_to(days(number))
        run_worker()
        found += [(m.subject, m.body) for m in mail.outbox if to in m.to]
        mail.outbox.clear()
    return found


def the_words(clock, *numbers, **whom):
    (found,) = sent(clock, *numbers, **whom)
    return found[1]


def deputise(obligation, deputy):
    return an_exception(obligation, kind="hand_over", deputy=deputy)


AGAIN = "It is time to do “Safety” again. What you did before is kept on your record."


def test_the_first_time_it_was_assigned(clock, yearly):
    assert "“Safety” has been assigned to you." in the_words(clock, 0)


def test_who_joins_late_is_told_the_same_with_a_date_of_their_own(clock, yearly, team):
    clock.move_to(days(40))
    a_member(team, email="late@example.org")
    words = the_words(clock, 40, to="late@example.org")
    assert "“Safety” has been assigned to you." in words
    assert "It is due on Wednesday, 13 May 2026" in words


def test_who_did_it_is_asked_again(clock, yearly, anna, course):
    sent(clock, 0)
    learn(anna, course)
    assert AGAIN in the_words(clock, 340)


def test_who_was_let_off_for_good_is_not_told_that_they_did_it(clock, yearly, anna):
    sent(clock, 0)
    an_exception(Obligation.objects.get(), kind="waiver")
    words = the_words(clock, 370)
    assert "You were excused last time; this time you need to do it." in words
    assert "again" not in words
    assert "you did" not in words


def test_whose_deputy_did_it_is_not_told_that_they_did_it(
    clock, yearly, anna, team, course
):
    dan = a_member(team, email="dan@example.org", first_name="Dan")
    sent(clock, 0)
    deputise(Obligation.objects.get(learner=anna), dan)
    learn(dan, course)
    words = the_words(clock, 340)
    assert "Last time someone else did it for you" in words
    assert "you did" not in words


def test_a_deputy_is_told_whose_it_is(clock, yearly, anna, team):
    sent(clock, 0)
    dan = a_trainer(a_team("Other"), email="dan@example.org", first_name="Dan").learner
    deputise(Obligation.objects.get(), dan)
    words = [
        body for _subject, body in sent(clock, 1, 16, 30, 31, to="dan@example.org")
    ]
    assert "has handed “Safety” over to you" in words[0]
    assert all("on behalf of" in each for each in words[1:])
    assert len(words) == 4
    learn(dan, LessonPage.objects.get().get_parent().specific)
    words = the_words(clock, 32, to="dan@example.org")
    assert "You do not need to do anything else." in words
    assert "let you know when" not in words


def test_before_it_is_due_it_is_still_to_be_done(clock, yearly):
    sent(clock, 0)
    assert "You still need to do “Safety”." in the_words(clock, 16)
    assert "“Safety” is due today. You still need to do it." in the_words(clock, 30)


def test_after_an_extension_the_date_is_the_new_one(clock, yearly):
    sent(clock, 0)
    late = an_exception(Obligation.objects.get(), kind="extension", due_at=days(40))
    words = the_words(clock, 37)
    assert "It is due on Monday, 13 April 2026" in words
    ExceptionEntry.objects.filter(pk=late.pk).update(revoked_at=days(38))
    words = the_words(clock, 38)
    assert "It was due on 3 April 2026" in words


def test_after_a_waiver_ended_it_is_due_as_it_was(clock, yearly):
    sent(clock, 0)
    an_exception(Obligation.objects.get(), kind="waiver", ends_at=days(20))
    assert sent(clock, 16, 19) == []
    words = the_words(clock, 27)
    assert "You still need to do “Safety”." in words
    assert "It is due on Friday, 3 April 2026" in words


def test_who_left_and_came_back_is_not_told_anything_new(clock, yearly, anna, team):
    sent(clock, 0)
    leave_team(team=team, learner=anna, at=days(1), by=None)
    assert sent(clock, 16) == []
    join_team(team=team, learner=anna, role=Role.MEMBER, at=days(17))
    ((subject, words),) = sent(clock, 27)
    assert subject == "Due on 3 April: Safety"
    assert "You still need to do “Safety”." in words


def test_all_clear_says_until_when_it_counts(clock, yearly, anna, course):
    sent(clock, 0, 31)
    learn(anna, course)
    words = the_words(clock, 32)
    assert "It is valid until 4 April 2027. We will let you know" in words
    assert "do not need to do anything else" not in words


def test_all_clear_of_what_comes_once_says_that_it_is_over(clock, course, team, anna):
    an_assignment(course, team, title="Once")
    sent(clock, 0, 31)
    learn(anna, course)
    words = the_words(clock, 32)
    assert "You do not need to do anything else." in words


def test_each_is_told_who_can_say_why(clock, yearly, anna):
    clock.move_to(days(0))
    assert "The people who look after your training can tell you why" in the_words(
        clock, 0
    )
    found = [sent(clock, 31, 37, 40, to=f"{who}@example.org") for who in ("mona",)]
    assert "the manager named by the team's trainers" in found[0][0][1]
    assert "Your trainer" not in found[0][0][1]


def test_the_digest_sends_trainers_to_the_list_of_mail(clock, yearly):
    sent(clock, 0)
    # A Monday.
    words = the_words(clock, 33, to="tess@example.org")
    assert "Training → Mail shows why you got it" in words


def revoke_newest(trainer):
    [certificate] = Certificate.objects.in_force()
    terms = {"reason": "Wrong name", "by": trainer, "at": timezone.now()}
    revoke_certificate(certificate=certificate, **terms)


def test_a_revoked_certificate_makes_no_mail_untrue(
    clock, yearly, anna, course, trainer
):
    """The learning stays as it is: it is done, counts as long, and comes again then."""
    sent(clock, 0, 31)
    learn(anna, course)
    revoke_newest(trainer)
    [(subject, _revoked), (_done, words)] = sorted(sent(clock, 32))
    assert subject.startswith("Certificate revoked: ")
    assert "was completed on 4 April 2026" in words
    assert "It is valid until 4 April 2027" in words
    again = the_words(clock, 370)
    assert AGAIN in again
    assert "certificate" not in (words + again).lower()
    assert anna.obligations.get(cycle=1).expires_at.date() == dt.date(2027, 4, 4)


def sign_in_with(device, anna):
    attach_learning(user=anna.user, token=device, at=timezone.now())


def test_what_was_done_without_signing_in_is_still_to_be_done(clock, yearly, anna):
    sent(clock, 0)
    clock.move_to(days(3))
    sign_in_with(give_answers(LessonPage.objects.get(), "Right"), anna)
    assert "You still need to do “Safety”." in the_words(clock, 16)


def test_a_reminder_that_signing_in_overtakes_is_not_sent(clock, yearly, anna):
    """Where it counts: what waits to be sent, and the lesson done on a device before."""
    Obligation.objects.update(
        requirement=Obligation.objects.get().requirement | {"anonymous_counts": True}
    )
    sent(clock, 0)
    clock.move_to(days(16))
    plan_messages(at=timezone.now())
    sign_in_with(give_answers(LessonPage.objects.get(), "Right"), anna)
    assert sent(clock, 16, 27, 30, 31) == []
    again = the_words(clock, 355)
    assert AGAIN in again


def test_all_clear_after_signing_in_says_when_it_was_done(clock, yearly, anna):
    Obligation.objects.update(
        requirement=Obligation.objects.get().requirement | {"anonymous_counts": True}
    )
    sent(clock, 0)
    clock.move_to(days(29))
    device = give_answers(LessonPage.objects.get(), "Right")
    sent(clock, 31)
    sign_in_with(device, anna)
    words = the_words(clock, 32)
    assert "was completed on 2 April 2026" in words
    assert "It is valid until 2 April 2027" in words


def brought(team, trainer, clock, role):
    with_password(UserFactory(email="new@example.org"))
    people = [Newcomer("new@example.org", role)]
    add_people(team=team, people=people, by=trainer, at=timezone.now())
    return the_words(clock, 0, to="new@example.org")


def test_who_comes_to_look_after_a_team_is_not_sent_to_learn(team, trainer, clock):
    words = brought(team, trainer, clock, Role.TRAINER)
    assert "You are now a trainer of the team Ward 3." in words
    assert "My learning" not in words
    assert "/admin/" in words


def test_who_only_looks_is_told_so(team, trainer, clock):
    assert "You are now an observer" in brought(team, trainer, clock, Role.OBSERVER)


def test_who_comes_to_learn_finds_it_under_my_learning(team, trainer, clock):
    words = brought(team, trainer, clock, Role.MEMBER)
    assert "appears under My learning" in words
    assert "/my-learning/" in words


def test_an_invitation_outlives_the_account_that_sent_it(team, trainer, clock):
    people = [Newcomer("new@example.org")]
    add_people(team=team, people=people, by=trainer, at=timezone.now())
    Invitation.objects.update(invited_by=None)
    words = the_words(clock, 0, to="new@example.org")
    assert "You have been invited to join the team Ward 3" in words
    assert "asked to join" not in words
