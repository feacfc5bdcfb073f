"""Whoever is forgotten leaves counts behind, and nothing that says who they were."""

import datetime as dt
import json
import uuid

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.actions.learners import erase_learner, erase_person
from accounts.register import export_person
from mail.models import Message
from progress.actions import certificates
from progress.models import Certificate
from quizzes.models import Answer
from tests.factories import UserFactory, a_course
from tests.training.proof import complete
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.models import (
    CompletionElsewhere,
    CompletionProof,
    ExceptionEntry,
    Obligation,
)
from training.teams import access, log
from training.teams.models import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return a_team(manager_name="Anna Berg", manager_email="anna@example.org")


@pytest.fixture
def learner(team, course):
    an_assignment(course, team)
    return a_member(team, email="anna@example.org", first_name="Anna", last_name="Berg")


def an_exception(obligation, reason, **fields):
    return ExceptionEntry.objects.create(
        **{
            "obligation": obligation,
            "kind": "waiver",
            "reason": reason,
            "starts_at": timezone.now(),
            "created_at": timezone.now(),
        }
        | fields
    )


def a_notice(obligation, **fields):
    return Message.objects.create(
        **{
            "kind": "assigned",
            "recipient": obligation.learner.user,
            "recipient_key": f"user:{obligation.learner.user.pk}",
            "topic_key": f"obligation:{obligation.pk}",
            "about": obligation,
            "scheduled_for": timezone.now(),
            "created_at": timezone.now(),
            "why": {"name": "Anna Berg"},
            "error": "anna@example.org is full",
        }
        | fields
    )


def completed_elsewhere(learner, team, course, *, by, proof="", days_ago=0):
    """Record that the learner completed the course, revoked since as it was theirs."""
    today, at = timezone.localdate(), timezone.now()
    made = CompletionElsewhere.objects.create(
        learner=learner,
        team=team,
        course_key=course.translation_key,
        done_on=today - dt.timedelta(days=days_ago),
        source=f"Clinic of {by}",
        vouched_by=by,
        key=uuid.uuid4(),
        recorded_on=today,
        recorded_at=at,
        revoked_at=at,
        revoked_reason=f"It was of {by}",
    )
    if proof:
        CompletionProof.objects.create(
            completion=made, name=proof, sha256="0" * 64, content=b"Anna Berg"
        )


@pytest.fixture
def traces(client, learner, course, team):
    """Everything that could say who the learner is, in as many places as there are."""
    certificate = complete(client, learner, course)
    by = UserFactory()
    at = timezone.now()
    again = certificates.reissue_certificate(
        certificate=certificate, reason="Anna lost it", by=by, at=at
    )
    certificates.show_name(certificate=again, shows=True)
    certificates.revoke_certificate(
        certificate=again, reason="It was not Anna", by=by, at=at
    )
    obligation = learner.obligations.get()
    an_exception(obligation, "Anna Berg is ill")
    colleague = a_member(team)
    theirs = colleague.obligations.get()
    an_exception(theirs, "Handed over", kind="hand_over", deputy=learner)
    an_exception(theirs, "Asked by anna@example.org")
    an_exception(theirs, "On leave")
    completed_elsewhere(learner, team, course, by="Dr. Berg", proof="anna-berg.pdf")
    completed_elsewhere(colleague, team, course, by="Anna Berg")
    completed_elsewhere(colleague, team, course, by="Someone else", days_ago=1)
    a_notice(obligation, state="queued")
    a_notice(theirs, kind="escalation", recipient=None, address="Anna@example.org")
    log.log_action(
        obligation, "training.exception", learner=learner, reason="Anna is ill"
    )
    log.log_action(theirs, "training.exception", learner=colleague, deputy="Anna Berg")
    return learner


def everything():
    """Return all that the tables of training and progress hold, as text."""
    rows = [
        *Certificate.objects.values(),
        *ExceptionEntry.objects.values(),
        *Message.objects.values(),
        *ModelLogEntry.objects.values(),
        *Team.objects.values(),
        *Obligation.objects.values(),
        *CompletionElsewhere.objects.values(),
        *CompletionProof.objects.values(),
    ]
    return str(rows)


def test_erasing_a_person_leaves_no_name_address_or_old_number(traces, team):
    numbers = list(Certificate.objects.values_list("serial", flat=True))
    old = str(traces.uuid)
    erase_person(learner=traces, user=traces.user, at=timezone.now())
    held = everything()
    for trace in ("Anna", "anna@", "Berg", old, *numbers):
        assert trace not in held, trace
    assert "On leave" in held
    assert "It was of Someone else" in held
    for number in numbers:
        assert Client().get(f"/certificates/{number}/").status_code == 404


def test_a_name_with_an_accent_goes_too_and_a_word_like_a_first_name_stays(team):
    an_assignment(a_course(), team)
    leaver = a_member(team, first_name="Íñigo", last_name="Núñez")
    other = a_member(team)
    short = a_member(team, first_name="Al", last_name="")
    theirs = other.obligations.get()
    log.log_action(theirs, "training.exception", learner=other, deputy="Íñigo Núñez")
    an_exception(theirs, "Also ill")
    for learner in (leaver, short):
        erase_person(learner=learner, user=learner.user, at=timezone.now())
    assert "Also ill" in everything()
    entry = log.entries_about(other).get(action="training.exception")
    assert entry.data == {"learner": str(other.uuid)}


def test_erasing_keeps_the_counts(traces):
    before = (
        Obligation.objects.count(),
        Certificate.objects.count(),
        ExceptionEntry.objects.count(),
        Message.objects.count(),
        ModelLogEntry.objects.filter(action__startswith="training.").count(),
        Answer.objects.count(),
    )
    erase_person(learner=traces, user=traces.user, at=timezone.now())
    after = (
        Obligation.objects.count(),
        Certificate.objects.count(),
        ExceptionEntry.objects.count(),
        Message.objects.count(),
        ModelLogEntry.objects.filter(action__startswith="training.").count(),
        Answer.objects.count(),
    )
    assert after == before
    assert Obligation.objects.filter(satisfied_at__isnull=False).count() == 1


def test_erasing_ends_membership_mail_and_duties(learner, team, course):
    obligation = learner.obligations.get()
    a_notice(obligation, state="queued")
    other = an_assignment(course, people=[learner])
    erase_person(learner=learner, user=learner.user, at=timezone.now())
    assert learner.memberships.get().left_at
    assert not learner.obligations.filter(withdrawn_at=None).exists()
    assert Message.objects.get().state == Message.State.DROPPED
    assert not other.people.exists()
    reconcile_obligations(at=timezone.now())
    assert not learner.obligations.filter(withdrawn_at=None).exists()


def test_a_trainer_who_deletes_their_learning_loses_the_door(team):
    user = a_trainer(team)
    erase_learner(learner=user.learner, at=timezone.now())
    user = type(user).objects.get(pk=user.pk)
    assert not access.may_enter(user)
    assert user.is_active


def test_erasing_twice_changes_nothing_more(traces):
    user = traces.user
    erase_person(learner=traces, user=user, at=timezone.now())
    before = [list(m.objects.order_by("pk").values()) for m in (Certificate, Message)]
    erase_person(learner=traces, user=None, at=timezone.now())
    after = [list(m.objects.order_by("pk").values()) for m in (Certificate, Message)]
    assert after == before


def test_the_certificate_of_an_erased_person_names_nobody_to_anyone(traces, team):
    erase_person(learner=traces, user=traces.user, at=timezone.now())
    trainer = Client()
    trainer.force_login(a_trainer(team))
    page = trainer.get("/admin/training/certificates/").text
    assert "Erased person" in page
    assert "Anna" not in page


def test_an_export_tells_all_that_training_holds(traces, capsys):
    call_command("export_person", "anna@example.org")
    data = json.loads(capsys.readouterr().out)
    held = data["teams"] | data["assignments"]
    assert held["teams"][0]["team"] == "Ward 3"
    assert held["assignments"][0]["exceptions"][0]["reason"] == "Anna Berg is ill"
    assert held["standing_in"][0]["assignment"]
    assert {"training.joined", "training.exception"} <= {
        entry["action"] for entry in held["log"]
    }
    assert {mail["kind"] for mail in data["mail"]} == {"assigned", "escalation"}
    [course] = data["courses"]
    old, new = course["certificates"]
    assert old["replaced"]
    assert new["revoked_because"] == "It was not Anna"
    assert new["number"] == course["certificate"]


def test_an_export_does_not_tell_for_whom_somebody_stands_in(traces, team):
    colleague = team.memberships.exclude(learner=traces).get(role=Role.MEMBER).learner
    said = json.dumps(export_person(traces, traces.user))
    assert colleague.user.email not in said
    assert str(colleague.uuid) not in said
