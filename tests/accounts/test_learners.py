"""Learners are known by a token alone, and are forgotten in time."""

import datetime
import uuid

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import register
from accounts.actions import learners as actions
from accounts.actions.learners import (
    erase_learner,
    get_or_create_learner,
    note_activity,
    purge_idle_learners,
)
from accounts.identity import Identity
from accounts.models import Learner
from tests.factories import LearnerFactory, UserFactory

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def test_a_token_names_one_learner():
    browser = Identity(uuid.uuid4())
    first = get_or_create_learner(identity=browser, at=timezone.now())
    assert get_or_create_learner(identity=browser, at=timezone.now()) == first


def test_an_erased_learner_keeps_no_token_and_is_erased_once():
    learner = LearnerFactory()
    name = learner.uuid
    erase_learner(learner=learner, at=days_ago(0))
    assert learner.uuid != name
    erased_at = learner.erased_at
    erase_learner(learner=learner, at=timezone.now())
    learner.refresh_from_db()
    assert learner.token is None
    assert learner.erased_at == erased_at


def test_an_erased_learner_with_a_token_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        LearnerFactory(erased_at=timezone.now())


def test_only_idle_learners_without_an_account_are_purged():
    idle = LearnerFactory(created_at=days_ago(92))
    LearnerFactory(created_at=days_ago(90.5))
    LearnerFactory(created_at=days_ago(400), last_active_at=days_ago(1))
    LearnerFactory(created_at=days_ago(400), user=UserFactory())
    purge = {"at": timezone.now(), "idle_days": 90}
    assert purge_idle_learners(**purge, dry_run=True) == 1
    assert Learner.objects.present().count() == 4
    assert purge_idle_learners(**purge, dry_run=False) == 1
    idle.refresh_from_db()
    assert idle.erased_at
    assert purge_idle_learners(**purge, dry_run=False) == 0


def test_somebody_who_comes_back_during_a_purge_is_kept(monkeypatch):
    first, second = (LearnerFactory(created_at=days_ago(99)) for _number in "ab")
    erase = actions.erase_learner

    def erase_while_the_other_answers(*, learner, at):
        other = {first.pk: second, second.pk: first}[learner.pk]
        note_activity(learner=other, at=timezone.now())
        erase(learner=learner, at=at)

    monkeypatch.setattr(actions, "erase_learner", erase_while_the_other_answers)
    purged = purge_idle_learners(at=timezone.now(), idle_days=90, dry_run=False)
    assert purged == 1
    assert Learner.objects.present().count() == 1


def test_the_purge_command_prints_counts(capsys):
    LearnerFactory(created_at=days_ago(92))
    call_command("purge_learners", "--dry-run")
    assert (
        "would be erased, idle for longer than LEARNER_IDLE_DAYS (90): 1."
        in capsys.readouterr().out
    )
    call_command("purge_learners")
    assert "Learners erased, idle" in capsys.readouterr().out


def test_a_room_registers_once():
    holding = register.learner_holdings()[0]
    with pytest.raises(ValueError, match="already"):
        register.register_holding(holding)


def test_rooms_registered_what_they_hold():
    assert [holding.name for holding in register.learner_holdings()] == [
        "classroom",
        "assignments",
        "teams",
        "visit",
        "attempts",
        "resume_words",
        "courses",
        "look_backs",
        "look_back_mail",
        "learner",
    ]


def test_learner_rows_hold_nothing_that_names_a_person():
    fields = {field.name for field in Learner._meta.get_fields() if field.concrete}
    assert fields == {
        "id",
        "uuid",
        "user",
        "token",
        "created_at",
        "last_active_at",
        "erased_at",
    }


def test_users_sign_in_with_their_address_in_any_case():
    user = get_user_model().objects.create_user("Anna@Example.org", "secret")
    found = get_user_model().objects.get_by_natural_key("anna@example.ORG")
    assert found == user
    with pytest.raises(IntegrityError), transaction.atomic():
        get_user_model().objects.create_user("ANNA@example.org", "secret")
