"""Administrators see what failed, what to do, and run it again."""

import datetime as dt

import pytest
from django.utils import timezone
from django_q.models import Failure, OrmQ

from jobs.actions.failures import prune_failures
from jobs.actions.schedules import keep_schedules
from jobs.engine import RUN_RECURRING, RUN_TASK
from jobs.models import RecurringRun
from jobs.tasks import TaskFailed, run_recurring, run_task
from tests.roles import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made_up_tasks")]

PAGE = "/admin/background-work/"


@pytest.fixture
def administrator(client):
    person = a_person("Administrator")
    client.force_login(person)
    return person


def a_failure(function=RUN_TASK, *arguments, days=0):
    at = timezone.now() - dt.timedelta(days=days)
    return Failure.objects.create(
        id=f"{Failure.objects.count():032}",
        name="made up",
        func=function,
        args=arguments or ("fail", 7),
        kwargs={},
        result="RuntimeError in jobs/tasks.py, line 3 : Traceback …",
        started=at,
        stopped=at,
        success=False,
    )


def answer(client, failure, **form):
    return client.post(f"{PAGE}failed/{failure.pk}/", form, follow=True).text


def test_the_list_says_what_failed_and_what_to_do(client, administrator):
    a_failure()
    a_failure(RUN_RECURRING, "purge_learners")
    a_failure(RUN_TASK, "unknown", 3)
    page = client.get(PAGE).text
    assert "Ask the operator." in page
    assert "RuntimeError in jobs/tasks.py, line 3<" in page
    assert "Traceback" not in page
    assert "Forget learners who have been idle" in page
    assert "No part of the site knows it any more" in page


def test_without_failures_it_says_so_and_shows_what_recurs(client, administrator):
    keep_schedules(at=timezone.now())
    page = client.get(PAGE).text
    assert "No task has failed" in page
    assert "Not yet" in page
    run = RecurringRun.objects.filter(command="purge_learners")
    run.update(failed_at=timezone.now())
    assert "<strong>failed " in client.get(PAGE).text


def test_a_failed_task_runs_again_once(client, administrator):
    failure = a_failure()
    assert "will run again soon" in answer(client, failure)
    assert "no longer in the list" in answer(client, failure)
    [queued] = OrmQ.objects.all()
    assert queued.args() == ("fail", 7)
    assert not Failure.objects.exists()


def test_a_failed_task_can_be_dismissed(client, administrator):
    answer(client, a_failure(), dismiss="1")
    assert not Failure.objects.exists()
    assert not OrmQ.objects.exists()


def test_failures_are_kept_for_thirty_days():
    a_failure(days=31)
    kept = a_failure(days=29)
    assert prune_failures(at=timezone.now()) == 1
    assert Failure.objects.get().pk == kept.pk


def test_what_a_task_raises_is_told_without_its_words():
    with pytest.raises(TaskFailed) as caught:
        run_task("fail", 1)
    assert str(caught.value).startswith("RuntimeError in tests/jobs/made_up.py, line ")
    with pytest.raises(TaskFailed, match="No part of the site knows"):
        run_task("unknown", 1)


def test_recurring_work_that_is_not_there_any_more_is_passed_over():
    run_recurring("gone")
    assert not RecurringRun.objects.exists()


def test_the_queries_do_not_grow_with_the_list(
    client, administrator, django_assert_max_num_queries
):
    client.get(PAGE)
    a_failure()
    with django_assert_max_num_queries(40) as few:
        client.get(PAGE)
    for _ in range(5):
        a_failure()
    with django_assert_max_num_queries(len(few)):
        client.get(PAGE)
