"""The outbox: what to send to whom, once."""

import datetime as dt
import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressField

# After this long, nobody is still sending it: the worker was interrupted.
UNCERTAIN_AFTER = dt.timedelta(hours=1)

MessageKey = tuple[str, str, str, dt.datetime]


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self, at: dt.datetime):
        """Messages that are due and not held back, oldest first."""
        due = self.filter(state=Message.State.QUEUED, scheduled_for__lte=at)
        free = due.filter(Q(held_until=None) | Q(held_until__lte=at))
        return free.order_by("scheduled_for", "pk")

    def uncertain(self, at: dt.datetime):
        """Messages that may or may not have been sent; not sent again automatically."""
        return self.filter(
            state=Message.State.SENDING, claimed_at__lte=at - UNCERTAIN_AFTER
        )

    def bounced(self):
        """Messages that were sent and came back."""
        return self.exclude(bounced_at=None)

    def about(self, rows: QuerySet):
        """Messages that are about one of the rows."""
        return self.filter(about_any(rows))


def about_any(rows: QuerySet) -> Q:
    """Return the condition that a message is about one of the rows."""
    model = ContentType.objects.get_for_model(rows.model)
    return Q(about_type=model, about_id__in=rows.order_by().values("pk"))


class Message(models.Model):
    """One e-mail that is due, was sent or was dropped.

    The unique key makes it one message, however often it is planned. The text is
    written when it is sent, from the facts at that time. Each kind is a class that its
    room registers (`mail.kinds`).
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DROPPED = "dropped", _("out of date, not sent")
        FAILED = "failed", _("could not be sent")
        UNDELIVERED = "undelivered", _("not sent, because e-mail comes back")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    address = AddressField(
        blank=True, help_text=_("For people without an account, such as a manager.")
    )
    recipient_key = models.CharField(
        max_length=80,
        help_text=_("The recipient, so that nobody gets it twice, such as user:7."),
    )
    topic_key = models.CharField(
        max_length=80,
        help_text=_("The topic, so that nobody gets it twice, such as invitation:3."),
    )
    # Not a foreign key, because the outbox does not know the rooms above. A message is
    # dropped if the row it is about is gone.
    about_type = models.ForeignKey(
        ContentType,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    about_id = models.PositiveBigIntegerField(null=True, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    scheduled_for = models.DateTimeField(_("due to be sent"))
    why = models.JSONField(
        default=dict,
        help_text=_("The rule and dates that it followed; “title” names its topic."),
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.QUEUED
    )
    created_at = models.DateTimeField(_("created"))
    held_until = models.DateTimeField(
        _("waiting until"),
        null=True,
        blank=True,
        help_text=_(
            "The end of the quiet hours, or of the wait after a failed attempt."
        ),
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.UUIDField(
        null=True, blank=True, help_text=_("The claim of the worker that took it.")
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    bounced_at = models.DateTimeField(
        _("came back"),
        null=True,
        blank=True,
        help_text=_("When a server said that it was not delivered, and never will be."),
    )
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(
        max_length=255,
        blank=True,
        help_text=_("Why it could not be sent, or why it came back."),
    )
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "The exact text that was sent, if its kind keeps a copy, or the waiting "
            "text of an e-mail about an account."
        ),
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "recipient_key", "topic_key", "scheduled_for"],
                name="message_once",
            ),
            models.CheckConstraint(
                condition=Q(about_type=None, about_id=None)
                | Q(about_type__isnull=False, about_id__isnull=False),
                name="message_about_one_row",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "queued",
                        "sending",
                        "sent",
                        "dropped",
                        "failed",
                        "undelivered",
                    ]
                ),
                name="message_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="message_sent_has_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["scheduled_for"],
                condition=Q(state="queued"),
                name="message_waiting",
            ),
            models.Index(
                fields=["scheduled_for"],
                condition=Q(state="undelivered"),
                name="message_undelivered",
            ),
            models.Index(fields=["about_type", "about_id"], name="message_about"),
        ]

    def __str__(self):
        return f"{self.kind} to {self.recipient_key} about {self.topic_key}"

    @property
    def key(self) -> MessageKey:
        """The unique key."""
        return self.kind, self.recipient_key, self.topic_key, self.scheduled_for

    @property
    def recipient_name(self) -> str:
        """The recipient: a name or an address."""
        return str(self.recipient or self.address or _("unknown person"))

    @property
    def sent_to(self) -> str:
        """The address that it goes to, or went to unless it was changed since."""
        return self.address or (self.recipient.email if self.recipient else "")

    @property
    def planned_for(self) -> dt.datetime:
        """When it is to be sent: later than planned if it is held back."""
        return max(self.held_until or self.scheduled_for, self.scheduled_for)

    @property
    def due_at(self) -> dt.datetime | None:
        """When what it is about is due, if it has a due date."""
        due = self.why.get("due")
        return dt.datetime.fromisoformat(due) if due else None

    @property
    def title(self) -> str:
        """What it is about: an assignment's title or a team's name."""
        return self.why.get("title", "")


class FailingAddress(models.Model):
    """An address of somebody's account from which e-mail comes back.

    The mark counts while it is the address of their account. Reminders are not sent to
    it until somebody changes the address or has it tried again.
    """

    address = AddressField(unique=True)
    message = models.ForeignKey(
        Message,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The first that came back. Once it is deleted, so is the mark."),
    )
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("failing address")
        verbose_name_plural = _("failing addresses")

    def __str__(self):
        return f"failing address of message {self.message_id}"
