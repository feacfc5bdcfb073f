"""The audit log: changes that trainers and the system made to somebody's record.

Wagtail stores the entries; `data.learner` says who each is about.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts.models import Learner, User

ACTIONS = {
    "training.joined": (_("Join a team"), _("Joined a team")),
    "training.left": (_("Leave a team"), _("Left a team")),
    "training.returned": (_("Undo leaving a team"), _("Leaving undone")),
    "training.role": (_("Change the role"), _("Role changed")),
    "training.invited": (_("Invite"), _("Invited")),
    "training.accepted": (_("Accept an invitation"), _("Invitation accepted")),
    "training.renamed": (_("Correct a name"), _("Name corrected")),
    "training.readdressed": (_("Correct an address"), _("Address corrected")),
    "training.mail_tried_again": (
        _("Try an address again"),
        _("Address tried again"),
    ),
    "training.address_proposed": (_("Propose an address"), _("Address proposed")),
    "training.address_confirmed": (
        _("Agree to an address"),
        _("Proposed address agreed to by the person"),
    ),
    "training.address_refused": (
        _("Refuse an address"),
        _("Proposed address refused by the person"),
    ),
    "training.address_approved": (
        _("Approve an address"),
        _("Proposed address approved by an administrator"),
    ),
    "training.address_rejected": (
        _("Reject an address"),
        _("Proposed address rejected by an administrator"),
    ),
    "training.address_withdrawn": (
        _("Withdraw an address"),
        _("Proposed address withdrawn"),
    ),
    "training.details": (_("Correct details"), _("Details corrected")),
    "training.archived": (_("Archive a team"), _("Team archived")),
    "training.unarchived": (_("Restore a team"), _("Team restored")),
    "training.link_opened": (_("Create a join link"), _("Join link created")),
    "training.link_closed": (_("Close a join link"), _("Join link closed")),
    "training.roster": (_("Apply a roster"), _("Roster applied")),
    "training.assigned": (_("Assign"), _("Assigned")),
    "training.changed": (_("Change an obligation"), _("Obligation changed")),
    "training.assignment_created": (_("Create an assignment"), _("Assignment created")),
    "training.assignment_changed": (_("Change an assignment"), _("Assignment changed")),
    "training.assignment_ended": (_("End an assignment"), _("Assignment ended")),
    "training.withdrawn": (_("Withdraw"), _("Withdrawn")),
    "training.restored": (_("Ask again"), _("Asked again")),
    "training.asked_again": (_("Ask to do it again"), _("Asked to do it again")),
    "training.reminded": (_("Remind"), _("Reminded by hand")),
    "training.satisfied": (_("Mark as done"), _("Marked as done")),
    "training.exception": (_("Make an exception"), _("Exception made")),
    "training.exception_revoked": (
        _("Revoke an exception"),
        _("Exception revoked"),
    ),
    "training.completion_recorded": (
        _("Record a completion elsewhere"),
        _("Completion elsewhere recorded"),
    ),
    "training.completion_revoked": (
        _("Revoke a completion elsewhere"),
        _("Completion elsewhere revoked"),
    ),
    "training.session_created": (
        _("Create a classroom session"),
        _("Classroom session created"),
    ),
    "training.session_changed": (
        _("Change a classroom session"),
        _("Classroom session changed"),
    ),
    "training.checked_in": (
        _("Say that one is present"),
        _("Said to be present"),
    ),
    "training.attendance": (
        _("Confirm attendance"),
        _("Attendance confirmed"),
    ),
    "training.certificate_revoked": (
        _("Revoke a certificate"),
        _("Certificate revoked"),
    ),
    "training.certificate_reissued": (
        _("Reissue a certificate"),
        _("Certificate reissued"),
    ),
    "training.exported": (_("Export evidence"), _("Evidence exported")),
}


def log_action(
    instance: Model,
    action: str,
    *,
    learner: Learner | None = None,
    user: User | None = None,
    **facts: Any,
) -> None:
    """Write an entry about the instance; `user` None means the system did it.

    Facts are for people to read: names as they are now, not numbers of rows.
    """
    whom = {"learner": str(learner.uuid)} if learner else {}
    known = whom | _names_of(instance) | facts
    log(instance=instance, action=action, user=user, data=known)


def _names_of(instance):
    """Return what the instance is about, in names of this time, if its model says so."""
    return getattr(instance, "names_for_log", {})


def log_actions(
    rows: Iterable[tuple[Model, Learner, dict[str, Any]]],
    action: str,
    *,
    user: User | None = None,
) -> None:
    """Write an entry for each (instance, learner, facts), in few queries."""
    entries = [
        ModelLogEntry(
            content_type=ContentType.objects.get_for_model(instance),
            object_id=str(instance.pk),
            label=str(instance),
            action=action,
            user=user,
            timestamp=timezone.now(),
            data={"learner": str(learner.uuid)} | _names_of(instance) | facts,
        )
        for instance, learner, facts in rows
    ]
    ModelLogEntry.objects.bulk_create(entries, batch_size=500)


def training_entries() -> QuerySet[ModelLogEntry]:
    """Return all entries about people in training, including mail sent again."""
    rooms = Q(action__startswith="training.") | Q(action__startswith="mail.")
    return ModelLogEntry.objects.filter(rooms)


def entries_about(learner: Learner) -> QuerySet[ModelLogEntry]:
    """Return the log entries about the learner, newest first."""
    return entries_about_all([learner])


def entries_about_all(learners: Iterable[Learner]) -> QuerySet[ModelLogEntry]:
    """Return the log entries about any of the learners, newest first."""
    uuids = [str(learner.uuid) for learner in learners]
    theirs = training_entries().filter(data__learner__in=uuids)
    return theirs.select_related("user").order_by("-timestamp", "-pk")


def entries_on(
    entries: QuerySet[ModelLogEntry],
    things: Mapping[type[Model], Collection[int]],
) -> QuerySet[ModelLogEntry]:
    """Return the entries about any of these rows, given by primary key."""
    target = Q(pk__in=[])
    for model, keys in things.items():
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        target |= Q(content_type=kind, object_id__in=[str(key) for key in keys])
    return entries.filter(target)


def on_any_of(things: Mapping[type[Model], QuerySet]) -> Q:
    """Return the condition that an entry is about one of these rows."""
    target = Q(pk__in=[])
    for model, rows in things.items():
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        # Entries keep the primary key as text.
        keys = rows.order_by().annotate(key_in_log=Cast("pk", CharField()))
        target |= Q(content_type=kind, object_id__in=keys.values("key_in_log"))
    return target


def last_change_of(assignment: Model) -> ModelLogEntry | None:
    """Return the newest entry about a change to, or the end of, the assignment."""
    changes = ("training.assignment_changed", "training.assignment_ended")
    rows = ModelLogEntry.objects.for_instance(assignment).filter(action__in=changes)
    return rows.select_related("user").order_by("-timestamp", "-pk").first()
