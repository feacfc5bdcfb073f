"""Where people read that an assignment rests: lists, reports, calendar, evidence."""

import datetime as dt
import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.training.assignments.pausing.years import (
    on,
    renew,
)
from tests.training.outbox import run_worker

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]


def page(user, name, *args):
    client = Client()
    client.force_login(user)
    return client.get(reverse(name, args=args)).text


def test_my_learning_says_that_it_is_not_due(resting, bob):
    text = page(bob.user, "my_learning")
    assert "Paused" in text
    assert "It cannot be done at the moment, so it is not due" in text
    assert "which was 31 August 2027" in text
    assert "Overdue" not in text


def test_days_given_back_stand_on_my_learning_and_on_the_trainers_page(
    resting, bob, trainer
):
    renew(dt.date(2028, 9, 1))
    run_worker()
    assert "It could not be done for 5 days" in page(bob.user, "my_learning")
    text = page(trainer, "obligations:inspect", resting.pk)
    assert "It could not be done for 5 days; with these days added" in text
    assert "due on 5 September 2027" in text


def test_reports_say_that_it_is_paused(resting, trainer):
    text = page(trainer, "report_behind:index")
    assert "1 more is paused" in text
    assert "bob@example.org" not in text
    assert "paused" in page(trainer, "obligations:inspect", resting.pk)
    assert "paused" in page(trainer, "assignments:inspect", resting.assignment_id)
    assert "paused" in page(trainer, "reports:person", resting.learner.uuid)


def test_the_calendar_says_so_and_moves_on(client, resting, bob):
    def entry():
        client.force_login(bob.user)
        found = client.get(reverse("my_learning_calendar")).content
        return Calendar.from_ical(found).walk("VEVENT")[0]

    paused = entry()
    assert paused["summary"] == "Paused, not due: Safety"
    renew(dt.date(2028, 9, 1))
    run_worker()
    after = entry()
    assert after["summary"] == "Due: Safety"
    assert after["sequence"] > paused["sequence"] > 0
    assert after.decoded("dtstart") == dt.date(2027, 9, 5)


def test_evidence_says_from_when_until_when(client, clock, resting, trainer, bob):
    clock.move_to(on(2027, 9, 2))
    renew(dt.date(2028, 9, 1))
    run_worker()
    client.force_login(trainer)
    response = client.get(reverse("evidence:person", args=[bob.uuid]))
    held = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    name = next(
        n for n in held.namelist() if n.startswith("people") and n.endswith(".json")
    )
    text = held.read(name).decode()
    assert '"could_not_be_done"' in text
    assert "2027-08-21T00:00:00" in text
