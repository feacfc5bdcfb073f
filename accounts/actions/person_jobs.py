"""Erasing a person, and exporting all that is held about one, by a worker."""

import datetime as dt
import json
from io import BytesIO
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from accounts import register
from accounts.actions.deletion import may_act_on
from accounts.actions.learners import erase_person
from accounts.models import Learner, User
from jobs.actions.chains import start_job
from jobs.files import delete_files, open_file, store_file
from jobs.kinds import FileJobKind, JobKind, PartOutcome, UnableToContinue
from jobs.models import Job
from jobs.queries import rows_for_worker, running_job

# Nobody knows beforehand how much there is about a person.
MOST_AT_ONCE = 0


class ErasingPerson(JobKind):
    """Erases a person in one part: nobody is erased by half."""

    code = "erasing_person"
    label = gettext_lazy("erasing a person")
    link = gettext_lazy("Open the list of users")

    def do_part(self, job: Job, at: dt.datetime, prepared: None) -> PartOutcome:
        """Erase the person."""
        _erase(_person_of(job), by=job.started_by, at=at)
        return PartOutcome(1, is_last=True)

    def title_of(self, job: Job) -> str:
        return _name_of(job) if job.is_running else ""

    def page_of(self, job: Job) -> str:
        return reverse("wagtailusers_users:index")

    def describe_result(self, job: Job) -> str:
        if job.state == Job.State.DONE:
            return _("The person was erased.")
        return _("Nothing was erased.")


class ExportingPerson(FileJobKind):
    """Writes what one room holds about the person at a time, then all in one file."""

    code = "exporting_person"
    label = gettext_lazy("exporting a person's data")
    link = gettext_lazy("Open the list of users")

    def prepare_part(self, job: Job, at: dt.datetime) -> bool:
        """Write what the next room holds; return whether it is the last."""
        holdings = _holdings_of(_person_of(job))
        name, export = holdings[job.done]
        _store_json(job, f"{job.done}.json", {name: export()})
        is_last = job.done + 1 >= len(holdings)
        if is_last:
            _store_json(job, self.file, _joined(job))
        return is_last

    def do_part(self, job: Job, at: dt.datetime, prepared: bool) -> PartOutcome:  # noqa: FBT001 -- as `JobKind` has it
        """Note that it is written."""
        if prepared:
            _log(_person_of(job), "accounts.export_person", job.started_by, at)
            drafts = [f"{number}.json" for number in range(job.done + 1)]
            transaction.on_commit(lambda: delete_files(job, *drafts))
        return PartOutcome(1, is_last=prepared)

    def title_of(self, job: Job) -> str:
        return _name_of(job)

    def page_of(self, job: Job) -> str:
        return reverse("wagtailusers_users:index")

    def describe_result(self, job: Job) -> str:
        return _("The file is ready.") if job.state == Job.State.DONE else ""

    def may_download(self, user: User, job: Job) -> bool:
        person = User.objects.filter(pk=job.about).first()
        return user.is_active and person is not None and may_act_on(user, person)

    def file_name(self, job: Job) -> str:
        return f"person-{job.about}-{job.started_at:%Y-%m-%d}.json"


def _person_of(job):
    """Return the account it is about. Raises UnableToContinue."""
    person, by = User.objects.filter(pk=job.about).first(), job.started_by
    if person is None:
        raise UnableToContinue(_("The account has been deleted."))
    if not (by and by.is_active and may_act_on(by, person)):
        raise UnableToContinue(_("The person who started this may not do it any more."))
    return person


def _name_of(job):
    person = User.objects.filter(pk=job.about).first()
    return str(person) if person else ""


def _learner_of(person):
    return Learner.objects.present().filter(user=person).first()


def _holdings_of(person):
    return register.holdings_of(_learner_of(person), person)


def _erase(person, *, by, at):
    erase_person(learner=_learner_of(person), user=person, at=at)
    # What it was logged under before is blanked.
    _log(User.objects.get(pk=person.pk), "accounts.erase_person", by, at)


def _log(person, action, by, at):
    log(instance=person, action=action, user=by, timestamp=at)


def _joined(job) -> dict[str, Any]:
    found = {}
    for number in range(job.done + 1):
        with _opened(job, f"{number}.json") as stored:
            found |= json.load(stored)
    return found


def _opened(job, name):
    try:
        return open_file(job, name)
    except FileNotFoundError as gone:
        text = _(
            "What was prepared so far was deleted, because somebody was erased "
            "meanwhile. Start again."
        )
        raise UnableToContinue(text) from gone


def _store_json(job, name, values):
    text = json.dumps(values, indent=2, ensure_ascii=False) + "\n"
    store_file(job, name, BytesIO(text.encode()))


@transaction.atomic
def start_erasing(*, person: User, by: User, at: dt.datetime) -> Job | None:
    """Have the person erased by a worker, or erase them now where none listens.

    Returns the job, if there is one.
    """
    job = _start(ErasingPerson(), person, 1, by, at)
    if job is None:
        _erase(person, by=by, at=at)
    return job


@transaction.atomic
def start_exporting(*, person: User, by: User, at: dt.datetime) -> Job | dict[str, Any]:
    """Return the job that exports the person's data, or the data if no worker listens."""
    job = _start(ExportingPerson(), person, len(_holdings_of(person)), by, at)
    if job:
        return job
    _log(person, "accounts.export_person", by, at)
    return register.export_person(_learner_of(person), person)


def _start(kind, person, total, by, at):
    """Return the job of this kind for the person, the one that runs if one does."""
    if not rows_for_worker(total, most=MOST_AT_ONCE, at=at):
        return None
    # Whoever presses the button twice waits here.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    running = running_job(kind=kind.code, about=person.pk, by=by)
    return running or start_job(kind=kind, about=person.pk, total=total, by=by, at=at)
