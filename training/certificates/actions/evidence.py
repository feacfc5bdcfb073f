"""Exporting evidence. Every export is logged, with the digest of the pack."""

import datetime as dt
import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import IO, Any

from django.utils import timezone

from accounts.models import Learner, User
from training.assignments.access import obligations_seen_by
from training.assignments.models import Obligation
from training.certificates.actions.evidence_pack import summary_rows, write_pack
from training.certificates.actions.summary_files import (
    MOST_ROWS_ON_PAPER,
    can_print,
    csv_of_summary,
    pdf_of_summary,
    xlsx_of_summary,
)
from training.certificates.queries.evidence import evidence_batches, record_of
from training.certificates.queries.evidence_scope import (
    EVERYTHING,
    EvidenceChoice,
    Scope,
    scope_of_team,
)
from training.certificates.queries.standards import standard_in_words
from training.certificates.rules.summary import summary_lines
from training.certificates.wording import SummaryRow
from training.teams import access, log
from training.teams.models import Membership, Team

IN_MEMORY = 8 * 1024 * 1024

SheetWriter = Callable[[Sequence[SummaryRow], dict[str, Any]], bytes]
SHEETS: dict[str, SheetWriter] = {
    "pdf": pdf_of_summary,
    "xlsx": lambda rows, facts: xlsx_of_summary(rows),
    "csv": lambda rows, facts: csv_of_summary(rows),
}


class UnableToPrint(Exception):
    """The PDF cannot be made: it `is_too_long` for one, or else Pango is missing."""

    def __init__(self, *, is_too_long: bool):
        super().__init__()
        self.is_too_long = is_too_long


def evidence_of_person(
    *, learner: Learner, by: User | None, at: dt.datetime
) -> IO[bytes]:
    """Return a zip of what `by` may see of the learner; the caller closes it.

    None means the operator, who may see everything.
    """
    obligations, memberships = Obligation.objects.all(), Membership.objects.all()
    if by:
        obligations = obligations_seen_by(by)
        memberships = access.memberships_seen_by(by)
    scope = Scope(
        Learner.objects.filter(pk=learner.pk),
        obligations.filter(learner=learner),
        memberships.filter(learner=learner),
    )
    zone = timezone.get_default_timezone_name()
    facts = pack_facts(str(learner.user or learner.uuid), zone, by, at)
    file, manifest = _write(scope, facts, at, most_sheets=1)
    log.log_action(
        learner, "training.exported", learner=learner, user=by, manifest=manifest
    )
    return file


def evidence_of_team(
    *,
    team: Team,
    by: User | None,
    at: dt.datetime,
    choice: EvidenceChoice = EVERYTHING,
) -> IO[bytes]:
    """Return a zip of what was asked through the team; the caller closes it."""
    scope, facts = scope_of_team(team, choice), team_facts(team, choice, by, at)
    # On the command line, nobody waits for an answer within a minute.
    file, manifest = _write(scope, facts, at, most_sheets=1 if by else None)
    _log_export(team, scope, by, {"manifest": manifest})
    return file


def sheet_of_team(
    *,
    team: Team,
    sheet: str,
    by: User,
    at: dt.datetime,
    choice: EvidenceChoice = EVERYTHING,
) -> bytes:
    """Return the summary of the team's pack as one of the `SHEETS`.

    Raises UnableToPrint, with nothing logged.
    """
    scope = scope_of_team(team, choice)
    if sheet == "pdf":
        _refuse_to_print(scope)
    lines = [
        asdict(line)
        for batch in evidence_batches(scope, at)
        for learner in batch.learners
        for line in summary_lines(record_of(batch, learner))
    ]
    with timezone.override(team.time_zone):
        content = SHEETS[sheet](summary_rows(lines), team_facts(team, choice, by, at))
    _log_export(team, scope, by, {"sheet": hashlib.sha256(content).hexdigest()})
    return content


def _refuse_to_print(scope):
    if not can_print():
        raise UnableToPrint(is_too_long=False)
    if scope.count_lines() > MOST_ROWS_ON_PAPER:
        raise UnableToPrint(is_too_long=True)


def _log_export(team, scope, by, facts):
    entries = [(team, learner, facts) for learner in scope.learners]
    log.log_actions(entries, "training.exported", user=by)


def pack_facts(
    about: str, zone: str, by: User | None, at: dt.datetime
) -> dict[str, Any]:
    """Return whose evidence a pack contains, and who exported it when."""
    return {
        "about": about,
        "taken_out_at": at.isoformat(),
        "taken_out_by": str(by) if by else "manage.py evidence_pack",
        "time_zone": zone,
    }


def team_facts(
    team: Team, choice: EvidenceChoice, by: User | None, at: dt.datetime
) -> dict[str, Any]:
    """Return the same of a team, with the period and the standard."""
    days = {"from": choice.since, "until": choice.until}
    return pack_facts(team.name, team.time_zone, by, at) | {
        "period": {name: day and day.isoformat() for name, day in days.items()},
        "standard": standard_in_words(choice),
    }


def _write(scope, facts, at, *, most_sheets):
    # Most packs fit in memory; those of large teams go to disk. The caller closes it.
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    batches = evidence_batches(scope, at)
    manifest = write_pack(
        file,
        zone=facts["time_zone"],
        facts=facts,
        batches=batches,
        most_sheets=most_sheets,
    )
    file.seek(0)
    return file, manifest
