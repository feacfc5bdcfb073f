"""Exporting a long report by a worker: the same page, asked for by the worker."""

import datetime as dt
import tempfile
import zlib
from typing import IO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from jobs.actions.chains import start_job
from jobs.files import store_file
from jobs.kinds import FileJobKind, PartOutcome, UnableToContinue
from jobs.models import Job
from jobs.queries import running_job
from training.teams.access import may_enter, teams_seen_by

# A file with more rows is made by a worker, where there is one.
MOST_AT_ONCE = 2_000
IN_MEMORY = 8 * 1024 * 1024


class ExportingReport(FileJobKind):
    """Makes the file that the report's own address would answer with.

    So what the person may see, the filters and the columns are those of the report.
    """

    code = "exporting_report"
    label = gettext_lazy("exporting a report")
    link = gettext_lazy("Open the report")

    def prepare_part(self, job: Job, at: dt.datetime) -> None:
        """Make the file. Raises UnableToContinue."""
        if not (job.started_by and job.started_by.is_active):
            raise UnableToContinue(_REFUSED)
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
            _write_report(file, job)
            file.seek(0)
            store_file(job, self.file, file)

    def do_part(self, job: Job, at: dt.datetime, prepared: None) -> PartOutcome:
        """Note that the file is there."""
        # The filters may name people.
        job.result.pop("query")
        return PartOutcome(job.total, is_last=True)

    def title_of(self, job: Job) -> str:
        return self.file_name(job)

    def page_of(self, job: Job) -> str:
        return _address(job.result["report"])

    def describe_result(self, job: Job) -> str:
        return _("The file is ready.") if job.state == Job.State.DONE else ""

    def may_download(self, user: User, job: Job) -> bool:
        """Return whether the user still sees every team that the file may be about."""
        return set(job.result["teams"]) <= set(_teams(user))

    def file_name(self, job: Job) -> str:
        report = job.result["report"].removeprefix("report_").replace("_", "-")
        return f"{report}-{job.started_at:%Y-%m-%d}.{job.result['format']}"


_REFUSED = gettext_lazy("The person who started this may not see the report any more.")


def _write_report(file: IO[bytes], job: Job) -> None:
    try:
        response = _answer(job)
    except (PermissionDenied, Http404) as refusal:
        raise UnableToContinue(str(_REFUSED)) from refusal
    if "attachment" not in response.headers.get("Content-Disposition", ""):
        raise UnableToContinue(str(_REFUSED))
    for chunk in response:
        file.write(chunk)


def _answer(job):
    """Return what the report's address answers to the person who started the job."""
    request = HttpRequest()
    request.method, request.user = "GET", job.started_by
    request.path = _address(job.result["report"])
    request.GET = QueryDict(job.result["query"])
    # So that a refusal is raised instead of shown.
    request.META["HTTP_X_REQUESTED_WITH"] = "XMLHttpRequest"
    request.is_made_by_job = True
    match = resolve(request.path)
    return match.func(request, *match.args, **match.kwargs)


def _address(report):
    return reverse(f"{report}:index")


def _teams(user):
    seen = teams_seen_by(user) if user.is_active and may_enter(user) else []
    return [team.pk for team in seen]


@transaction.atomic
def export_report(
    *, report: str, query: QueryDict, total: int, by: User, at: dt.datetime
) -> Job:
    """Start making the file, or return the job that makes the same one for `by`."""
    text = query.urlencode()
    about = zlib.crc32(f"{report}?{text}".encode())
    User.objects.select_for_update().get(pk=by.pk)
    job = running_job(kind=ExportingReport.code, about=about, by=by)
    if job:
        return job
    kind = ExportingReport()
    job = start_job(kind=kind, about=about, total=total, by=by, at=at)
    job.result = {
        "report": report,
        "query": text,
        "format": query["export"],
        "teams": _teams(by),
    }
    job.save()
    return job
