"""Metrics are for whoever has the token, and say nothing about people."""

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django_q.models import Failure, OrmQ

from accounts.models import User
from jobs.actions.schedules import keep_schedules
from jobs.models import WorkerHeartbeat
from mail.models import Message
from tests.quizzes.answering import answer_all

TOKEN = "a-long-token"
LINE = re.compile(r"^(?P<name>\w+)(?:\{(?P<labels>[^}]*)\})? (?P<value>\S+)$", re.M)


@pytest.fixture
def token(settings):
    settings.METRICS_TOKEN = TOKEN


def read(client, given=f"Bearer {TOKEN}"):
    return client.get("/metrics", headers={"Authorization": given})


def values(client):
    text = read(client).text
    return {
        f"{found['name']}{{{found['labels'] or ''}}}": float(found["value"])
        for found in LINE.finditer(text)
    }


def test_without_a_token_in_the_settings_there_are_none(client, db, settings):
    settings.METRICS_TOKEN = ""
    for given in ("Bearer ", "Bearer", "", "Bearer None"):
        assert read(client, given).status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        TOKEN,
        f"Basic {TOKEN}",
        f"Bearer {TOKEN} ",
    ],
)
def test_whoever_has_not_the_token_is_refused(client, db, token, given):
    response = read(client, given)
    assert (response.status_code, response.content) == (401, b"")


def test_what_waits_is_counted(client, db, token):
    now = timezone.now()
    for key, minutes in (("urgent", 1), ("default", 5), ("default", -5)):
        OrmQ.objects.create(key=key, payload="", lock=now - timedelta(minutes=minutes))
    found = values(client)
    assert found['anteroom_tasks_waiting{queue="urgent"}'] == 1
    assert found['anteroom_tasks_waiting{queue="other"}'] == 2
    assert 300 <= found["anteroom_oldest_task_seconds{}"] < 360


def test_failures_and_workers_are_shown(client, db, token):
    now = timezone.now()
    assert values(client)["anteroom_worker_seen_seconds{}"] == float("inf")
    WorkerHeartbeat.objects.create(queue="q", seen_at=now - timedelta(seconds=40))
    Failure.objects.create(
        id="1", name="one", func="f", started=now, stopped=now, success=False
    )
    found = values(client)
    assert found["anteroom_tasks_failed{}"] == 1
    assert 40 <= found["anteroom_worker_seen_seconds{}"] < 100


def a_message(state, user):
    now = timezone.now()
    return Message.objects.create(
        kind="welcome",
        state=state,
        recipient=user,
        recipient_key=f"user:{user.pk}",
        topic_key=f"topic:{uuid.uuid4()}",
        scheduled_for=now,
        created_at=now,
        claimed_at=now - timedelta(hours=2),
        about_type=ContentType.objects.get_for_model(User),
        about_id=user.pk,
    )


def test_mail_is_counted_by_its_state(client, db, token):
    user = User.objects.create(email="anna@example.org")
    for state in ("queued", "failed", "failed", "sending", "dropped"):
        a_message(state, user)
    found = values(client)
    assert found['anteroom_mail{state="waiting"}'] == 1
    assert found['anteroom_mail{state="failed"}'] == 2
    assert found['anteroom_mail{state="uncertain"}'] == 1
    assert "anna" not in read(client).text


def test_answers_of_the_last_minute_are_counted(client, lesson, token):
    answer_all(lesson, None, None, None)
    assert values(client)["anteroom_answers_last_minute{}"] == 2


def test_each_part_is_shown(client, db, token):
    keep_schedules(at=timezone.now())
    found = values(client)
    parts = {name: value for name, value in found.items() if "anteroom_ready" in name}
    assert len(parts) == 6
    assert set(parts.values()) == {1}


@pytest.fixture
def counted(client, token):
    """A client whose requests are counted, as the settings have it with a token."""
    client.handler.load_middleware()
    return client


def test_requests_are_counted_with_few_labels(counted, lesson):
    counted.get(lesson.url)
    counted.get("/nothing/anna@example.org/")
    counted.generic("PROPFIND", "/nothing/")
    found = values(counted)
    counters = [name for name in found if name.startswith("anteroom_requests_total")]
    assert counters
    for name in counters:
        assert re.search(r'method="(GET|HEAD|POST|other)",status="[2-5]xx"', name)
    assert found['anteroom_requests_total{method="other",status="4xx"}'] >= 1
    assert "anna" not in read(counted).text
