"""How the site is, for administrators: what waits for them, and who has which role."""

import datetime as dt
from dataclasses import dataclass

import django
import wagtail
from django.contrib.auth.models import Group
from django.db.models import Count, Q
from django_q.models import Failure
from wagtail.models import ModelLogEntry

from accounts.models import User
from mail.models import Message
from operating.queries.health import WORKS, state_of_parts

BACKED_UP = "operating.back_up"
"""The entry of the log that a backup was made."""
RECENTLY = dt.timedelta(days=7)


@dataclass(frozen=True)
class SiteOverview:
    """What an administrator looks at first.

    `faults` are pairs of a part of the site and its state, for those that do not work;
    `failed_mail` counts the last seven days; `backed_up_at` is None if no backup is known.
    `roles` have the number of their open accounts as `people`; `operators` counts those
    who may do everything.
    """

    faults: list[tuple[str, str]]
    failed_tasks: int
    failed_mail: int
    backed_up_at: dt.datetime | None
    roles: list[Group]
    operators: int
    versions: dict[str, str]


def read_overview(*, at: dt.datetime) -> SiteOverview:
    """Return how the site is now. The number of queries is always the same."""
    states = state_of_parts(at=at).items()
    failed = Message.objects.filter(state=Message.State.FAILED)
    return SiteOverview(
        faults=[(part, state) for part, state in states if state != WORKS],
        failed_tasks=Failure.objects.count(),
        failed_mail=failed.filter(created_at__gte=at - RECENTLY).count(),
        backed_up_at=_last_backup(),
        roles=_roles(),
        operators=User.objects.filter(is_superuser=True, is_active=True).count(),
        versions={"Wagtail": wagtail.__version__, "Django": django.__version__},
    )


def _last_backup():
    entries = ModelLogEntry.objects.filter(action=BACKED_UP)
    return entries.order_by("-timestamp").values_list("timestamp", flat=True).first()


def _roles():
    is_open = Q(user__is_active=True)
    people = Count("user", filter=is_open, distinct=True)
    return list(Group.objects.annotate(people=people).order_by("name"))
