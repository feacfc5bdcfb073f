"""The outbox: what is to be told to whom, once."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressField
from training.models.obligations import Obligation
from training.models.teams import Team

# After so long nobody is still sending it: the worker was cut off in the middle.
UNCERTAIN_AFTER = dt.timedelta(hours=1)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self, at: dt.datetime):
        """Those whose time has come and that nothing holds back, the oldest first."""
        due = self.filter(state=Notice.State.QUEUED, scheduled_for__lte=at)
        free = due.filter(Q(held_until=None) | Q(held_until__lte=at))
        return free.order_by("scheduled_for", "pk")

    def uncertain(self, at: dt.datetime):
        """Those that may or may not have been sent; nothing sends them by itself."""
        return self.filter(
            state=Notice.State.SENDING, claimed_at__lte=at - UNCERTAIN_AFTER
        )


class Notice(models.Model):
    """One e-mail that is due, was sent, or came to nothing.

    The unique key makes it one however often it is planned. The text is written when
    it is sent, from what is true then.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        ASSIGNED = "assigned", _("assigned")
        BEFORE = "before", _("due soon")
        DUE_TODAY = "due_today", _("due today")
        OVERDUE = "overdue", _("overdue")
        ALL_CLEAR = "all_clear", _("all clear")
        DIGEST = "digest", _("trainer's digest")
        ESCALATION = "escalation", _("told to the manager")
        REPORT = "report", _("report")
        PAUSE_AHEAD = "pause_ahead", _("quiz will pause")
        UNDECIDED = "undecided", _("assignment needs a decision")
        ACCOUNT = "account", _("signing in and account")

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DROPPED = "dropped", _("no longer true, not sent")
        FAILED = "failed", _("could not be sent")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    address = AddressField(
        blank=True, help_text=_("For somebody without an account, such as a manager.")
    )
    recipient_key = models.CharField(
        max_length=80, help_text=_("Whom, so that nobody is told twice: user:7.")
    )
    subject_key = models.CharField(
        max_length=80, help_text=_("About what: obligation:12, team:5, invitation:3.")
    )
    obligation = models.ForeignKey(
        Obligation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="notices",
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    scheduled_for = models.DateTimeField(_("due to be sent"))
    why = models.JSONField(
        default=dict, help_text=_("The rule and the dates that this mail followed.")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.QUEUED
    )
    created_at = models.DateTimeField(_("created"))
    held_until = models.DateTimeField(
        _("waits until"),
        null=True,
        blank=True,
        help_text=_("The end of the quiet hours, or of the wait after a failed try."),
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.UUIDField(
        null=True, blank=True, help_text=_("The worker's claim that took it.")
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=255, blank=True)
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "What was sent about one person's obligation, word for word; or what waits"
            " to be sent about an account."
        ),
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "recipient_key", "subject_key", "scheduled_for"],
                name="notice_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["queued", "sending", "sent", "dropped", "failed"]
                ),
                name="notice_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="notice_sent_has_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["scheduled_for"],
                condition=Q(state="queued"),
                name="notice_waiting",
            ),
        ]

    def __str__(self):
        return f"{self.kind} to {self.recipient_key} about {self.subject_key}"

    @property
    def told(self) -> str:
        """Whom it is for: a name or an address."""
        return str(self.recipient or self.address or _("somebody unknown"))

    @property
    def about(self) -> str:
        """What it is about: an assignment or a team."""
        return self.why.get("assignment") or (self.team.name if self.team else "")
