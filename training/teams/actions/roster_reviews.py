"""Checking an uploaded roster: in the request, or a long one as a job."""

import datetime as dt
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from jobs.actions.chains import start_job
from jobs.kinds import JobKind, PartOutcome, UnableToContinue
from jobs.models import Job
from jobs.queries import newest_job, worker_listens
from progress.rules.days import day_in
from training.teams.actions.roster_jobs import store_parts, team_of_job
from training.teams.actions.roster_uploads import (
    RosterUpload,
    keep_review,
    upload_with,
)
from training.teams.actions.rosters import plan_roster
from training.teams.models import Team
from training.teams.rules.rosters import review as reviews
from training.teams.rules.rosters import rows, sheets
from training.teams.rules.rosters.plan import RosterPlan
from training.teams.rules.rosters.problems import UnableToRead
from training.teams.rules.rosters.review import RosterReview
from training.teams.rules.rosters.rows import ParsedRoster
from training.teams.rules.rosters.sheets import RosterChoices, RosterTable

# Rows that are checked while somebody waits for the page.
MOST_IN_REQUEST = 5_000
KEPT_FOR_AN_HOUR = gettext_lazy("Upload the roster again. We only keep it for an hour.")


def is_address(text: str) -> bool:
    """Return whether the text is an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def parse_table(
    team: Team, table: RosterTable, choices: RosterChoices, at: dt.datetime
) -> ParsedRoster:
    """Return the people and the problems of the table. Raises UnableToRead."""
    today = day_in(at, team.time_zone)
    return rows.parse_roster(table, today, is_address, choices)


def review_roster(
    *, team: Team, table: RosterTable, choices: RosterChoices, by: User, at: dt.datetime
) -> tuple[RosterReview, RosterPlan | None]:
    """Return what the roster would change, for its preview, and the plan if any."""
    sheet = sheets.take_apart(table, choices)
    try:
        parsed = parse_table(team, table, choices, at)
    except UnableToRead as error:
        return reviews.review_sheet(sheet, choices, error), None
    plan = plan_roster(team=team, parsed=parsed, by=by)
    review = reviews.review_sheet(sheet, choices)
    return replace(review, **reviews.plan_excerpts(parsed, plan)), plan


def may_be_checked(table: RosterTable, *, at: dt.datetime) -> bool:
    """Return whether the table is short, or a worker is there to check it."""
    return len(table.rows) <= MOST_IN_REQUEST or worker_listens(at=at)


class CheckingRoster(JobKind):
    """Checks a long roster, and prepares the parts in which it is applied."""

    code = "checking_roster"
    label = gettext_lazy("checking a roster")
    link = gettext_lazy("Open the preview")
    # As long as the upload, and time to confirm what was seen last.
    keeps = dt.timedelta(hours=2)

    def prepare_part(
        self, job: Job, at: dt.datetime
    ) -> tuple[RosterUpload, RosterReview, RosterPlan | None]:
        """Return the upload, its review and the plan."""
        upload = upload_with(job.about)
        if upload is None:
            raise UnableToContinue(str(KEPT_FOR_AN_HOUR))
        team = team_of_job(job, upload.team)
        review, plan = review_roster(
            team=team,
            table=upload.table,
            choices=upload.choices,
            by=job.started_by,
            at=at,
        )
        return upload, replace(review, job=job.pk), plan

    def do_part(
        self,
        job: Job,
        at: dt.datetime,
        prepared: tuple[RosterUpload, RosterReview, RosterPlan | None],
    ) -> PartOutcome:
        """Keep the review for the preview, and the people for whoever confirms it."""
        upload, review, plan = prepared
        if plan:
            store_parts(job, plan)
        keep_review(upload.key, review)
        return PartOutcome(job.total, is_last=True)

    def title_of(self, job: Job) -> str:
        names = Team.objects.filter(pk=job.result.get("team"))
        return names.values_list("name", flat=True).first() or ""

    def page_of(self, job: Job) -> str:
        if job.state != Job.State.DONE:
            return ""
        return reverse("teams:roster_plan", args=[job.result["team"]])

    def describe_result(self, job: Job) -> str:
        return _("The preview is ready. Nothing has been saved yet.")

    def forget(self, job: Job) -> None:
        """Delete the people of a roster that nobody confirmed."""
        job.roster_parts.all().delete()


@transaction.atomic
def check_upload(*, upload: RosterUpload, team: Team, by: User, at: dt.datetime) -> Job:
    """Start checking the upload, unless that was started; return the job."""
    # Two tabs wait for each other here.
    Team.objects.select_for_update().get(pk=team.pk)
    job = newest_job(kind=CheckingRoster.code, about=upload.key)
    if job is None:
        total = len(upload.table.rows)
        job = start_job(
            kind=CheckingRoster(), about=upload.key, total=total, by=by, at=at
        )
        job.result = {"team": team.pk}
        job.save()
    return job
