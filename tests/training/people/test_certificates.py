"""The certificates of people chosen in the list come as one PDF."""

import datetime as dt

import pytest

from jobs.models import Job
from progress.models import Certificate, Enrolment
from tests.factories import a_course
from tests.jobs.queued import a_listening_worker, run_queued
from tests.training.moments import clock_at
from tests.training.outbox import START
from tests.training.people.acting import boxes_of
from tests.training.staff import Role, a_member, an_assignment
from training.certificates.actions import pdf
from training.people.actions import certificates

pytestmark = pytest.mark.django_db
clock = clock_at(START)
URL = "/admin/training/people/certificates/"


@pytest.fixture
def people(team):
    """Ann and Bob have a certificate of what they were asked; Cat has none."""
    names = ("Ann", "Bob", "Cat")
    at = START - dt.timedelta(days=9)
    found = [
        a_member(team, at=at, first_name=name, email=f"{name}@x.org") for name in names
    ]
    course = a_course()
    an_assignment(course, team, at=at)
    for learner in found[:2]:
        a_certificate(learner, course)
    return found


def a_certificate(learner, course):
    enrolment = Enrolment.objects.create(
        learner=learner, course_key=course.translation_key, started_at=START
    )
    return Certificate.objects.create(
        enrolment=enrolment,
        serial=str(learner.uuid)[:20],
        issued_at=START,
        statement={"course": course.title, "lessons": ["One"], "pass_shares": [80]},
    )


def make_pdf(client, chosen):
    page = client.get(URL, chosen)
    shown = {"shown": page.context["form"]["shown"].value()}
    address = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
    return client.post(address, shown)


@pytest.fixture
def sheets(monkeypatch):
    """What would be laid out, as HTML."""
    made = []
    monkeypatch.setattr(pdf, "pdf_of", lambda html: made.append(html) or b"%PDF")
    return made


def test_each_certificate_has_a_sheet_of_its_own(door, people, sheets):
    file = make_pdf(door, boxes_of(*people))
    assert (file["Content-Type"], file.content) == ("application/pdf", b"%PDF")
    assert len(pdf.document_of(sheets[0]).pages) == 2


def test_it_has_valid_certificates_of_those_chosen(door, people, sheets):
    make_pdf(door, boxes_of(people[0], people[2]))
    assert "Ann" in sheets[0]
    assert "Bob" not in sheets[0]
    Certificate.objects.update(valid_until=START - dt.timedelta(days=1))
    said = make_pdf(door, boxes_of(people[0])).text
    assert "None of these people has a valid certificate." in said


def test_too_many_are_refused_with_a_word(door, people, sheets, monkeypatch):
    monkeypatch.setattr(certificates, "MOST_SHEETS", 1)
    monkeypatch.setattr("training.people.views.certificates.MOST_SHEETS", 1)
    said = make_pdf(door, boxes_of(*people)).text
    assert "These people have 2 certificates. One file can have 1" in said
    assert not sheets


def test_many_are_made_in_the_background(door, people, sheets, monkeypatch):
    monkeypatch.setattr(certificates, "MOST_AT_ONCE", 1)
    a_listening_worker()
    for _twice in range(2):
        make_pdf(door, boxes_of(*people))
    run_queued()
    job = Job.objects.get()
    assert (job.state, job.total, job.result["people"]) == ("done", 2, [])
    file = door.get(f"/admin/jobs/{job.pk}/file/")
    assert b"".join(file.streaming_content) == b"%PDF"


def test_observers_cannot(client, team, people):
    client.force_login(a_member(team, role=Role.OBSERVER).user)
    assert client.get(URL, boxes_of(*people)).status_code in (302, 403)
