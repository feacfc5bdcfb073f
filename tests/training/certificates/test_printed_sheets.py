"""A long summary is printed as several PDFs, by the job that prepares the evidence."""

from types import SimpleNamespace

import pytest
from django.core.management import call_command

from jobs.files import delete_all_files
from jobs.models import Job
from tests.factories import a_course
from tests.jobs.queued import a_listening_worker, run_queued
from tests.training.proof import files_of
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.certificates.actions import evidence, pdf, summary_files
from training.certificates.rules.printed_sheets import split_by_person

PAGE = "/admin/training/evidence/"
SHEETS = [f"summary-{number}-of-2.pdf" for number in (1, 2)]


def sheets(people, most=3):
    return [
        "".join(sheet) for sheet in split_by_person(people, most=most, person_of=str)
    ]


def test_a_person_stands_on_one_sheet_unless_it_is_too_small():
    assert sheets("") == [""]
    assert sheets("aab") == ["aab"]
    assert sheets("aabbc") == ["aa", "bbc"]
    assert sheets("abbbbbc") == ["a", "bbb", "bbc"]


@pytest.fixture(autouse=True)
def three_lines_on_paper(monkeypatch):
    # The files of jobs of an earlier test had the same numbers.
    delete_all_files()
    monkeypatch.setattr(summary_files, "MOST_ROWS_ON_PAPER", 3)
    monkeypatch.setattr(evidence, "MOST_ROWS_ON_PAPER", 3)


@pytest.fixture
def printed(monkeypatch):
    """Return the pages that were printed; laying them out takes its time."""
    pages = []

    def print_page(html, _styles):
        pages.append(html)
        return b"%PDF " + str(len(pages)).encode()

    monkeypatch.setattr(pdf, "pdf_of", print_page)
    return pages


@pytest.fixture
def team(db):
    team, course = a_team("Ward 3"), a_course(lessons=1)
    for title in ("Fire", "Hygiene"):
        an_assignment(course, team, title=title)
    for name in ("Ada", "Ben"):
        a_member(team, first_name=name, last_name="Roe")
    return team


@pytest.fixture
def trainer(client, team):
    client.force_login(a_trainer(team))
    return client


def ask(trainer, team, sheet="pdf", **fields):
    blank = {"standard": "", "since": "", "until": ""}
    return trainer.post(PAGE, blank | {"team": team.pk, "sheet": sheet} | fields)


@pytest.mark.parametrize("sheet", ["pdf", "zip"])
def test_more_lines_than_a_pdf_holds_are_several_in_a_pack(
    trainer, team, printed, sheet
):
    a_listening_worker()
    assert "several PDFs are prepared in the background" in trainer.get(PAGE).text
    assert ask(trainer, team, sheet).status_code == 302
    job = Job.objects.get()
    run_queued()
    files = files_of(trainer.get(f"/admin/jobs/{job.pk}/file/"))
    assert [name for name in files if name.endswith(".pdf")] == SHEETS
    assert [files[name] for name in SHEETS] == [b"%PDF 1", b"%PDF 2"]
    for number, (page, name) in enumerate(
        zip(printed, ("Ada", "Ben"), strict=True), start=1
    ):
        assert f"Sheet {number} of 2" in page
        assert "Evidence of training: Ward 3" in page
        assert page.count(f"{name} Roe") == 2
    index = files["index.html"].decode()
    assert '<a href="summary-2-of-2.pdf">PDF, sheet 2 of 2</a>' in index
    assert all(name in files["manifest.json"].decode() for name in SHEETS)


def test_a_sheet_whose_worker_is_killed_is_printed_again(
    trainer, team, printed, monkeypatch
):
    printing, killed = pdf.pdf_of, []

    def be_killed_once(html, styles):
        if "Sheet 2" in html and not killed:
            killed.append(html)
            raise SystemExit
        return printing(html, styles)

    monkeypatch.setattr(pdf, "pdf_of", be_killed_once)
    a_listening_worker()
    ask(trainer, team)
    run_queued()
    assert killed
    job = Job.objects.get()
    assert (job.state, len(printed)) == ("done", 2)
    files = files_of(trainer.get(f"/admin/jobs/{job.pk}/file/"))
    assert [name for name in files if name.endswith(".pdf")] == SHEETS


def test_without_a_worker_it_is_refused_before_any_line_is_made(
    trainer, team, printed, monkeypatch
):
    monkeypatch.setattr(evidence, "evidence_batches", None)
    text = ask(trainer, team).text
    assert "more than 300 lines" in text
    assert "start its worker" in text
    assert not printed
    assert not Job.objects.exists()


def test_without_a_worker_the_pack_has_all_but_the_pdfs(trainer, team, printed):
    files = files_of(ask(trainer, team, "zip"))
    assert not [name for name in files if name.endswith(".pdf")]
    assert "summary.csv" in files


def test_without_pango_no_job_is_started_for_a_pdf(trainer, team, monkeypatch):
    no_importlib = SimpleNamespace(import_module=without_pango)
    monkeypatch.setattr(summary_files, "importlib", no_importlib)
    a_listening_worker()
    assert "Pango is not installed" in ask(trainer, team).text
    assert not Job.objects.exists()


def without_pango(name):
    raise OSError


def test_one_standard_of_few_lines_is_one_pdf_at_once(trainer, team, printed):
    a_listening_worker()
    assignment = team.obligations.first().assignment
    answer = ask(trainer, team, standard=f"a{assignment.pk}")
    assert answer.content == b"%PDF 1"
    assert "Sheet 1" not in printed[0]


def test_a_spreadsheet_of_many_lines_needs_no_job(trainer, team):
    a_listening_worker()
    assert ask(trainer, team, "csv").content.count(b"\n") == 5


def test_the_command_prints_every_sheet(team, printed, tmp_path):
    file = tmp_path / "ward.zip"
    call_command("evidence_pack", "Ward 3", file, team=True)
    assert len(printed) == 2
