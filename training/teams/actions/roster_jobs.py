"""Applying a long roster in parts that can be watched and stopped."""

import datetime as dt
from collections import Counter

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from jobs.actions.chains import start_job
from jobs.kinds import MOST_ROWS, JobKind, PartOutcome, UnableToContinue
from jobs.models import Job
from jobs.queries import rows_for_worker, running_job
from training.teams.access import teams_run_by
from training.teams.actions.known_accounts import known_accounts, members_named
from training.teams.actions.rosters import (
    UnableToApply,
    UnableToTakeOut,
    apply_roster,
    apply_steps,
    check_confirmed,
    lock_roster,
    log_roster,
    outcome_counts,
    plan_roster,
    remember_reading,
    take_out,
)
from training.teams.events import team_changed
from training.teams.models import RosterPart, Team
from training.teams.rules.rosters.leavers import NO_LEAVERS, Leavers
from training.teams.rules.rosters.parts import (
    RowChanged,
    plan_part,
    rows_in,
    store_people,
)
from training.teams.rules.rosters.plan import RosterPlan
from training.teams.rules.rosters.review import RosterReview
from training.teams.rules.rosters.rows import ParsedRoster
from training.teams.rules.rosters.sheets import RosterChoices
from training.teams.wording import describe_roster


class UnableToStart(Exception):
    """A roster is being applied to this team at the moment."""


class ApplyingRoster(JobKind):
    """Applies a roster that was confirmed to a team, some people at a time."""

    code = "applying_roster"
    label = gettext_lazy("applying a roster")
    link = gettext_lazy("Open the team")

    def do_part(self, job: Job, at: dt.datetime, prepared: None) -> PartOutcome:
        """Apply the next people, or take out the next who are not in the file."""
        part = job.roster_parts.order_by("pk").first()
        team, by = team_of_job(job, job.about), job.started_by
        if part is None:
            raise UnableToContinue(
                _("The rest of it was deleted. Upload the file again.")
            )
        counts = Counter(job.result) + _apply_part(team, part, by, at)
        job.result = dict(counts)
        part.delete()
        is_last = not job.roster_parts.exists()
        if is_last:
            log_roster(team, job.result, by=by)
            team_changed.publish(team=team, at=at)
        return PartOutcome(len(part.people) + len(part.absent), is_last=is_last)

    def title_of(self, job: Job) -> str:
        names = Team.objects.filter(pk=job.about).values_list("name", flat=True)
        return names.first() or ""

    def page_of(self, job: Job) -> str:
        return reverse("teams:inspect", args=[job.about])

    def describe_result(self, job: Job) -> str:
        return describe_roster(job.result)

    def forget(self, job: Job) -> None:
        """Delete the people of a roster that was stopped or failed."""
        job.roster_parts.all().delete()


def team_of_job(job: Job, key: int) -> Team:
    """Return the team with this primary key.

    Raises UnableToContinue if the person who started the job may not change it now.
    """
    team = Team.objects.filter(pk=key).first()
    if team is None:
        raise UnableToContinue(_("The team has been deleted."))
    if team.archived_at:
        text = _("“%(team)s” is archived. Restore it, then continue.")
        raise UnableToContinue(text % {"team": team})
    by = job.started_by
    if not (by and by.is_active and teams_run_by(by).filter(pk=team.pk).exists()):
        raise UnableToContinue(
            _("The person who started this may not change the team any more.")
        )
    return team


def _apply_part(team, part, by, at):
    """Return what was done to how many people. Raises UnableToContinue, nothing done."""
    try:
        with transaction.atomic():
            return _apply_people(team, part, by, at) + _take_out(team, part, by, at)
    except RowChanged as changed:
        number = changed.row.number
    except UnableToApply:
        number = part.people[0]["number"]
    text = _(
        "Row %(row)d: something about this person changed after you confirmed the plan,"
        " so this row and those after it were not applied. Upload the file again: people"
        " who are done are shown as unchanged."
    )
    raise UnableToContinue(text % {"row": number})


def _apply_people(team, part, by, at):
    rows = rows_in(part.people)
    addresses = [row.email for row in rows]
    team = lock_roster(team, members_named(team, rows), addresses)
    # Asked again, because somebody may have changed a staff number before the lock.
    known = known_accounts(members=members_named(team, rows), rows=rows, by=by)
    plan = plan_part(part.people, known)
    apply_steps(team=team, plan=plan, by=by, at=at, notify=False)
    return outcome_counts(plan)


def _take_out(team, part, by, at):
    terms = {"reason": part.reason, "by": by, "at": at, "notify": False}
    return Counter(removed=take_out(team=team, addresses=part.absent, **terms))


def store_parts(job: Job, plan: RosterPlan) -> None:
    """Store for the job who is to be applied, and who could be taken out, in parts."""
    absent = [person.email for person in plan.absent]
    people = [
        RosterPart(job=job, people=each) for each in store_people(plan, MOST_ROWS)
    ]
    gone = [
        RosterPart(job=job, absent=absent[start : start + MOST_ROWS])
        for start in range(0, len(absent), MOST_ROWS)
    ]
    RosterPart.objects.bulk_create(people + gone, batch_size=20)


def confirm_roster(
    *,
    team: Team,
    parsed: ParsedRoster,
    fingerprint: str,
    leavers: Leavers = NO_LEAVERS,
    by: User,
    at: dt.datetime,
) -> RosterPlan | Job:
    """Apply the plan with this fingerprint; return it, or the job that applies it.

    A long roster is a job if a worker is there to do it. Raises UnableToApply,
    UnableToTakeOut and UnableToStart, with nothing done.
    """
    if not rows_for_worker(len(parsed.rows), most=MOST_ROWS, at=at):
        return apply_roster(
            team=team,
            parsed=parsed,
            fingerprint=fingerprint,
            leavers=leavers,
            by=by,
            at=at,
        )
    plan = plan_roster(team=team, parsed=parsed, by=by)
    check_confirmed(team, plan, fingerprint, leavers)
    with transaction.atomic():
        job = _start(team, by, at)
        remember_reading(team, parsed.columns, parsed.choices)
        store_parts(job, plan)
        _keep_needed(job, leavers)
    return job


@transaction.atomic
def confirm_review(
    *,
    team: Team,
    review: RosterReview,
    choices: RosterChoices,
    fingerprint: str,
    leavers: Leavers = NO_LEAVERS,
    by: User,
    at: dt.datetime,
) -> Job:
    """Start applying a roster that a job checked; return the job that applies it.

    Raises UnableToApply, UnableToTakeOut and UnableToStart, with nothing done.
    """
    is_same = review.fingerprint == fingerprint and not team.archived_at
    is_allowed = review.may_remove or not leavers
    if not (is_same and is_allowed and review.is_confirmed_by(choices)):
        raise UnableToApply
    if leavers.lack_reason:
        raise UnableToTakeOut
    job = _start(team, by, at)
    remember_reading(team, review.named_columns, choices)
    RosterPart.objects.filter(job=review.job).update(job=job)
    _keep_needed(job, leavers)
    return job


def _start(team, by, at):
    # Somebody else who confirms one for this team waits here.
    Team.objects.select_for_update().get(pk=team.pk)
    if running_job(kind=ApplyingRoster.code, about=team.pk):
        raise UnableToStart
    return start_job(kind=ApplyingRoster(), about=team.pk, total=0, by=by, at=at)


def _keep_needed(job, leavers):
    """Keep those to be taken out, of all who are not in the file, and count people."""
    for part in job.roster_parts.exclude(absent=[]):
        part.absent, part.reason = leavers.among(part.absent), leavers.reason
        part.save() if part.absent else part.delete()
    parts = list(job.roster_parts.all())
    if not parts:
        raise UnableToApply
    job.total = sum(len(part.people) + len(part.absent) for part in parts)
    job.save()
