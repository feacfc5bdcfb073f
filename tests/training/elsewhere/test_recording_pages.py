"""Trainers record what was completed elsewhere by hand; who may, and what is shown."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.training.assigning_pages import plain
from tests.training.elsewhere.recording import PDF, record
from tests.training.moments import START, clock_at
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.assignments.models import CompletionElsewhere, CompletionProof

pytestmark = pytest.mark.django_db

clock = clock_at(START)


@pytest.fixture
def ann(team, course):
    an_assignment(course, team)
    return a_member(team, email="ann@example.org", first_name="Ann", last_name="Lee")


def page_of(learner):
    return f"/admin/training/people/{learner.uuid}/"


def form_of(learner):
    return f"{page_of(learner)}elsewhere/"


def typed(course, team, **fields):
    usual = {
        "course": str(course.translation_key),
        "team": team.pk,
        "done_on": str(timezone.localdate()),
        "source": "Red Cross, Girona",
        "vouched_by": "HR, who saw the certificate",
        "key": "7c0e2b4e-7a4c-4f6f-9a49-0d9c3f4f5f10",
    }
    return usual | fields


def a_scan(content=PDF.content, name="Scan of Ann's paper.PDF"):
    return SimpleUploadedFile(name, content)


def test_a_trainer_records_it_and_reads_what_it_counts_for(door, ann, team, course):
    answer = door.post(form_of(ann), typed(course, team, proof=a_scan()), follow=True)
    assert f"It counts for “{course.title}”." in answer.text
    page = plain(answer)
    assert "done elsewhere" in page
    assert "Red Cross, Girona" in page
    made = CompletionElsewhere.objects.get()
    assert made.proof.name == "scan-of-anns-paper.pdf"
    assert made.team == team
    got = door.get(f"/admin/training/elsewhere/{made.pk}/proof/")
    assert got.content == PDF.content
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"done_on": "2026-03-03"}, "This date is in the future."),
        ({"done_on": "soon"}, "date"),
        ({"source": ""}, "Where"),
        ({"course": "6b0a63d5-3f5d-4b63-a4a2-000000000000"}, "course"),
        ({"proof": a_scan(b"<html>")}, "Choose a PDF, JPEG or PNG file."),
        ({"proof": a_scan(b"%PDF-" + bytes(5 * 1024 * 1024))}, "up to 5 MB"),
    ],
)
def test_what_is_wrong_is_refused_and_what_was_typed_is_kept(
    door, ann, team, course, fields, text
):
    answer = door.post(form_of(ann), typed(course, team) | fields)
    assert answer.status_code == 200
    assert text in answer.text
    assert "HR, who saw the certificate" in answer.text
    assert not CompletionElsewhere.objects.exists()


def test_a_trainer_revokes_it_with_a_reason(door, ann, team, course, trainer):
    made = record(ann, team, course, trainer)
    url = f"/admin/training/elsewhere/{made.pk}/revoke/"
    assert url in door.get(page_of(ann)).text
    assert door.post(url, {"reason": ""}).status_code == 200
    answer = door.post(url, {"reason": "It was of a cousin"}, follow=True)
    assert "It was of a cousin" in plain(answer)
    assert "done elsewhere" not in plain(door.get(page_of(ann))).lower().replace(
        "done elsewhere course", ""
    )
    assert url not in answer.text


def test_observers_see_it_and_cannot_write_and_others_see_nothing(
    client, ann, team, course, trainer
):
    made = record(ann, team, course, trainer, proof=PDF)
    addresses = [
        form_of(ann),
        f"/admin/training/elsewhere/{made.pk}/revoke/",
        f"/admin/training/elsewhere/{made.pk}/proof/",
    ]
    observer = a_member(team, role=Role.OBSERVER).user
    client.force_login(observer)
    page = client.get(page_of(ann)).text
    assert "Red Cross" in page
    assert not any(url in page for url in addresses[:2])
    found = [client.get(url).status_code for url in addresses]
    assert found == [404, 404, 200]
    client.force_login(a_trainer(a_team("Ward 4")))
    assert [client.get(url).status_code for url in addresses] == [404] * 3
    client.force_login(ann.user)
    assert all(client.get(url).status_code in (302, 403) for url in addresses)


def test_a_second_clinic_that_asks_for_other_courses_does_not_see_it(
    client, ann, team, course, trainer
):
    record(ann, team, course, trainer)
    other = a_team("Clinic 2")
    a_member_too = a_trainer(other)
    other.memberships.create(learner=ann, role="member", joined_at=START)
    client.force_login(a_member_too)
    assert "Red Cross" not in client.get(page_of(ann)).text


def test_people_see_their_own_with_its_proof(client, ann, team, course, trainer):
    made = record(ann, team, course, trainer, proof=PDF)
    proof = f"/my-learning/elsewhere/{made.pk}/proof/"
    client.force_login(ann.user)
    page = client.get("/my-learning/").text
    assert "Done elsewhere on 2 March 2026." in page
    assert "Red Cross" in page
    assert proof in page
    assert client.get(proof).content == PDF.content
    client.force_login(a_member(team).user)
    assert "Red Cross" not in client.get("/my-learning/").text
    assert client.get(proof).status_code == 404


def test_people_in_two_teams_of_the_trainer_are_asked_which(
    door, ann, team, course, trainer
):
    other = a_team("Ward 4")
    other.memberships.create(learner=ann, role="member", joined_at=START)
    other.memberships.create(learner=trainer.learner, role="trainer", joined_at=START)
    page = door.get(form_of(ann)).text
    assert "Ward 4" in page
    answer = door.post(form_of(ann), typed(course, other), follow=True)
    assert "Recorded." in answer.text
    assert CompletionElsewhere.objects.get().team == other


def test_a_proof_is_not_kept_without_its_completion(door, ann, team, course):
    later = str(timezone.localdate() + dt.timedelta(days=1))
    answer = door.post(form_of(ann), typed(course, team, done_on=later, proof=a_scan()))
    assert "Choose the file again" in answer.text
    assert not CompletionProof.objects.exists()
