"""The engine's queue: rows of the site's database, what somebody waits for first."""

import datetime as dt
from time import monotonic, sleep

from django.db.models import Case, When
from django.utils import timezone
from django_q.brokers.orm import ORM
from django_q.conf import Conf

from jobs.engine import URGENT
from jobs.models import WorkerHeartbeat

# A worker that was killed had this long beside its task's own time to say so.
GRACE = 30  # seconds
HEARTBEAT = 10  # seconds
URGENT_FIRST = Case(When(key=URGENT, then=0), default=1)


class UrgentFirstBroker(ORM):
    """Hands out urgent tasks first, and never gives all workers to the others.

    A cluster of two workers has at most one of the others in hand, so a code or an
    invitation never waits until a part of long work has ended.
    """

    # Primary keys of what this process handed out that was not urgent.
    _in_hand: tuple[int, ...] = ()
    _seen_at = float("-inf")

    def dequeue(self):
        self._give_sign()
        row = self._next_row()
        if row:
            return self._take(row)
        sleep(Conf.POLL)
        return None

    def timeout(self, task):
        """Return when another may take the row: its worker is dead by then."""
        seconds = task.task.get("timeout") or Conf.TIMEOUT
        return timezone.now() + dt.timedelta(seconds=seconds + GRACE)

    def _give_sign(self):
        """Note now and then that somebody takes tasks."""
        if monotonic() - self._seen_at < HEARTBEAT:
            return
        self._seen_at = monotonic()
        WorkerHeartbeat.objects.update_or_create(
            queue=self.list_key, defaults={"seen_at": timezone.now()}
        )

    def _next_row(self):
        keys = [URGENT, self.list_key] if self._has_room() else [URGENT]
        waiting = self.get_connection().filter(key__in=keys, lock__lt=timezone.now())
        return waiting.order_by(URGENT_FIRST, "pk").first()

    def _take(self, row):
        """Return the row as the engine wants it; nothing where another was faster."""
        mine = self.get_connection().filter(pk=row.pk, lock=row.lock)
        if not mine.update(lock=self.timeout(row)):
            return None
        if row.key != URGENT:
            self._in_hand = (*self._in_hand, row.pk)
        return [(row.pk, row.payload)]

    def _has_room(self):
        """Return whether one more that is not urgent leaves a worker free."""
        if self._in_hand:
            held = self.get_connection().filter(
                pk__in=self._in_hand, lock__gt=timezone.now()
            )
            self._in_hand = tuple(held.values_list("pk", flat=True))
        return len(self._in_hand) < max(1, Conf.WORKERS - 1)
