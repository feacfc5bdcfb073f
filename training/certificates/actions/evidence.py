"""Exporting evidence. Every export is logged, with the digest of the pack."""

import datetime as dt
import tempfile
from typing import IO

from accounts.models import Learner, User
from training.assignments.access import obligations_seen_by
from training.assignments.models import Obligation
from training.certificates.actions.evidence_pack import write_pack
from training.certificates.queries.evidence import Scope, evidence_batches
from training.teams import access, log
from training.teams.models import Membership, Team

IN_MEMORY = 8 * 1024 * 1024


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
    file, manifest = _write(scope, str(learner.user or learner.uuid), by, at)
    log.log_action(
        learner, "training.exported", learner=learner, user=by, manifest=manifest
    )
    return file


def evidence_of_team(*, team: Team, by: User | None, at: dt.datetime) -> IO[bytes]:
    """Return a zip of everything asked through the team; the caller closes it."""
    scope = scope_of_team(team)
    file, manifest = _write(scope, team.name, by, at)
    for learner in scope.learners:
        log.log_action(
            team, "training.exported", learner=learner, user=by, manifest=manifest
        )
    return file


def scope_of_team(team: Team) -> Scope:
    """Return everybody who is or was in the team, or was asked through it."""
    obligations = Obligation.objects.filter(team=team)
    memberships = team.memberships.all()
    learners = Learner.objects.filter(pk__in=memberships.values("learner"))
    asked = Learner.objects.filter(pk__in=obligations.values("learner"))
    return Scope(learners | asked, obligations, memberships)


def pack_facts(about: str, by: User | None, at: dt.datetime) -> dict[str, str]:
    """Return whose evidence a pack contains, and who exported it when."""
    return {
        "about": about,
        "taken_out_at": at.isoformat(),
        "taken_out_by": str(by) if by else "manage.py evidence_pack",
    }


def _write(scope, about, by, at):
    # Most packs fit in memory; those of large teams go to disk. The caller closes it.
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    facts = pack_facts(about, by, at)
    manifest = write_pack(file, facts=facts, batches=evidence_batches(scope, at))
    file.seek(0)
    return file, manifest
