"""What tests of long rosters do: upload, confirm, and start the job."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jobs.models import Job
from tests.jobs.queued import a_listening_worker
from training.teams.models import Membership


def roster(number=5):
    lines = [f"p{each}@x.org,Pat {each},Roe,{each}" for each in range(number)]
    return "\n".join(["E-mail,First name,Last name,Staff number", *lines])


def upload(client, team, content):
    """Return the page after the upload."""
    file = SimpleUploadedFile("roster.csv", content.encode())
    address = reverse("teams:roster", args=[team.pk])
    return client.post(address, {"file": file}, follow=True)


def confirm(client, team, **form):
    page = reverse("teams:roster_plan", args=[team.pk])
    sent = {"plan": client.get(page).context["plan"].fingerprint} | form
    return client.post(page, sent, follow=True).text


def started(client, team, content=None, **form):
    """Return the job that applies the roster, and nothing of which is done yet."""
    a_listening_worker()
    upload(client, team, content or roster())
    confirm(client, team, **form)
    return Job.objects.get()


def now(job):
    job.refresh_from_db()
    return job.state, job.done


def members(team):
    rows = team.memberships.filter(left_at=None, role=Membership.Role.MEMBER)
    return sorted(rows.values_list("learner__user__email", flat=True))
