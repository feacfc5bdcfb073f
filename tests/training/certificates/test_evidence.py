"""Evidence says what was asked, answered and decided, and can be verified offline."""

import hashlib
import json
import subprocess
import sys
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import UserFactory, a_course, lessons_of
from tests.roles import a_person
from tests.taking_quizzes import answer
from tests.training.elsewhere.recording import PDF, record
from tests.training.proof import complete, files_of, record_in
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.completions import revoke_completion
from training.assignments.models import ExceptionEntry
from training.teams import log
from training.teams.actions.memberships import join_team, leave_team

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def learner(team, course):
    an_assignment(course, team)
    return a_member(team, first_name="Anna", last_name="Berg")


@pytest.fixture
def trainer(team):
    user = a_trainer(team, email="trainer@example.org")
    client = Client()
    client.force_login(user)
    return client


def evidence_of(client, learner):
    return files_of(client.get(f"/admin/training/people/{learner.uuid}/evidence.zip"))


def evidence_of_team(client, team):
    return files_of(client.get(f"/admin/training/teams/{team.pk}/evidence.zip"))


def an_exception(obligation, **fields):
    return ExceptionEntry.objects.create(
        **{
            "obligation": obligation,
            "kind": "extension",
            "due_at": obligation.due_at,
            "reason": "Ill for a week",
            "starts_at": timezone.now(),
            "created_at": timezone.now(),
        }
        | fields
    )


def unpacked(files, folder):
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def verify(folder):
    """Run the script in the pack, with nothing of ours on its path."""
    return subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py")],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


def test_it_holds_words_answers_marks_rule_certificate_exception_and_log(
    client, learner, course, trainer
):
    lesson = lessons_of(course)[0]
    client.force_login(learner.user)
    answer(client, lesson.url + "quiz/", "Wrong")
    answer(client, lesson.url + "quiz/", None)
    client.post(lesson.url + "quiz/again/", {"which": "missed"})
    certificate = complete(client, learner, course)
    an_exception(learner.obligations.get())
    stem = lesson.questions.first().stem
    lesson.questions.all().delete()

    files = evidence_of(trainer, learner)
    record = record_in(files, learner)
    assert record["person"]["name"] == "Anna Berg"
    [duty] = record["obligations"]
    assert duty["rule_in_force"]["prior_counts"] is False
    assert duty["status"] == "done"
    assert duty["exceptions"][0]["reason"] == "Ill for a week"
    [learnt] = record["courses"]
    assert learnt["certificates"][0]["number"] == certificate.serial
    first = learnt["attempts"][0]
    assert first["questions"][0]["asked"] == stem
    assert first["questions"][0]["answers"][0]["in_words"] == ["Wrong"]
    assert first["questions"][1]["answers"][0]["not_sure"] is True
    assert first["marks"][0]["right"] == 0
    words = {entry["in_words"] for entry in record["log"]}
    assert {"Joined a team", "Assigned", "Marked as done"} <= words
    page = files[f"people/{learner.uuid}.html"].decode()
    assert stem in page
    assert "Ill for a week" in page
    assert "<script" not in page


def test_papers_stand_in_the_exact_words_under_their_own_sha256(
    client, learner, course, trainer
):
    complete(client, learner, course)
    files = evidence_of(trainer, learner)
    papers = {
        name: files[name]
        for name in files
        if name.startswith("papers/") and name.endswith(".json")
    }
    assert len(papers) == 2
    for name, content in papers.items():
        assert name == f"papers/{hashlib.sha256(content).hexdigest()}.json"
    used = {a["paper"] for a in record_in(files, learner)["courses"][0]["attempts"]}
    assert {f"papers/{sha}.json" for sha in used} == set(papers)


def test_the_pack_verifies_itself_and_finds_one_flipped_byte(
    client, learner, course, trainer, tmp_path
):
    complete(client, learner, course)
    files = evidence_of(trainer, learner)
    assert len(files["verify.py"].splitlines()) < 60
    folder = unpacked(files, tmp_path)
    good = verify(folder)
    assert good.returncode == 0, good.stderr
    entry = log.entries_about(learner)[0]
    assert entry.action == "training.exported"
    assert entry.data["manifest"] in good.stdout

    for name in ("index.html", f"people/{learner.uuid}.json"):
        file = folder / name
        content = bytearray(file.read_bytes())
        content[-1] ^= 1
        file.write_bytes(content)
        bad = verify(folder)
        assert (bad.returncode, bad.stdout) == (1, f"changed: {name}\n")
        file.write_bytes(files[name])
    assert verify(folder).returncode == 0


def test_what_is_missing_or_added_is_named(client, learner, course, trainer, tmp_path):
    complete(client, learner, course)
    folder = unpacked(evidence_of(trainer, learner), tmp_path)
    (folder / "index.html").unlink()
    (folder / "extra.txt").write_text("x")
    assert verify(folder).stdout == "missing: index.html\nadded: extra.txt\n"


def test_evidence_of_a_team_holds_what_was_asked_through_it_and_no_more(
    client, learner, course, team, trainer
):
    other = a_team("Ward 4")
    secret = a_course(title="Secret course", lessons=1, questions=1)
    an_assignment(secret, other)
    join_team(team=other, learner=learner, role=Role.MEMBER, at=timezone.now())
    stranger = a_member(other)
    complete(client, learner, course)
    for found in (evidence_of_team(trainer, team), evidence_of(trainer, learner)):
        everything = b"".join(found.values()).decode(errors="replace")
        assert course.title in everything
        assert "Secret course" not in everything
        assert "Ward 4" not in everything
        assert str(stranger.uuid) not in everything
    administrator = Client()
    administrator.force_login(a_person("Administrator"))
    record = record_in(evidence_of(administrator, learner), learner)
    asked = {duty["assignment"]["course"] for duty in record["obligations"]}
    assert asked == {course.title, "Secret course"}


def test_lessons_that_nobody_assigned_are_nobodys_business(client, team, trainer):
    course = a_course(lessons=2, questions=1)
    first, _second = lessons_of(course)
    an_assignment(course, team, lesson_keys=[str(first.translation_key)])
    learner = a_member(team)
    complete(client, learner, course)
    [learnt] = record_in(evidence_of(trainer, learner), learner)["courses"]
    assert {each["lesson"] for each in learnt["attempts"]} == {first.title}
    assert {each["lesson"] for each in learnt["lessons"]} == {first.title}


def test_what_a_deputy_did_is_evidence_for_both(client, learner, course, trainer):
    deputy = a_member(a_team("Ward 4"), first_name="Dora", last_name="Diaz")
    obligation = learner.obligations.get()
    an_exception(obligation, kind="hand_over", deputy=deputy, due_at=None)
    complete(client, deputy, course)
    record = record_in(evidence_of(trainer, learner), learner)
    assert record["courses"][0]["by_deputy"] == "Dora Diaz"
    assert record["obligations"][0]["done_by"] == str(deputy.uuid)


@pytest.mark.sweep
def test_it_costs_as_many_queries_for_many_as_for_one(client, course, team, learner):
    user = a_person("Administrator")
    counts = []
    for size in (1, 4):
        while team.memberships.count() < size:
            a_member(team)
        for each in team.memberships.all():
            if not each.learner.attempts.exists():
                complete(client, each.learner, course)
        browser = Client()
        browser.force_login(user)
        with CaptureQueriesContext(connection) as captured:
            files_of(browser.get(f"/admin/training/teams/{team.pk}/evidence.zip"))
        # Wagtail checks each entry of the log before it writes it.
        logging = ("SELECT 1 AS", 'SELECT "django_content_type"', "INSERT")
        reads = [q["sql"] for q in captured if not q["sql"].startswith(logging)]
        counts.append(len([sql for sql in reads if sql.startswith("SELECT")]))
    assert counts[0] == counts[1]


def test_a_team_without_anybody_is_an_empty_pack(trainer, team, tmp_path):
    empty = a_team("Nobody here")
    administrator = Client()
    administrator.force_login(a_person("Administrator"))
    folder = unpacked(evidence_of_team(administrator, empty), tmp_path)
    assert "Nobody" in (folder / "index.html").read_text()
    assert verify(folder).returncode == 0


def test_others_take_nothing_out_and_nothing_is_logged(learner, team):
    stranger = Client()
    stranger.force_login(a_trainer(a_team("Ward 4")))
    for path in (
        f"people/{learner.uuid}/evidence.zip",
        f"people/{learner.uuid}/log/",
        f"teams/{team.pk}/evidence.zip",
    ):
        assert stranger.get(f"/admin/training/{path}").status_code == 404
    actions = log.entries_about(learner).values_list("action", flat=True)
    assert "training.exported" not in set(actions)


def test_the_log_of_a_person_says_who_did_what(client, learner, course, trainer, team):
    complete(client, learner, course)
    other = a_team("Ward 4")
    join_team(team=other, learner=learner, role=Role.MEMBER, at=timezone.now())
    evidence_of(trainer, learner)
    text = trainer.get(f"/admin/training/people/{learner.uuid}/log/").text
    for words in (
        "Joined a team",
        "Assigned",
        "Marked as done",
        "Evidence exported",
    ):
        assert words in text
    assert "the system" in text
    assert "trainer@example.org" in text
    assert "Ward 4" not in text


def test_removing_somebody_from_a_team_keeps_the_evidence(
    client, learner, course, team, trainer
):
    certificate = complete(client, learner, course)
    leave_team(team=team, learner=learner, at=timezone.now())
    record = record_in(evidence_of_team(trainer, team), learner)
    assert record["obligations"][0]["status"] == "done"
    assert record["courses"][0]["certificates"][0]["number"] == certificate.serial
    assert record["courses"][0]["attempts"]
    assert record["teams"][0]["left"]


def test_the_command_writes_a_file_for_its_owner_only(
    client, learner, course, team, tmp_path
):
    complete(client, learner, course)
    for number, arguments in enumerate(
        ([learner.user.email], [str(learner.uuid)], [team.name, "--team"])
    ):
        file = tmp_path / f"{number}.zip"
        call_command("evidence_pack", arguments[0], file, *arguments[1:])
        assert file.stat().st_mode & 0o777 == 0o600
        with zipfile.ZipFile(file) as opened:
            said = json.loads(opened.read("manifest.json"))
        assert said["taken_out_by"] == "manage.py evidence_pack"
        assert f"people/{learner.uuid}.json" in said["files"]
    with pytest.raises(CommandError, match="exists"):
        call_command("evidence_pack", learner.user.email, file)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nobody@example.org"], "There is no learner “nobody@example.org”"),
        (["No team", "--team"], "There is no team “No team”"),
    ],
)
def test_the_command_names_whom_it_does_not_know(arguments, said, tmp_path):
    UserFactory(email="no-learner@example.org")
    with pytest.raises(CommandError, match=said):
        call_command("evidence_pack", arguments[0], tmp_path / "x.zip", *arguments[1:])


def test_what_was_done_elsewhere_is_marked_and_its_proof_is_in_the_pack(
    learner, course, team, trainer, tmp_path
):
    by = a_trainer(team)
    made = record(learner, team, course, by, proof=PDF)
    files = evidence_of(trainer, learner)
    found = record_in(files, learner)
    [duty] = found["obligations"]
    [completion] = found["done_elsewhere"]
    assert duty["status_in_words"] == "done elsewhere"
    assert duty["done_elsewhere"] == completion
    assert duty["done_by"] is None
    assert completion["source"] == "Red Cross"
    assert files[f"proofs/{made.pk}-certificate.pdf"] == PDF.content
    page = files[f"people/{learner.uuid}.html"].decode()
    assert f"../proofs/{made.pk}-certificate.pdf" in page
    assert "Red Cross" in files["index.html"].decode()
    assert verify(unpacked(files, tmp_path)).returncode == 0
    (tmp_path / f"proofs/{made.pk}-certificate.pdf").write_bytes(b"%PDF another")
    assert verify(tmp_path).returncode != 0
    told = [entry["action"] for entry in found["log"]]
    assert "training.completion_recorded" in told


def test_a_revoked_completion_stays_in_the_evidence_with_its_reason(
    learner, course, team, trainer
):
    by = a_trainer(team)
    made = record(learner, team, course, by)
    revoke_completion(completion=made, reason="Forged", by=by, at=timezone.now())
    found = record_in(evidence_of(trainer, learner), learner)
    assert found["obligations"][0]["done_elsewhere"] is None
    assert found["done_elsewhere"][0]["revoked_because"] == "Forged"
