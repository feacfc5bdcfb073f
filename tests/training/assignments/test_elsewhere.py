"""What was completed elsewhere counts as the assignment says, and can be revoked."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from progress.models import Certificate
from tests.training.elsewhere.recording import PDF, on, record
from tests.training.moments import START, clock_at, days
from tests.training.proof import complete
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.completions import (
    UnableToRecord,
    record_completion,
    revoke_completion,
)
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.models import (
    Assignment,
    CompletionElsewhere,
    Obligation,
    Status,
)
from training.assignments.queries.completions import effects_of
from training.assignments.rules.elsewhere import (
    CompletedElsewhere,
    ElsewhereVerdict,
    find_completion,
)
from training.assignments.rules.satisfaction import Requirement
from training.teams.actions.memberships import leave_team
from training.teams.log import entries_about

pytestmark = pytest.mark.django_db

clock = clock_at(START)


@pytest.fixture
def ann(team, course):
    return a_member(team, email="ann@example.org")


def status_of(obligation):
    return Obligation.objects.with_status(timezone.now()).get(pk=obligation.pk).status


def revoke(completion, by, at=None):
    revoke_completion(
        completion=completion, reason="Forged", by=by, at=at or timezone.now()
    )


def test_it_does_what_was_asked_from_its_own_day_on(ann, team, course, trainer, clock):
    an_assignment(
        course, team, recurs_every_months=12, recurs_from="completion", window_days=30
    )
    clock.move_to(days(5))
    completion = record(ann, team, course, trainer, days_ago=2, proof=PDF)
    row = ann.obligations.get()
    assert (row.satisfied_elsewhere, row.satisfied_by) == (completion, None)
    assert status_of(row) == Status.DONE
    assert timezone.localdate(row.satisfied_at) == days(3).date()
    assert timezone.localdate(row.expires_at) == dt.date(2027, 3, 5)
    assert bytes(completion.proof.content) == PDF.content
    assert not Certificate.objects.exists()
    done = {entry.action for entry in entries_about(ann)}
    assert {"training.completion_recorded", "training.satisfied"} <= done


@pytest.mark.parametrize(
    ("fields", "days_ago", "verdict"),
    [
        ({}, 0, ElsewhereVerdict.COUNTS),
        ({}, 1, ElsewhereVerdict.TOO_EARLY),
        ({"prior_counts": True}, 1, ElsewhereVerdict.COUNTS),
        ({"elsewhere_counts": False}, 0, ElsewhereVerdict.NOT_ACCEPTED),
        (
            {"elsewhere_counts": False, "prior_counts": True},
            1,
            ElsewhereVerdict.NOT_ACCEPTED,
        ),
    ],
)
def test_it_counts_as_the_assignment_says(
    ann, team, course, trainer, fields, days_ago, verdict
):
    an_assignment(course, team, **fields)
    completion = record(ann, team, course, trainer, days_ago=days_ago)
    counts = verdict is ElsewhereVerdict.COUNTS
    assert (ann.obligations.get().satisfied_at is not None) is counts
    assert [effect.verdict for effect in effects_of(completion)] == [verdict]


def test_it_also_counts_for_what_is_asked_later(ann, team, course, trainer):
    record(ann, team, course, trainer, days_ago=40)
    an_assignment(course, team, prior_counts=True)
    assert ann.obligations.get().is_done_elsewhere


def test_the_first_since_it_opened_counts_or_else_the_last_before():
    def completed(number):
        return CompletedElsewhere(number, days(number).date(), days(60))

    asked = Requirement(prior_counts=True, elsewhere_counts=True)
    several = [completed(number) for number in (-9, -2, 3, 8)]
    found = find_completion(asked, several, START, "UTC")
    assert found == (days(3).replace(hour=23, minute=59, second=59), 3)
    early = find_completion(asked, several[:2], START, "UTC")
    assert early == (early[0], -2)
    since = Requirement(elsewhere_counts=True)
    assert find_completion(since, several[:2], START, "UTC") is None


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_tomorrow_is_the_teams_own_and_is_refused(course, zone):
    team = a_team(zone, time_zone=zone)
    ann, trainer = a_member(team), a_trainer(team)
    at = dt.datetime(2026, 3, 2, 10, 30, tzinfo=dt.UTC)
    today = at.astimezone(
        dt.timezone(dt.timedelta(hours=14 if "Kiri" in zone else -11))
    )
    terms = {"learner": ann, "team": team, "by": trainer, "at": at}
    tomorrow = on(today.date() + dt.timedelta(days=1), course)
    with pytest.raises(UnableToRecord, match="in the future"):
        record_completion(facts=tomorrow, key=uuid.uuid4(), **terms)
    assert not CompletionElsewhere.objects.exists()
    record_completion(facts=on(today.date(), course), key=uuid.uuid4(), **terms)
    with pytest.raises(IntegrityError), transaction.atomic():
        CompletionElsewhere.objects.update(done_on=tomorrow.done_on)


def test_a_form_sent_twice_records_once_and_the_same_day_is_refused(
    ann, team, course, trainer
):
    terms = {
        "learner": ann,
        "team": team,
        "facts": on(START.date(), course),
        "by": trainer,
        "at": START,
    }
    key = uuid.uuid4()
    first = record_completion(key=key, **terms)
    assert record_completion(key=key, **terms) == first
    with pytest.raises(UnableToRecord, match="already recorded"):
        record_completion(key=uuid.uuid4(), **terms)
    revoke(first, trainer)
    assert record_completion(key=uuid.uuid4(), **terms) != first


def test_only_trainers_of_a_current_team_of_the_person_record(
    ann, team, course, trainer
):
    other = a_team("Ward 4")
    observer = a_member(team, role=Role.OBSERVER).user
    for by, where in ((a_trainer(other), team), (observer, team), (trainer, other)):
        with pytest.raises(UnableToRecord, match="no longer in a team"):
            record(ann, where, course, by)
    leave_team(team=team, learner=ann, at=START)
    with pytest.raises(UnableToRecord, match="no longer in a team"):
        record(ann, team, course, trainer)


def test_revoked_it_is_to_be_done_again_and_the_record_stays(
    ann, team, course, trainer, clock
):
    an_assignment(course, team)
    completion = record(ann, team, course, trainer)
    clock.move_to(days(40))
    revoke(completion, trainer)
    row = ann.obligations.get()
    assert (row.satisfied_at, row.expires_at, row.satisfied_elsewhere) == (None,) * 3
    assert status_of(row) == Status.OVERDUE
    completion.refresh_from_db()
    assert (completion.revoked_reason, completion.revoked_by) == ("Forged", trainer)
    revoke(completion, a_trainer(team), at=days(50))
    completion.refresh_from_db()
    assert completion.revoked_at == days(40)


def test_revoked_what_was_learnt_here_or_completed_twice_still_counts(
    client, ann, team, course, trainer, clock
):
    an_assignment(course, team)
    first = record(ann, team, course, trainer)
    clock.move_to(days(3))
    second = record(ann, team, course, trainer)
    revoke(first, trainer)
    assert ann.obligations.get().satisfied_elsewhere == second
    complete(client, ann, course)
    revoke(second, trainer)
    row = ann.obligations.get()
    assert row.satisfied_by.learner == ann
    assert row.satisfied_at == days(3)


def test_revoked_after_the_renewal_has_opened_only_the_renewal_is_asked(
    ann, team, course, trainer, clock
):
    rule = an_assignment(
        course, team, recurs_every_months=12, recurs_from="completion", window_days=30
    )
    completion = record(ann, team, course, trainer)
    clock.move_to(days(350))
    reconcile_obligations(at=days(350))
    revoke(completion, trainer)
    reconcile_obligations(at=days(351))
    first, second = ann.obligations.order_by("cycle")
    assert status_of(first) == Status.WITHDRAWN
    assert status_of(second) in (Status.DUE_SOON, Status.OPEN)
    assert rule.obligations.count() == 2


def test_revoked_after_the_assignment_ended_nothing_is_asked(
    ann, team, course, trainer
):
    rule = an_assignment(course, team)
    completion = record(ann, team, course, trainer)
    Assignment.objects.filter(pk=rule.pk).update(ended_at=START)
    revoke(completion, trainer)
    assert status_of(ann.obligations.get()) == Status.WITHDRAWN
