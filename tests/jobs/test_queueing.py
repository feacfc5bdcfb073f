"""Tasks are rows of the site's database and carry nothing but ids."""

import uuid

import pytest
from django.db import transaction
from django_q.models import OrmQ

from jobs.actions.queueing import UnableToQueue, queue_task
from jobs.broker import UrgentFirstBroker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made_up_tasks")]


def queued():
    return [(row.key, row.args()) for row in OrmQ.objects.order_by("pk")]


def test_a_task_comes_with_the_commit_or_not_at_all():
    with transaction.atomic():
        queue_task("note_number", 1)
        transaction.set_rollback(True)
    assert queued() == []
    queue_task("note_number", 2)
    queue_task("note_number", 3, urgent=True)
    assert queued() == [("default", ("note_number", 2)), ("urgent", ("note_number", 3))]


@pytest.mark.parametrize("told", ["ann@example.org", None, 1.5])
def test_what_is_no_id_is_not_queued(told):
    with pytest.raises(UnableToQueue):
        queue_task("note_number", told)
    queue_task("note_number", uuid.uuid4())


def test_a_task_that_no_room_knows_is_not_queued():
    with pytest.raises(UnableToQueue):
        queue_task("unknown", 1)


def handed_out(broker):
    return [OrmQ.objects.get(pk=pk).args()[1] for pk, _ in broker.dequeue() or []]


def test_urgent_tasks_go_first_and_one_worker_is_left_for_them():
    broker = UrgentFirstBroker()
    for number in range(3):
        queue_task("note_number", number)
    queue_task("note_number", 9, urgent=True)
    assert handed_out(broker) == [9]
    assert handed_out(broker) == [0]
    assert handed_out(broker) == []
    queue_task("note_number", 8, urgent=True)
    assert handed_out(broker) == [8]
    broker.acknowledge(OrmQ.objects.filter(key="default").earliest("pk").pk)
    assert handed_out(broker) == [1]
