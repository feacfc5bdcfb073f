"""Preparing the evidence of a large team in parts that can be watched and stopped."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Learner, User
from jobs.actions.chains import start_job
from jobs.files import delete_files
from jobs.kinds import MOST_ROWS, FileJobKind, PartOutcome, UnableToContinue
from jobs.models import Job
from jobs.queries import rows_for_worker, running_job
from training.certificates.actions import summary_files
from training.certificates.actions.evidence_drafts import (
    choice_of,
    draft_names,
    write_part,
)
from training.certificates.queries.evidence_scope import (
    EVERYTHING,
    EvidenceChoice,
    scope_of_team,
)
from training.teams import log
from training.teams.access import teams_seen_by
from training.teams.models import Team

# What has a PDF in it.
PRINTED = ("pdf", "zip")


class PackingEvidence(FileJobKind):
    """Writes the evidence of some people at a time, and then notes it in their logs.

    In between it prints the summary, a PDF in each part. Each part writes a draft of
    its own, which is copied once when all are written. So a part that is cut off leaves
    nothing half-written, and no part grows with the team.
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
        return write_part(job, team)

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
    delete_files(job, *draft_names(job))


def is_long(
    team: Team,
    *,
    at: dt.datetime,
    choice: EvidenceChoice = EVERYTHING,
    sheet: str = "zip",
) -> bool:
    """Return whether the team's evidence is prepared by a worker, which is there.

    That is for many people, or if `sheet` is one that is printed and more than a PDF.
    """
    scope = scope_of_team(team, choice)
    if rows_for_worker(scope.learners.count, most=MOST_ROWS, at=at):
        return True
    most = summary_files.MOST_ROWS_ON_PAPER
    is_printed = sheet in PRINTED and summary_files.can_print()
    return is_printed and bool(rows_for_worker(scope.count_lines, most=most, at=at))


@transaction.atomic
def pack_evidence(
    *, team: Team, by: User, at: dt.datetime, choice: EvidenceChoice = EVERYTHING
) -> Job:
    """Start preparing the team's evidence, or return the job that does so for `by`."""
    Team.objects.select_for_update().get(pk=team.pk)
    job = running_job(kind=PackingEvidence.code, about=team.pk, by=by)
    if job and choice_of(job) == choice:
        return job
    total = scope_of_team(team, choice).learners.count()
    kind = PackingEvidence()
    job = start_job(kind=kind, about=team.pk, total=total, by=by, at=at)
    job.result = {"choice": choice.as_json()}
    job.save(update_fields=["result"])
    return job
