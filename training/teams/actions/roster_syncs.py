"""Applying a roster that nobody looks at, such as a nightly file. Safe to call again."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from accounts.models import User
from course.rules.digests import digest_text
from jobs.models import Job
from mail.actions.hurrying import send_soon
from mail.models import Message
from training.teams import wording
from training.teams.actions.invitations import accounts_at
from training.teams.actions.roster_jobs import UnableToStart, confirm_roster
from training.teams.actions.roster_reviews import parse_table
from training.teams.actions.roster_uploads import choices_remembered
from training.teams.actions.rosters import (
    UnableToApply,
    outcome_counts,
    plan_roster,
)
from training.teams.kinds.roster import RosterMail
from training.teams.models import Team
from training.teams.queries.teams import trainers_in
from training.teams.rules.rosters.plan import RosterPlan
from training.teams.rules.rosters.problems import UnableToRead
from training.teams.rules.rosters.rows import ParsedRoster
from training.teams.rules.rosters.sheets import RosterTable
from training.teams.rules.rosters.syncing import (
    SyncReport,
    SyncTerms,
    are_most,
    missing_members,
)
from training.teams.wording import syncs


def sync_team(
    *, team: Team, table: RosterTable, terms: SyncTerms, by: User, at: dt.datetime
) -> SyncReport:
    """Apply the roster to the team as `by`, unless somebody should look at it first.

    Nobody is taken out of the team: members who are not in the file are marked as
    missing. Returns what was done, or would be if it `is_dry`.
    """
    try:
        parsed, plan, left_out = _planned(team, table, terms, by, at)
    except UnableToRead as error:
        return SyncReport(refusals=(wording.of_file(error),), is_dry=terms.is_dry)
    refusals = tuple(_refusals(team, parsed, plan, terms))
    report = SyncReport(
        counts=outcome_counts(plan),
        missing=_newly_missing(team, plan),
        left_out=left_out,
        refusals=refusals,
        fingerprint=plan.fingerprint,
        is_dry=terms.is_dry,
    )
    return (
        report
        if terms.is_dry or refusals
        else _applied(team, parsed, plan, report, by, at)
    )


def _planned(team, table, terms, by, at):
    """Return the people, the plan, and sentences about rows that are left out."""
    choices = replace(
        choices_remembered(team),
        order=terms.order,
        leaves_empty=True,
        skips_problems=terms.skips_problems,
    )
    parsed = parse_table(team, table, choices, at)
    plan = plan_roster(team=team, parsed=parsed, by=by)
    left_out = plan.to_look_at if terms.skips_problems else ()
    if left_out:
        rows = tuple(step.row.number for step in left_out)
        parsed = parse_table(team, table, replace(choices, skipped=rows), at)
        plan = plan_roster(team=team, parsed=parsed, by=by)
    return parsed, plan, syncs.left_out_of(plan, left_out)


def _refusals(team, parsed, plan, terms):
    yield from syncs.refusals_of(parsed, plan)
    members = team.memberships.members().filter(left_at=None).count()
    missing = len(missing_members(plan))
    if not terms.allows_missing and are_most(missing, members):
        yield syncs.refuse_missing(missing, members)


def _newly_missing(team: Team, plan: RosterPlan) -> tuple[str, ...]:
    """Return the names of those who were not missing from the last file."""
    absent = missing_members(plan)
    held = team.memberships.filter(left_at=None).exclude(missing_since=None)
    known = set(held.values_list("learner__user__email", flat=True))
    return tuple(
        person.name_and_address for person in absent if person.email not in known
    )


def _applied(team, parsed: ParsedRoster, plan: RosterPlan, report, by, at):
    """Return the report with what became of it."""
    try:
        with transaction.atomic():
            came = None
            if plan.to_do:
                came = confirm_roster(
                    team=team, parsed=parsed, fingerprint=plan.fingerprint, by=by, at=at
                )
            if plan.may_remove:
                _note_missing(team, missing_members(plan), at)
    except UnableToApply:
        return replace(report, refusals=(str(syncs.CHANGED_MEANWHILE),))
    except UnableToStart:
        return replace(report, refusals=(str(wording.ROSTER_RUNS),))
    return replace(report, is_later=isinstance(came, Job))


def _note_missing(team, absent, at):
    """Mark the members who are not in the file, and no longer those who are."""
    users = accounts_at([person.email for person in absent]).values()
    rows = team.memberships.filter(left_at=None)
    gone = list(rows.filter(learner__user__in=users).values_list("pk", flat=True))
    rows.filter(pk__in=gone, missing_since=None).update(missing_since=at)
    rows.exclude(pk__in=gone).exclude(missing_since=None).update(missing_since=None)


def notify_trainers(
    *, team: Team, report: SyncReport, lines: Iterable[str], at: dt.datetime
) -> int:
    """Send the sentences to the team's trainers, once; return to how many.

    The same report is not sent to anybody again, so a file that is refused each night
    is one e-mail.
    """
    lines = list(lines)
    topic = f"roster:{digest_text(repr((lines, report.fingerprint)))[:16]}"
    earlier = Message.objects.filter(kind=RosterMail.code, topic_key=topic)
    earlier = earlier.about(Team.objects.filter(pk=team.pk))
    known = set(earlier.values_list("recipient", flat=True))
    trainers = trainers_in(team=team, learner__user__is_active=True)
    users = set(trainers.values_list("learner__user", flat=True)) - known
    send_soon([_message(team, user, topic, lines, at) for user in sorted(users)], at=at)
    return len(users)


def _message(team, user, topic, lines, at):
    return Message(
        kind=RosterMail.code,
        recipient_id=user,
        recipient_key=f"user:{user}",
        topic_key=topic,
        about=team,
        scheduled_for=at,
        created_at=at,
        why={"title": team.name, "rule": "roster", "lines": lines},
    )
