"""The certificates of people chosen in the list, as one PDF."""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from jobs.actions.chains import start_job
from jobs.files import store_file
from jobs.kinds import FileJobKind, PartOutcome, UnableToContinue
from jobs.models import Job
from jobs.queries import rows_for_worker, running_job
from training.certificates.actions.several_certificates import (
    UnableToMakePdf,
    pdf_of_certificates,
)
from training.people.queries.certificates import certificates_of_people
from training.teams.access import may_enter, teams_seen_by
from training.teams.models import Membership

# As many sheets as a worker lays out within a minute, with much to spare.
MOST_SHEETS = 100
# More than these are for a worker.
MOST_AT_ONCE = 10


class NoSheets(Exception):
    """None of these people has a valid certificate."""


class TooManySheets(Exception):
    """There are more certificates than one file can have."""

    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


class PrintingCertificates(FileJobKind):
    """Lays out the certificates; `job.result` has whose, until the file is there."""

    code = "printing_certificates"
    label = gettext_lazy("making certificates")
    link = gettext_lazy("Open the list of people")

    def prepare_part(self, job: Job, at: dt.datetime) -> None:
        """Make the file. Raises UnableToContinue."""
        by = job.started_by
        if not (by and by.is_active and may_enter(by)):
            raise UnableToContinue(_("The account of whoever started this is closed."))
        found = certificates_of_people(job.result["people"], by, at)
        try:
            pdf = pdf_of_certificates(found[:MOST_SHEETS])
        except UnableToMakePdf as problem:
            raise UnableToContinue(str(problem)) from None
        store_file(job, self.file, BytesIO(pdf))

    def do_part(self, job: Job, at: dt.datetime, prepared: None) -> PartOutcome:
        """Note that the file is there."""
        job.result = job.result | {"people": []}
        return PartOutcome(job.total, is_last=True)

    def title_of(self, job: Job) -> str:
        number = ngettext("%(n)d certificate", "%(n)d certificates", job.total)
        return number % {"n": job.total}

    def page_of(self, job: Job) -> str:
        return reverse("people:index")

    def describe_result(self, job: Job) -> str:
        return _("The file is ready.") if job.state == Job.State.DONE else ""

    def may_download(self, user: User, job: Job) -> bool:
        """Return whether the user still sees the teams of all these people."""
        seen = teams_seen_by(user) if user.is_active and may_enter(user) else []
        return set(job.result["teams"]) <= {team.pk for team in seen}

    def file_name(self, job: Job) -> str:
        return f"certificates-{job.started_at:%Y-%m-%d}.pdf"


def print_certificates(
    *, keys: Sequence[int], by: User, at: dt.datetime
) -> bytes | Job:
    """Return the valid certificates of these memberships' people as a PDF, or the job.

    Many are a job, if a worker is there to do it. Raises NoSheets, TooManySheets and
    UnableToMakePdf.
    """
    found = certificates_of_people(keys, by, at)
    if not found:
        raise NoSheets
    if len(found) > MOST_SHEETS:
        raise TooManySheets(len(found))
    if rows_for_worker(len(found), most=MOST_AT_ONCE, at=at):
        return _start(keys, len(found), by, at)
    return pdf_of_certificates(found)


@transaction.atomic
def _start(keys, total, by, at):
    # Somebody who presses the button twice waits here, and gets the first job.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    running = running_job(kind=PrintingCertificates.code, about=by.pk)
    if running and running.result["people"] == list(keys):
        return running
    job = start_job(kind=PrintingCertificates(), about=by.pk, total=total, by=by, at=at)
    teams = Membership.objects.filter(pk__in=keys).order_by().values("team").distinct()
    job.result = {"people": list(keys), "teams": [row["team"] for row in teams]}
    job.save(update_fields=["result"])
    return job
