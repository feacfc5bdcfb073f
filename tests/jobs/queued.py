"""How tests do what is queued, without a worker."""

from django.utils import timezone
from django_q.models import OrmQ

from jobs import tasks
from jobs.models import WorkerHeartbeat


def a_listening_worker():
    """Let it seem as if a worker took tasks."""
    seen = {"seen_at": timezone.now()}
    WorkerHeartbeat.objects.update_or_create(queue="default", defaults=seen)


def queued_tasks():
    """Return (queue, name, ids) of each task that waits."""
    waiting = OrmQ.objects.order_by("pk")
    return [(row.key, row.args()[0], *row.args()[1:]) for row in waiting]


def run_queued():
    """Run what is queued, also what these tasks queue."""
    while row := OrmQ.objects.order_by("pk").first():
        row.delete()
        tasks.run_task(*row.args())
