"""The parts of the evidence of a large team, each a draft of its own until all are there."""

import json
import tempfile
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.files import file_exists, open_file, store_file
from jobs.kinds import FileJobKind, UnableToContinue
from jobs.models import Job
from training.certificates.actions import summary_files
from training.certificates.actions.evidence import IN_MEMORY, team_facts
from training.certificates.actions.evidence_pack import (
    Pack,
    add_batch,
    finish_pack,
    summary_rows,
)
from training.certificates.actions.joined_zips import copy_entries
from training.certificates.queries.evidence import evidence_batches
from training.certificates.queries.evidence_scope import EvidenceChoice, scope_of_team
from training.teams.models import Team

# As many people as are written in a part, well within a minute.
PEOPLE = 100
# What is known of the people once all are written.
CONTENTS = "contents.json"


def choice_of(job: Job) -> EvidenceChoice:
    """Return the period and the standard."""
    return EvidenceChoice.from_json(job.result["choice"])


def draft_names(job: Job) -> list[str]:
    """Return the names of the files that only the job needs."""
    numbers = range(job.result["drafts"])
    drafts = [f"{number}.{end}" for number in numbers for end in ("zip", "json")]
    printed = [_sheet_file(number) for number in range(1, job.result["sheets"] + 1)]
    return [CONTENTS, *drafts, *printed]


def write_part(job: Job, team: Team) -> dict:
    """Write the next draft, or the whole, or return whose evidence is written.

    Returns what the job has to note, and the primary keys of the people. Raises
    UnableToContinue.
    """
    try:
        return _write_next(job, team)
    except FileNotFoundError as gone:
        text = _(
            "What was prepared so far was deleted, because somebody was erased "
            "meanwhile. Prepare the evidence again from the team's page."
        )
        raise UnableToContinue(text) from gone


def _write_next(job, team):
    if "manifest" in job.result:
        return _load_json(job, CONTENTS)
    if not job.result.get("is_written"):
        return _write_draft(job, team)
    # How many there are is known once one is printed.
    if job.result.get("printed", 0) < job.result.get("sheets", 1):
        return _print_sheet(job, team)
    return _assemble(job, team)


def _write_draft(job, team):
    """Write the next people to a file of their own."""
    number, after = job.result.get("drafts", 0), job.result.get("after", 0)
    if number and not file_exists(job, f"{number - 1}.json"):
        raise FileNotFoundError
    scope = scope_of_team(team, choice_of(job))
    batches = evidence_batches(scope, job.started_at, after=after, most=PEOPLE)
    keys = []
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as opened:
            pack = Pack(opened, team.time_zone)
            for batch in batches:
                add_batch(pack, batch)
                keys += [learner.pk for learner in batch.learners]
        _store(job, f"{number}.zip", file)
    known = {"files": pack.files, "people": pack.people, "lines": pack.lines}
    _store_json(job, f"{number}.json", known | {"keys": keys})
    noted = {"drafts": number + 1, "is_written": len(keys) < PEOPLE}
    return {"noted": noted | {"after": keys[-1] if keys else after}, "keys": keys}


def _print_sheet(job, team):
    """Print the next sheet of the summary to a file of its own."""
    if not summary_files.can_print():
        return {"noted": {"sheets": 0}, "keys": []}
    number = job.result.get("printed", 0) + 1
    with timezone.override(team.time_zone):
        sheets = summary_files.sheets_of_summary(summary_rows(_lines(job)))
        rows, place = sheets[number - 1], {"number": number, "total": len(sheets)}
        pdf = summary_files.pdf_of_summary(rows, _facts(job, team), **place)
    store_file(job, _sheet_file(number), BytesIO(pdf))
    return {"noted": {"printed": number, "sheets": len(sheets)}, "keys": []}


def _lines(job):
    return [
        line
        for number in range(job.result["drafts"])
        for line in _load_json(job, f"{number}.json")["lines"]
    ]


def _printed(job):
    """Return the sheets by the names that they have in the pack."""
    printed = {}
    for number, name in enumerate(summary_files.sheet_names(job.result["sheets"]), 1):
        with open_file(job, _sheet_file(number)) as stored:
            printed[name] = stored.read()
    return printed


def _sheet_file(number):
    return f"sheet-{number}.pdf"


def _facts(job, team):
    return team_facts(team, choice_of(job), job.started_by, job.started_at)


def _assemble(job, team):
    """Put the drafts together in one file, each copied once, and finish it."""
    keys = []
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as opened:
            pack = Pack(opened, team.time_zone)
            for number in range(job.result["drafts"]):
                keys += _add_draft(job, pack, number)
            facts, printed = _facts(job, team), _printed(job)
            manifest = finish_pack(pack, facts=facts, printed=printed)
        _store(job, FileJobKind.file, file)
    _store_json(job, CONTENTS, {"keys": keys})
    return {"noted": {"manifest": manifest}, "keys": []}


def _add_draft(job, pack, number):
    contents = _load_json(job, f"{number}.json")
    with open_file(job, f"{number}.zip") as stored:
        copy_entries(stored, pack.zip)
    pack.files |= contents["files"]
    pack.people += contents["people"]
    pack.lines += contents["lines"]
    return contents["keys"]


def _store(job, name, file):
    file.seek(0)
    store_file(job, name, file)


def _store_json(job, name, values):
    store_file(job, name, BytesIO(json.dumps(values).encode()))


def _load_json(job, name):
    with open_file(job, name) as stored:
        return json.load(stored)
