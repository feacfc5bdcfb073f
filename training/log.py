"""The audit log: what trainers and the system did to somebody's record.

Wagtail keeps the entries; `data.learner` says whom each is about.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts.models import Learner, User

ACTIONS = {
    "training.joined": (_("Join a team"), _("Joined a team")),
    "training.left": (_("Leave a team"), _("Left a team")),
    "training.role": (_("Change the role"), _("Role changed")),
    "training.invited": (_("Invite"), _("Invited")),
    "training.assigned": (_("Assign"), _("Assigned")),
    "training.changed": (_("Change an obligation"), _("Obligation changed")),
    "training.withdrawn": (_("Withdraw"), _("Withdrawn")),
    "training.restored": (_("Ask for again"), _("Asked for again")),
    "training.satisfied": (_("Satisfy"), _("Done as required")),
    "training.exception": (_("Make an exception"), _("Exception made")),
    "training.exception_revoked": (
        _("Take back an exception"),
        _("Exception taken back"),
    ),
    "training.certificate_revoked": (
        _("Revoke a certificate"),
        _("Certificate revoked"),
    ),
    "training.certificate_reissued": (
        _("Issue a certificate again"),
        _("Certificate issued again"),
    ),
    "training.exported": (_("Take out evidence"), _("Evidence taken out")),
}


def note(
    instance: Model,
    action: str,
    *,
    learner: Learner | None = None,
    user: User | None = None,
    **facts: Any,
) -> None:
    """Write an entry about the instance; `user` None means the system did it."""
    whom = {"learner": str(learner.uuid)} if learner else {}
    log(instance=instance, action=action, user=user, data=whom | facts)


def entries_about(learner: Learner) -> QuerySet[ModelLogEntry]:
    """Return the log entries about the learner, the newest first."""
    return entries_about_all([learner])


def entries_about_all(learners: Iterable[Learner]) -> QuerySet[ModelLogEntry]:
    """Return the log entries about any of the learners, the newest first."""
    theirs = ModelLogEntry.objects.filter(
        action__startswith="training.",
        data__learner__in=[str(learner.uuid) for learner in learners],
    )
    return theirs.select_related("user").order_by("-timestamp", "-pk")


def entries_on(
    entries: QuerySet[ModelLogEntry],
    things: Mapping[type[Model], Collection[int]],
) -> QuerySet[ModelLogEntry]:
    """Return those of the entries that are on one of these rows, by primary key."""
    wanted = Q(pk__in=[])
    for model, keys in things.items():
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        wanted |= Q(content_type=kind, object_id__in=[str(key) for key in keys])
    return entries.filter(wanted)
