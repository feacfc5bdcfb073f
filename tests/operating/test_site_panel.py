"""What administrators see of the site on their start page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import Failure

from jobs.actions.schedules import keep_schedules
from mail.models import Message
from operating.actions.backing_up import make_backup
from operating.panels import PARTS, STATES
from operating.queries import health
from tests.roles import a_person

pytestmark = pytest.mark.django_db


def start_page_of(client, role):
    client.force_login(a_person(role))
    return client.get("/admin/").text


def test_administrators_see_how_the_site_is(client):
    keep_schedules(at=timezone.now())
    page = start_page_of(client, "Administrator")
    assert "This site" in page
    assert "All parts work" in page
    assert "No backup is known" in page
    assert "failed" not in page


@pytest.mark.parametrize("role", ["Author", "Reviewer", "Trainer"])
def test_other_roles_do_not(client, role):
    assert "This site" not in start_page_of(client, role)


def test_what_does_not_work_is_said_in_words(client):
    page = start_page_of(client, "Administrator")
    assert "Background work:</strong> no worker has run for more than 15 min" in page
    assert "All parts work" not in page


def test_each_part_and_each_fault_has_words():
    states = health.state_of_parts(at=timezone.now())
    assert set(states) == set(PARTS)
    faults = {health.DOWN, health.QUIET, health.LATE, health.NOT_APPLIED}
    assert faults == set(STATES)


def test_work_and_e_mail_that_failed_are_counted(client):
    now = timezone.now()
    times = {"started": now, "stopped": now}
    Failure.objects.create(id="1", name="a", func="f", success=False, **times)
    for days in (1, 8):
        Message.objects.create(
            address="ann@example.org",
            kind="assigned",
            scheduled_for=now - timedelta(days=days),
            state=Message.State.FAILED,
            created_at=now - timedelta(days=days),
        )
    page = start_page_of(client, "Administrator")
    assert "1 piece of background work failed" in page
    assert "1 e-mail of the last 7 days failed" in page


def test_the_last_backup_and_who_has_a_role_are_said(client, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "operating.actions.backing_up._write_backup",
        lambda folder, at: (folder / "backup").write_bytes(b""),
    )
    file = tmp_path / "backup.zip"
    make_backup(file=file, replace=False, at=timezone.now())
    page = start_page_of(client, "Administrator")
    assert "Last backup: " in page
    assert "Administrator</a> 1" in page
