"""Somebody who has done it is asked again: a certificate was revoked, or a doubt."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import a_course, lessons_of
from tests.training.people.acting import boxes_of, press
from tests.training.proof import complete
from tests.training.staff import a_member, a_team, an_assignment, pass_lesson
from training.assignments.actions.assignments import end_assignment
from training.assignments.actions.exceptions import UnableToRevoke, revoke_exception
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.models import ExceptionEntry, Obligation
from training.reports.queries.training_status import status_lines
from training.reports.rules.training_status import TrainingStatus
from training.teams import log

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return a_course(title="Hair loss", lessons=1, questions=1)


@pytest.fixture
def asked(team, course):
    return an_assignment(course, team)


@pytest.fixture
def ann(team, course, asked):
    ann = a_member(team, first_name="Ann", last_name="Roe", email="ann@example.org")
    complete(Client(), ann, course)
    return ann


def terms_of(asked, **more):
    day = timezone.localdate() + dt.timedelta(days=10)
    typed = {"assignment": asked.pk, "due_on": day.isoformat(), "reason": "A doubt"}
    return typed | more


def statuses(learner):
    rows = learner.obligations.with_status(timezone.now()).order_by("cycle")
    return [row.status for row in rows]


def in_date_now():
    [line] = status_lines(Obligation.objects.all(), timezone.now())
    return line.counts[TrainingStatus.IN_DATE]


def test_it_is_asked_anew_and_no_longer_in_date(door, trainer, ann, asked):
    assert in_date_now() == 1
    said = press(door, "ask-again", boxes_of(ann), **terms_of(asked))
    assert "1 person is asked again." in said
    assert statuses(ann) == ["expired", "due_soon"]
    assert in_date_now() == 0
    entry = ExceptionEntry.objects.get()
    assert (entry.reason, entry.actor, entry.kind) == (
        "A doubt",
        trainer,
        "asked_again",
    )
    assert entry.obligation.cycle == 2
    logged = log.entries_about(ann).get(action="training.asked_again")
    assert (logged.data["reason"], logged.user) == ("A doubt", trainer)


def test_what_was_done_before_does_not_count_and_doing_it_anew_does(
    door, ann, course, asked
):
    first = ann.obligations.get().satisfied_by
    press(door, "ask-again", boxes_of(ann), **terms_of(asked))
    reconcile_obligations(at=timezone.now())
    assert statuses(ann) == ["expired", "due_soon"]
    browser = Client()
    browser.force_login(ann.user)
    pass_lesson(browser, lessons_of(course)[0])
    assert statuses(ann) == ["expired", "done"]
    assert ann.obligations.get(cycle=2).satisfied_by != first
    assert ann.enrolments.count() == 2


def test_the_page_and_the_record_say_why(door, ann, asked):
    press(door, "ask-again", boxes_of(ann), **terms_of(asked))
    for page in ("", "log/"):
        shown = door.get(f"/admin/training/people/{ann.uuid}/{page}").text
        assert "A doubt" in shown
    obligation = ann.obligations.get(cycle=2)
    page = door.get(f"/admin/training/obligations/{obligation.pk}/").text
    assert "asked again" in page
    assert "Revoke" not in page


def test_pressed_twice_it_is_asked_once(door, ann, asked):
    for said in ("is asked again", "1 person has not done it"):
        assert said in press(door, "ask-again", boxes_of(ann), **terms_of(asked))
    assert ann.obligations.count() == 2


def test_whoever_has_not_done_it_is_left_alone(door, team, ann, asked):
    ben = a_member(team, email="ben@example.org")
    said = press(door, "ask-again", boxes_of(ann, ben), **terms_of(asked))
    assert "1 person is asked again." in said
    assert "1 person has not done it, or is no longer asked." in said
    assert ben.obligations.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": ""}, "Enter a reason."),
        ({"due_on": "2020-01-01"}, "This date is in the past."),
    ],
)
def test_bad_input_gets_a_clear_word(door, ann, asked, typed, said):
    assert said in press(door, "ask-again", boxes_of(ann), **terms_of(asked, **typed))
    assert ann.obligations.count() == 1


def test_an_ended_or_strange_assignment_is_not_offered(door, trainer, ann, asked):
    strange = an_assignment(a_course(slug="strange"), a_team("Not mine"))
    pressed = press(door, "ask-again", boxes_of(ann), **terms_of(strange))
    assert "Choose one of the options" in pressed
    end_assignment(assignment=asked, by=trainer, at=timezone.now())
    pressed = press(door, "ask-again", boxes_of(ann), **terms_of(asked))
    assert "Choose one of the options" in pressed
    assert ann.obligations.count() == 1


def test_the_one_assignment_is_chosen_already(door, ann, asked):
    page = door.get("/admin/training/people/do/ask-again/", boxes_of(ann))
    assert page.context["form"]["assignment"].value() == asked.pk
    assert page.context["form"]["due_on"].value() > timezone.localdate()


def test_its_entry_is_no_exception_to_revoke(door, trainer, ann, asked):
    press(door, "ask-again", boxes_of(ann), **terms_of(asked))
    entry = ExceptionEntry.objects.get()
    with pytest.raises(UnableToRevoke):
        revoke_exception(entry=entry, at=timezone.now(), by=trainer)


def test_reasons_of_moving_and_taking_out_are_logged_and_shown(door, trainer, team):
    ann = a_member(team, first_name="Ann", email="ann@example.org")
    ben = a_member(team, first_name="Ben", email="ben@example.org")
    press(door, "take-out", boxes_of(ben), reason="Retired")
    assert log.entries_about(ben)[0].data["reason"] == "Retired"
    assert press(door, "take-out", boxes_of(ann), reason="").count("required")
    shown = door.get(f"/admin/training/people/{ben.uuid}/log/").text
    assert "Reason: Retired" in shown
