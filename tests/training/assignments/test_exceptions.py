"""The ledger: each exception has its days, holds in one cycle, and is never edited."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.actions.learners import erase_learner
from accounts.models import Learner
from tests.factories import a_course, lessons_of
from tests.taking_quizzes import answer
from tests.training.assigning_pages import exceptions_of, plain
from tests.training.moments import START, days
from tests.training.staff import a_member, a_team, an_assignment, pass_lesson
from training.assignments.actions import exceptions as verbs
from training.assignments.actions.exceptions import Days, UnableToExcept, UnableToRevoke
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.models import Obligation, Status
from training.assignments.wording import reasons
from training.teams import log

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

YEARLY = {"recurs_every_months": 12, "recurs_from": "completion", "window_days": 30}


def day(number):
    return days(number).date()


@pytest.fixture
def course():
    return a_course(lessons=1, questions=2, title="Stem cells")


@pytest.fixture
def learner(team):
    return a_member(team, email="anna@example.org")


@pytest.fixture
def obligation(team, course, learner):
    an_assignment(course, team)
    return Obligation.objects.get(learner=learner)


def status_of(obligation, at):
    return Obligation.objects.with_status(at).get(pk=obligation.pk).status


def learn(client, person, course):
    client.force_login(person.user)
    for lesson in lessons_of(course):
        pass_lesson(client, lesson)


# Each kind.


def test_an_extension_moves_the_due_date_to_the_end_of_the_day(except_it, obligation):
    entry = except_it(verbs.extend_due_date, obligation, due_on=day(60))
    assert entry.due_at == dt.datetime(2026, 5, 1, 23, 59, 59, tzinfo=dt.UTC)
    assert status_of(obligation, days(59)) == Status.DUE_SOON
    assert status_of(obligation, days(61)) == Status.OVERDUE
    obligation.refresh_from_db()
    assert obligation.due_at.date() == day(30)


@pytest.mark.parametrize("number", [-1, 10, 30])
def test_an_extension_is_later_than_the_due_date(except_it, obligation, number):
    with pytest.raises(UnableToExcept, match="later date"):
        except_it(verbs.extend_due_date, obligation, due_on=day(number))


def test_a_second_extension_is_later_than_the_first(except_it, obligation):
    except_it(verbs.extend_due_date, obligation, due_on=day(60))
    with pytest.raises(UnableToExcept):
        except_it(verbs.extend_due_date, obligation, due_on=day(50))
    except_it(verbs.extend_due_date, obligation, due_on=day(70))
    assert status_of(obligation, days(69)) == Status.DUE_SOON


def test_a_waiver_falls_back_after_its_last_day(except_it, obligation):
    except_it(verbs.waive_obligation, obligation, days=Days(until=day(40)))
    assert status_of(obligation, days(40)) == Status.WAIVED
    assert status_of(obligation, days(41)) == Status.OVERDUE


def test_a_waiver_can_begin_later_and_hold_for_good(except_it, obligation):
    except_it(verbs.waive_obligation, obligation, days=Days(since=day(5)))
    assert status_of(obligation, days(4)) == Status.OPEN
    assert status_of(obligation, days(400)) == Status.WAIVED
    with pytest.raises(UnableToExcept, match="already waived"):
        except_it(verbs.waive_obligation, obligation)


def test_days_that_end_before_they_begin_are_refused(except_it, obligation):
    with pytest.raises(UnableToExcept, match="end after it starts"):
        except_it(
            verbs.waive_obligation, obligation, days=Days(since=day(5), until=day(4))
        )
    assert not obligation.exceptions.exists()


def test_granted_attempts_settle_it_at_once(client, except_it, team, course, learner):
    an_assignment(course, team, attempts_counted=1)
    obligation = Obligation.objects.get(learner=learner)
    client.force_login(learner.user)
    quiz_url = lessons_of(course)[0].url + "quiz/"
    answer(client, quiz_url, "Wrong")
    answer(client, quiz_url, "Wrong")
    client.post(quiz_url + "again/", {"which": "missed"})
    pass_lesson(client, lessons_of(course)[0])
    obligation.refresh_from_db()
    assert obligation.satisfied_at is None
    except_it(verbs.grant_attempts, obligation, number=1, at=days(1))
    obligation.refresh_from_db()
    assert obligation.satisfied_at == START


def test_attempts_are_not_granted_where_all_count(except_it, obligation):
    with pytest.raises(UnableToExcept, match="All attempts already count"):
        except_it(verbs.grant_attempts, obligation, number=1)


def test_a_deputy_does_it_until_the_hand_over_ends(
    client, except_it, obligation, team, course, clock
):
    deputy = a_member(team)
    except_it(verbs.hand_over, obligation, deputy=deputy, days=Days(until=day(3)))
    clock.move_to(days(5))
    learn(client, deputy, course)
    obligation.refresh_from_db()
    assert obligation.satisfied_at is None


def test_a_deputy_who_had_done_the_course_does_it_anew(
    client, except_it, team, course, learner, clock
):
    deputy = a_member(team)
    learn(client, deputy, course)
    clock.move_to(days(5))
    an_assignment(course, people=[learner])
    obligation = Obligation.objects.get(learner=learner)
    except_it(verbs.hand_over, obligation, deputy=deputy, at=days(5))
    obligation.refresh_from_db()
    assert obligation.satisfied_at is None
    learn(client, deputy, course)
    obligation.refresh_from_db()
    assert obligation.satisfied_at == days(5)
    assert obligation.satisfied_by.learner == deputy


def test_a_deputy_is_somebody_else_whom_the_trainer_runs(
    except_it, obligation, learner
):
    stranger = a_member(a_team("Strange"))
    with pytest.raises(UnableToExcept, match="cannot be their own"):
        except_it(verbs.hand_over, obligation, deputy=learner)
    with pytest.raises(UnableToExcept, match="one of your teams"):
        except_it(verbs.hand_over, obligation, deputy=stranger)


@pytest.mark.parametrize("who", ["learner", "deputy"])
def test_nothing_is_handed_over_from_or_to_somebody_erased(
    except_it, obligation, team, who
):
    """As it reads in a form that was opened before."""
    deputy = a_member(team)
    erased = deputy if who == "deputy" else obligation.learner
    erase_learner(learner=Learner.objects.get(pk=erased.pk), at=timezone.now())
    with pytest.raises(verbs.UnableToExcept, match="has been erased"):
        except_it(verbs.hand_over, obligation, deputy=deputy)
    assert not obligation.exceptions.exists()


def test_a_deputy_who_is_gone_counts_no_longer(client, except_it, obligation, team):
    deputy = a_member(team)
    except_it(verbs.hand_over, obligation, deputy=deputy)
    with pytest.raises(UnableToExcept, match="already been handed over"):
        except_it(verbs.hand_over, obligation, deputy=a_member(team))
    deputy.user.delete()
    reconcile_obligations(at=days(1))
    assert status_of(obligation, days(31)) == Status.OVERDUE


def test_nothing_is_excepted_once_it_is_done_or_withdrawn(
    client, except_it, obligation, course, learner
):
    Obligation.objects.filter(pk=obligation.pk).update(withdrawn_at=START)
    with pytest.raises(UnableToExcept, match="no longer asked for"):
        except_it(verbs.waive_obligation, obligation)
    Obligation.objects.filter(pk=obligation.pk).update(withdrawn_at=None)
    learn(client, learner, course)
    with pytest.raises(UnableToExcept, match="already done"):
        except_it(verbs.waive_obligation, obligation)


# What holds for all.


def test_sent_twice_it_is_made_once(except_it, obligation):
    key = uuid.uuid4()
    first = except_it(verbs.extend_due_date, obligation, due_on=day(60), key=key)
    assert (
        except_it(verbs.extend_due_date, obligation, due_on=day(60), key=key) == first
    )
    assert obligation.exceptions.count() == 1


def test_none_leaks_into_the_next_cycle(
    client, except_it, team, course, learner, clock, trainer
):
    assignment = an_assignment(course, team, attempts_counted=1, **YEARLY)
    first = Obligation.objects.get(learner=learner)
    except_it(verbs.extend_due_date, first, due_on=day(600))
    except_it(verbs.grant_attempts, first, number=3)
    except_it(verbs.hand_over, first, deputy=a_member(team))
    learn(client, learner, course)
    clock.move_to(days(350))
    reconcile_obligations(at=days(350), assignments=[assignment])
    second = Obligation.objects.get(learner=learner, cycle=2)
    assert not second.exceptions.exists()
    client.force_login(trainer)
    page = plain(client.get(exceptions_of(second)))
    assert "No exceptions yet" in page
    assert "Cycle 1, due on 23 October 2027" in page
    assert status_of(second, days(364)) == Status.DUE_SOON
    assert status_of(second, days(366)) == Status.OVERDUE


def test_a_waiver_for_good_holds_for_its_cycle_alone(except_it, team, course, learner):
    assignment = an_assignment(course, team, **YEARLY)
    first = Obligation.objects.get(learner=learner)
    except_it(verbs.waive_obligation, first)
    reconcile_obligations(at=days(370), assignments=[assignment])
    second = Obligation.objects.get(learner=learner, cycle=2)
    assert status_of(first, days(370)) == Status.WAIVED
    assert status_of(second, days(370)) != Status.WAIVED


def test_taken_back_it_holds_no_longer_and_stays_in_the_ledger(
    except_it, obligation, trainer, learner
):
    entry = except_it(verbs.waive_obligation, obligation)
    verbs.revoke_exception(entry=entry, at=days(1), by=trainer)
    verbs.revoke_exception(entry=entry, at=days(2), by=trainer)
    entry.refresh_from_db()
    assert (entry.revoked_at, entry.revoked_by) == (days(1), trainer)
    assert status_of(obligation, days(2)) == Status.OPEN
    actions = [each.action for each in log.entries_about(learner)]
    assert actions.count("training.exception_revoked") == 1
    assert actions.count("training.exception") == 1


def test_what_has_run_out_cannot_be_taken_back(except_it, obligation, trainer):
    entry = except_it(verbs.waive_obligation, obligation, days=Days(until=day(2)))
    with pytest.raises(UnableToRevoke):
        verbs.revoke_exception(entry=entry, at=days(5), by=trainer)


def test_several_are_extended_at_once_and_the_others_named(
    except_it, obligation, team, course, trainer, learner
):
    other = a_member(team)
    second = Obligation.objects.get(learner=other)
    except_it(verbs.extend_due_date, second, due_on=day(90))
    key = uuid.uuid4()
    terms = {"due_on": day(60), "reason": "Moving", "key": key, "by": trainer}
    for _twice in range(2):
        refused = verbs.extend_several(
            obligations=[obligation, second], at=START, **terms
        )
        assert [each.obligation for each in refused] == [second]
    assert obligation.exceptions.count() == second.exceptions.count() == 1


# Why.


def test_why_tells_rule_dates_and_what_is_in_force(except_it, obligation):
    except_it(verbs.extend_due_date, obligation, due_on=day(60))
    over = except_it(verbs.waive_obligation, obligation, days=Days(until=day(2)))
    entries = list(obligation.exceptions.all())
    known = reasons.facts_about(obligation, entries, days(3))
    said = " ".join(reasons.reasons_in_words(known))
    assert "“Stem cells” was assigned to the team Ward 3." in said
    assert "is due on 1 April 2026 (UTC)" in said
    assert "An extension is in force: it is due on 1 May 2026." in said
    assert "waiver" not in said
    assert over.reason not in str(known)
    assert reasons.reasons_in_words({}) == []


def test_why_counts_the_cycles_and_says_what_came_of_it(
    client, team, course, learner, clock
):
    an_assignment(course, team, pass_mark=80, **YEARLY)
    learn(client, learner, course)
    obligation = Obligation.objects.get(learner=learner)
    said = " ".join(
        reasons.reasons_in_words(reasons.facts_about(obligation, [], START))
    )
    assert "every 12 months; this is cycle 1" in said
    assert "at least 80% in each quiz" in said
    assert "It was done on 2 March 2026." in said
    assert "valid until 2 March 2027" in said
