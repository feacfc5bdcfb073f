"""Preparing the evidence of a large team in parts that can be watched and stopped."""

import datetime as dt
import json
import tempfile
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Learner, User
from jobs.actions.chains import start_job
from jobs.files import delete_files, file_exists, open_file, store_file
from jobs.kinds import MOST_ROWS, FileJobKind, PartOutcome, UnableToContinue
from jobs.models import Job
from jobs.queries import rows_for_worker, running_job
from training.certificates.actions.evidence import IN_MEMORY, team_facts
from training.certificates.actions.evidence_pack import Pack, add_batch, finish_pack
from training.certificates.actions.joined_zips import copy_entries
from training.certificates.queries.evidence import evidence_batches
from training.certificates.queries.evidence_scope import (
    EVERYTHING,
    EvidenceChoice,
    scope_of_team,
)
from training.teams import log
from training.teams.access import teams_seen_by
from training.teams.models import Team

# As many people as are written in a part, well within a minute.
PEOPLE = 100
# What is known of the people once all are written.
CONTENTS = "contents.json"


class PackingEvidence(FileJobKind):
    """Writes the evidence of some people at a time, and then notes it in their logs.

    Each part writes a draft of its own, which is copied once when all are written. So
    a part that is cut off leaves nothing half-written, and no part grows with the team.
    """

    code = "packing_evidence"
    label = gettext_lazy("preparing evidence")
    link = gettext_lazy("Open the team")

    def prepare_part(self, job: Job, at: dt.datetime) -> dict:
        """Write the next people, then the whole, or then return who they are."""
        team = Team.objects.filter(pk=job.about).first()
        if team is None or not self._may_see(job.started_by, job):
            raise UnableToContinue(
                _("The person who started this may not see the team any more.")
            )
        return _write_part(job, team)

    def do_part(self, job: Job, at: dt.datetime, prepared: dict) -> PartOutcome:
        """Note how far the file is, or that the next people's evidence was exported."""
        if "manifest" in job.result:
            return _note_exported(job, prepared["keys"])
        job.result |= prepared["noted"]
        return PartOutcome(len(prepared["keys"]), is_last=False)

    def title_of(self, job: Job) -> str:
        names = Team.objects.filter(pk=job.about).values_list("name", flat=True)
        return names.first() or ""

    def page_of(self, job: Job) -> str:
        return reverse("teams:inspect", args=[job.about])

    def describe_result(self, job: Job) -> str:
        done = ngettext(
            "The evidence of %(n)d person was prepared.",
            "The evidence of %(n)d people was prepared.",
            job.done,
        )
        return done % {"n": job.done}

    def may_download(self, user: User, job: Job) -> bool:
        return self._may_see(user, job)

    def file_name(self, job: Job) -> str:
        about = slugify(self.title_of(job)) or job.about
        return f"evidence-{about}-{job.started_at:%Y-%m-%d}.zip"

    def _may_see(self, user, job):
        is_open = user is not None and user.is_active
        return is_open and teams_seen_by(user).filter(pk=job.about).exists()


def _choice(job):
    return EvidenceChoice.from_json(job.result["choice"])


def _write_part(job, team):
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
        with open_file(job, CONTENTS) as stored:
            return json.load(stored)
    if job.result.get("is_written"):
        return _assemble(job, team)
    return _write_draft(job, team)


def _write_draft(job, team):
    """Write the next people to a file of their own."""
    number, after = job.result.get("drafts", 0), job.result.get("after", 0)
    if number and not file_exists(job, f"{number - 1}.json"):
        raise FileNotFoundError
    scope = scope_of_team(team, _choice(job))
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


def _assemble(job, team):
    """Put the drafts together in one file, each copied once, and finish it."""
    keys = []
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as opened:
            pack = Pack(opened, team.time_zone)
            for number in range(job.result["drafts"]):
                keys += _add_draft(job, pack, number)
            facts = team_facts(team, _choice(job), job.started_by, job.started_at)
            manifest = finish_pack(pack, facts=facts)
        _store(job, PackingEvidence.file, file)
    _store_json(job, CONTENTS, {"keys": keys})
    return {"noted": {"manifest": manifest}, "keys": []}


def _add_draft(job, pack, number):
    with open_file(job, f"{number}.json") as stored:
        contents = json.load(stored)
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


def _note_exported(job, keys):
    """Note in the logs of some people that their evidence was exported."""
    first = job.result.get("logged", 0)
    now = keys[first : first + MOST_ROWS]
    team, facts = Team.objects.get(pk=job.about), {"manifest": job.result["manifest"]}
    people = Learner.objects.filter(pk__in=now).order_by("pk")
    entries = [(team, learner, facts) for learner in people]
    log.log_actions(entries, "training.exported", user=job.started_by)
    job.result |= {"logged": first + len(now)}
    is_last = job.result["logged"] >= len(keys)
    if is_last:
        transaction.on_commit(lambda: _delete_drafts(job))
    return PartOutcome(0, is_last=is_last)


def _delete_drafts(job):
    numbers = range(job.result["drafts"])
    drafts = [f"{number}.{end}" for number in numbers for end in ("zip", "json")]
    delete_files(job, CONTENTS, *drafts)


def is_long(
    team: Team, *, at: dt.datetime, choice: EvidenceChoice = EVERYTHING
) -> bool:
    """Return whether the team's evidence is prepared by a worker, which is there."""
    people = scope_of_team(team, choice).learners
    return bool(rows_for_worker(people.count, most=MOST_ROWS, at=at))


@transaction.atomic
def pack_evidence(
    *, team: Team, by: User, at: dt.datetime, choice: EvidenceChoice = EVERYTHING
) -> Job:
    """Start preparing the team's evidence, or return the job that does so for `by`."""
    Team.objects.select_for_update().get(pk=team.pk)
    job = running_job(kind=PackingEvidence.code, about=team.pk, by=by)
    if job and _choice(job) == choice:
        return job
    total = scope_of_team(team, choice).learners.count()
    kind = PackingEvidence()
    job = start_job(kind=kind, about=team.pk, total=total, by=by, at=at)
    job.result = {"choice": choice.as_json()}
    job.save(update_fields=["result"])
    return job
