"""What there is to do and what was done, as numbers for monitoring.

Labels have few values, and none of them names or describes a person.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Max, Min
from django_q.models import Failure, OrmQ

from jobs.engine import URGENT
from jobs.models import WorkerHeartbeat
from mail.models import Message
from operating.queries.health import WORKS, state_of_parts
from quizzes.models.records import Answer

MINUTE = dt.timedelta(minutes=1)
# A site of a million answers is not counted through: so many newest ones are looked at.
NEWEST = 20_000


@dataclass(frozen=True)
class SiteGauge:
    """A number now, or one for each value of a label."""

    name: str
    help: str
    values: dict[str, float]
    labels: list[str] = field(default_factory=list)


def read_gauges(*, at: dt.datetime) -> list[SiteGauge]:
    """Return all numbers as they are now."""
    return [
        SiteGauge("ready", "1 if the part works.", _parts(at), ["part"]),
        SiteGauge("tasks_waiting", "Queued tasks.", _waiting(), ["queue"]),
        _single("oldest_task_seconds", "Age of the oldest task in line.", _oldest(at)),
        _single(
            "tasks_failed", "Failed tasks not dealt with.", Failure.objects.count()
        ),
        _single("worker_seen_seconds", "Since a worker took tasks.", _seen(at)),
        SiteGauge("mail", "E-mails that are not sent.", _mail(at), ["state"]),
        _single("answers_last_minute", "Answers given by learners.", _answers(at)),
    ]


def _single(name, text, value):
    return SiteGauge(name, text, {"": value})


def _parts(at):
    states = state_of_parts(at=at).items()
    return {part: float(state == WORKS) for part, state in states}


def _waiting():
    found = dict(OrmQ.objects.values_list("key").annotate(Count("pk")))
    urgent = found.pop(URGENT, 0)
    return {"urgent": urgent, "other": sum(found.values())}


def _oldest(at):
    """Return how long the oldest waits. The engine has put it in its `lock`."""
    first = OrmQ.objects.filter(lock__lte=at).aggregate(first=Min("lock"))["first"]
    return (at - first).total_seconds() if first else 0


def _seen(at):
    newest = WorkerHeartbeat.objects.aggregate(newest=Max("seen_at"))["newest"]
    return (at - newest).total_seconds() if newest else float("inf")


def _mail(at):
    return {
        "waiting": Message.objects.waiting(at).count(),
        "failed": Message.objects.filter(state=Message.State.FAILED).count(),
        "uncertain": Message.objects.uncertain(at).count(),
    }


def _answers(at):
    newest = Answer.objects.order_by("-pk").values_list("given_at", flat=True)
    return sum(given > at - MINUTE for given in newest[:NEWEST])
