"""How long each kind of record is kept, and letting go of what is older.

Months come from the settings; 0 keeps a kind for ever. Safe to call again.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from wagtail.models import ModelLogEntry

from accounts.actions import erase_learner
from accounts.models import Learner
from training.models import Invitation, JoinLink, Membership, Notice, Obligation


@dataclass(frozen=True)
class Kind:
    """One kind of record: `old` finds what ended before a moment."""

    name: str
    setting: str
    old: Callable[[dt.datetime], QuerySet]
    people: bool = False


@dataclass(frozen=True)
class Result:
    """What came of one kind; `months` 0 means that it is kept for ever."""

    name: str
    months: int
    count: int


def _old_notices(before):
    done = [Notice.State.SENT, Notice.State.DROPPED, Notice.State.FAILED]
    return Notice.objects.filter(state__in=done, scheduled_for__lt=before)


def _old_invitations(before):
    return Invitation.objects.filter(expires_at__lt=before)


def _old_links(before):
    return JoinLink.objects.filter(Q(closed_at__lt=before) | Q(expires_at__lt=before))


def _old_log(before):
    return ModelLogEntry.objects.filter(
        action__startswith="training.", timestamp__lt=before
    )


def _people_gone(before):
    """Return who left every team, or lost the account, and did nothing since.

    Whoever still learns here for themselves is not idle, and stays.
    """
    mine = Membership.objects.filter(learner=OuterRef("pk"))
    asked = Obligation.objects.filter(learner=OuterRef("pk"))
    gone = Learner.objects.present().filter(~Exists(mine.filter(left_at=None)))
    trained = gone.filter(Exists(mine) | Exists(asked), last_deed_at__lt=before)
    left = trained.annotate(left=Max("memberships__left_at"))
    return left.filter(Q(left=None) | Q(left__lt=before))


KINDS = (
    Kind("mail sent or dropped", "RETENTION_NOTICES_MONTHS", _old_notices),
    Kind("invitations run out", "RETENTION_INVITATIONS_MONTHS", _old_invitations),
    Kind("join links run out", "RETENTION_INVITATIONS_MONTHS", _old_links),
    Kind(
        "people who left every team",
        "RETENTION_EVIDENCE_MONTHS",
        _people_gone,
        people=True,
    ),
    Kind("entries of the training log", "RETENTION_LOG_MONTHS", _old_log),
)


def apply_retention(*, at: dt.datetime, dry_run: bool) -> list[Result]:
    """Delete what is older than the settings say, and return how much of each kind.

    People are erased: their answers stay, for counts. With `dry_run` nothing is done.
    """
    return [_apply(kind, at, dry_run) for kind in KINDS]


def _apply(kind, at, dry_run):
    months = getattr(settings, kind.setting)
    if not months:
        return Result(kind.name, 0, 0)
    rows = kind.old(at - relativedelta(months=months))
    if dry_run:
        return Result(kind.name, months, rows.count())
    if kind.people:
        return Result(kind.name, months, sum(_erase(rows, row, at) for row in rows))
    return Result(kind.name, months, rows.delete()[0])


@transaction.atomic
def _erase(rows, learner, at):
    if not rows.filter(pk=learner.pk).exists():
        return 0
    erase_learner(learner=learner, at=at)
    return 1
