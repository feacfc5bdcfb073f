"""One sheet says who was asked for what, when they did it, and how well."""

import csv
import datetime as dt
import io
import json
import zipfile
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone, translation

from jobs.models import Job
from tests.factories import a_course
from tests.jobs.queued import a_listening_worker, run_queued
from tests.taking_quizzes import answer
from tests.training.certificates.test_evidence import unpacked, verify
from tests.training.elsewhere.recording import record
from tests.training.proof import complete, files_of, record_in
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.models import Obligation
from training.certificates.actions import evidence_jobs, summary_files
from training.certificates.actions.certificates import revoke_certificate
from training.certificates.actions.evidence import sheet_of_team
from training.certificates.queries.evidence_scope import EvidenceChoice
from training.certificates.rules.summary import first_score, whole_score
from training.certificates.wording.facts import facts_in_words
from training.teams import log

pytestmark = pytest.mark.django_db
PAGE = "/admin/training/evidence/"


@pytest.fixture
def team():
    return a_team("Ward 3", time_zone="Pacific/Auckland")


@pytest.fixture
def learner(team, course):
    an_assignment(
        course, team, title="Safety", recurs_every_months=12, recurs_from="completion"
    )
    return a_member(team, first_name="Anna", last_name="Berg", email="anna@example.org")


@pytest.fixture
def user(team):
    return a_trainer(team, email="trainer@example.org")


@pytest.fixture
def trainer(user):
    client = Client()
    client.force_login(user)
    return client


def sent(team, **fields):
    return {
        "team": team.pk,
        "sheet": "csv",
        "standard": "",
        "since": "",
        "until": "",
    } | fields


def rows_of(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_csv_has_a_line_with_all_that_an_auditor_asks(
    client, learner, course, team, trainer
):
    course.cpd_hours = 1.5
    course.save()
    certificate = complete(client, learner, course)
    response = trainer.post(PAGE, sent(team))
    assert response.headers["Content-Type"].startswith("text/csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    [row] = rows_of(response)
    done = learner.obligations.get()
    zone = ZoneInfo("Pacific/Auckland")
    today = timezone.now().astimezone(zone).date()
    assert row["Person"] == "Anna Berg"
    assert row["E-mail address"] == "anna@example.org"
    assert (row["Assignment"], row["Course"]) == ("Safety", course.title)
    assert row["Version"] == certificate.statement["version"][:12]
    assert row["First completion"] == row["Latest completion"] == str(today)
    assert row["Status"] == "done"
    assert (row["First score in %"], row["Score in %"]) == ("100", "100")
    assert row["CPD hours"] == "1.5"
    assert row["In date until"] == str(done.expires_at.astimezone(zone).date())
    entry = log.entries_about(learner)[0]
    assert entry.action == "training.exported"
    assert len(entry.data["sheet"]) == 64


def test_who_was_never_asked_is_not_listed(client, learner, team, trainer):
    a_trainer(team, first_name="Other", last_name="Trainer")
    files = files_of(trainer.post(PAGE, sent(team, sheet="zip")))
    people = {name for name in files if name.startswith("people/")}
    assert people == {f"people/{learner.uuid}.{end}" for end in ("html", "json")}
    assert "Other Trainer" not in files["index.html"].decode()


def test_the_pack_opens_with_the_summary_in_four_forms_and_verifies(
    client, learner, course, team, trainer, tmp_path
):
    complete(client, learner, course)
    files = files_of(trainer.post(PAGE, sent(team, sheet="zip")))
    page = files["index.html"].decode()
    assert page.index("Anna Berg") < page.index("Check that it is genuine")
    assert "Pacific/Auckland" in page
    assert files["summary.pdf"].startswith(b"%PDF")
    sheet = openpyxl.load_workbook(io.BytesIO(files["summary.xlsx"])).active
    assert [cell.value for cell in sheet["A"]] == ["Person", "Anna Berg"]
    assert isinstance(sheet["J2"].value, dt.datetime)
    assert b"Anna Berg" in files["summary.csv"]
    manifest = json.loads(files["manifest.json"])
    for name in ("index.html", "summary.pdf", "summary.csv", "summary.xlsx"):
        assert name in manifest["files"]
    folder = unpacked(files, tmp_path)
    assert verify(folder).returncode == 0
    (folder / "summary.csv").write_bytes(b"Anna Berg,done")
    assert verify(folder).stdout == "changed: summary.csv\n"


def test_answers_stand_with_all_options_and_papers_are_to_read(
    client, learner, course, team, trainer
):
    lesson = course.get_children().first().specific
    client.force_login(learner.user)
    answer(client, lesson.url + "quiz/", "Wrong")
    files = files_of(trainer.post(PAGE, sent(team, sheet="zip")))
    page = files[f"people/{learner.uuid}.html"].decode()
    assert "<li>Wrong</li>" in page
    assert "✓ right" in page
    [attempt] = record_in(files, learner)["courses"][0]["attempts"]
    paper = files[f"papers/{attempt['paper']}.html"].decode()
    assert attempt["questions"][0]["asked"] in paper
    assert "✓" in paper
    for raw in ("prior_counts", "pass_mark", "enrolment:", "manifest:"):
        assert raw not in page


def test_times_on_pages_are_in_the_zone_of_the_team(client, learner, team, trainer):
    moment = dt.datetime(2026, 1, 31, 23, 30, tzinfo=dt.UTC)
    Obligation.objects.update(opens_at=moment)
    files = files_of(trainer.post(PAGE, sent(team, sheet="zip")))
    assert "1 February 2026, 12:30" in files[f"people/{learner.uuid}.html"].decode()


def test_a_period_and_a_standard_can_be_chosen(client, learner, course, team, trainer):
    other = a_course(title="Hygiene", lessons=1, questions=1)
    year = dt.timedelta(days=365)
    at = timezone.now()
    old = an_assignment(
        other,
        team,
        title="Hygiene",
        at=at - 3 * year,
        recurs_every_months=12,
        recurs_from="completion",
    )
    complete(client, learner, other)
    row = old.obligations.get(learner=learner)
    Obligation.objects.filter(pk=row.pk).update(
        opens_at=at - 3 * year, satisfied_at=at - 3 * year, expires_at=at - 2 * year
    )

    def asked(**fields):
        return {
            row["Assignment"]
            for row in rows_of(trainer.post(PAGE, sent(team, **fields)))
        }

    days = {"since": (at - year).date(), "until": (at + year).date()}
    assert asked() == {"Safety", "Hygiene"}
    assert asked(**days) == {"Safety"}
    assert asked(until=(at - year).date()) == {"Hygiene"}
    assert asked(since=(at - 2.5 * year).date()) == {"Safety", "Hygiene"}
    assert asked(standard=f"a{old.pk}") == {"Hygiene"}
    assert asked(standard=f"c{course.translation_key}") == {"Safety"}
    refused = trainer.post(PAGE, sent(team, since="2026-02-01", until="2026-01-01"))
    assert "It must not end before it starts." in refused.text


def test_a_revoked_certificate_is_an_exception(
    client, learner, course, team, trainer, user
):
    certificate = complete(client, learner, course)
    revoke_certificate(
        certificate=certificate, reason="Somebody else", by=user, at=timezone.now()
    )
    [row] = rows_of(trainer.post(PAGE, sent(team)))
    assert row["Exceptions"] == "certificate revoked (Somebody else)"


def test_what_a_spreadsheet_would_calculate_is_text(learner, team, trainer):
    learner.user.first_name, learner.user.last_name = "=1+1", ""
    learner.user.save()
    [row] = rows_of(trainer.post(PAGE, sent(team)))
    assert row["Person"] == "'=1+1"
    book = trainer.post(PAGE, sent(team, sheet="xlsx")).content
    cell = openpyxl.load_workbook(io.BytesIO(book)).active["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_separator_follows_the_language(learner, team, user):
    with translation.override("de"):
        content = sheet_of_team(team=team, sheet="csv", by=user, at=timezone.now())
    assert content.decode("utf-8-sig").splitlines()[0].count(";") == 19


def test_without_pango_there_are_the_other_files(learner, team, trainer, monkeypatch):
    def no_pango(name):
        raise OSError

    # Not in the module that all share: whoever first imports it now would keep it.
    no_importlib = SimpleNamespace(import_module=no_pango)
    monkeypatch.setattr(summary_files, "importlib", no_importlib)
    refused = trainer.post(PAGE, sent(team, sheet="pdf"))
    assert "Pango is not installed" in refused.text
    actions = set(log.entries_about(learner).values_list("action", flat=True))
    assert "training.exported" not in actions
    files = files_of(trainer.post(PAGE, sent(team, sheet="zip")))
    assert "summary.pdf" not in files
    assert "summary.pdf" not in files["index.html"].decode()


def test_other_teams_cannot_be_chosen(learner, trainer):
    other = a_team("Ward 4")
    a_member(other)
    response = trainer.post(PAGE, sent(other))
    assert "Ward 4" not in response.text
    assert response.status_code == 200
    assert not zipfile.is_zipfile(io.BytesIO(response.content))


def test_a_large_team_is_prepared_with_the_choice(
    learner, course, team, trainer, monkeypatch
):
    monkeypatch.setattr(evidence_jobs, "MOST_ROWS", 1)
    a_member(team, first_name="Ben", last_name="Roe")
    an_assignment(
        a_course(title="Hygiene", lessons=1, questions=1), team, title="Hygiene"
    )
    a_listening_worker()
    chosen = sent(team, sheet="pdf", standard=f"c{course.translation_key}")
    first = trainer.post(PAGE, chosen).headers["Location"]
    assert trainer.post(PAGE, chosen).headers["Location"] == first
    assert trainer.post(PAGE, sent(team)).headers["Location"] != first
    job = Job.objects.order_by("pk").first()
    assert (
        EvidenceChoice.from_json(job.result["choice"]).course == course.translation_key
    )
    run_queued()
    files = files_of(trainer.get(f"/admin/jobs/{job.pk}/file/"))
    page = files["index.html"].decode()
    assert "Ben Roe" in page
    assert "Hygiene" not in page
    assert course.title in page


def attempt_of(lesson, number, asked, right):
    return {
        "lesson_key": lesson,
        "number": number,
        "questions": [{"key": key} for key in asked],
        "marks": [
            {
                "right": len(right),
                "out_of": len(asked),
                "by_question": {"right": list(right)},
            }
        ],
    }


def test_scores_count_first_attempts_and_what_was_right_in_any():
    attempts = [
        attempt_of("one", 2, "bc", "b"),
        attempt_of("one", 1, "abcd", "ad"),
        attempt_of("two", 1, "e", "e"),
    ]
    assert first_score(attempts) == 60
    assert whole_score(attempts) == 80
    assert whole_score([]) is None


def test_facts_of_the_log_are_in_words():
    facts = {"role": "observer", "before": {"due": None}, "strange_name": True}
    assert [tuple(line) for line in facts_in_words(facts)] == [
        ("Role", "observer"),
        ("Before", "Due: none"),
        ("Strange name", "yes"),
    ]


def test_what_was_done_elsewhere_says_where_and_who_says_so(
    learner, course, team, user, trainer
):
    record(learner, team, course, user)
    [row] = rows_of(trainer.post(PAGE, sent(team)))
    assert row["Status"] == "done elsewhere"
    assert row["Done elsewhere"].endswith("Red Cross (HR)")
    assert row["Latest completion"]
    assert (row["Score in %"], row["Version"]) == ("", "")
