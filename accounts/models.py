"""Users sign in; learners learn, with or without an account."""

import uuid
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressField, NameField
from accounts.rules.names import LONGEST_NAME, clean_address


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def get_by_natural_key(self, username):
        return self.get(email__iexact=clean_address(username))

    def create_user(self, email, password=None, **fields):
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(
            email, password, **fields, is_staff=True, is_superuser=True
        )


class User(AbstractUser):
    """Somebody who signs in. The e-mail address is the username."""

    username = None
    email = AddressField(_("e-mail address"), unique=True)
    first_name = NameField(_("first name"), max_length=LONGEST_NAME, blank=True)
    last_name = NameField(_("last name"), max_length=LONGEST_NAME, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_in_any_case",
                violation_error_message=_("Someone already uses this e-mail address."),
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.email


class LearnerQuerySet(models.QuerySet["Learner"]):
    def present(self):
        """Learners who have not been blanked."""
        return self.filter(erased_at=None)

    def idle_since(self, moment: datetime):
        """Learners without an account who have done nothing since the moment.

        Reading does not count: only answers and similar actions update
        `last_active_at`.
        """
        return self.present().filter(user=None, last_active_at__lt=moment)


class Learner(models.Model):
    """One person's learning. All evidence refers to it, never to a user.

    A learner without an account is identified by a random token that only their browser
    holds. No name, address, IP address or user agent is stored.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="learner"
    )
    token = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField()
    last_active_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = LearnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("learner")
        verbose_name_plural = _("learners")
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(user=None, token=None),
                name="learner_erased_is_blank",
            ),
            models.CheckConstraint(
                condition=Q(last_active_at__gte=models.F("created_at")),
                name="learner_active_after_creation",
            ),
        ]

    def __str__(self):
        return f"learner {self.uuid}"

    def acted_lately(self, at: datetime) -> bool:
        """Whether the last activity is under a day old, as idle time is in days."""
        return at - self.last_active_at < timedelta(days=1)


class DeletionRequest(models.Model):
    """A request for an account to be deleted, and the decision."""

    # All texts take the number from here, so that they promise the same. Four weeks are
    # within the month allowed by law, even in February.
    DAYS = 28

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="deletion_requests"
    )
    asked_at = models.DateTimeField(_("asked"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(
        _("reason"),
        max_length=255,
        blank=True,
        help_text=_("Why it was not erased, as explained to the person."),
    )

    class Meta:
        verbose_name = _("deletion request")
        verbose_name_plural = _("deletion requests")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(decided_at=None),
                name="deletion_request_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(decided_at__gte=models.F("asked_at")),
                name="deletion_request_decided_after_asking",
            ),
        ]

    def __str__(self):
        return f"deletion of {self.user}"

    @property
    def due_on(self) -> date:
        """The last day on which to decide it."""
        return timezone.localdate(self.asked_at) + timedelta(days=self.DAYS)

    def is_late(self, today: date) -> bool:
        """Whether that day has passed."""
        return self.due_on < today


def digest_proposal_token(token: str) -> str:
    """Return what is kept of a link: only this server can make it from the token."""
    return salted_hmac(
        "accounts.address_proposals", token, algorithm="sha256"
    ).hexdigest()


class AddressProposalQuerySet(models.QuerySet["AddressProposal"]):
    def open_at(self, moment: datetime):
        """Proposals that can be decided: the account still has the old address."""
        return self.filter(
            ended_at=None, expires_at__gt=moment, user__email=models.F("old")
        )


class AddressProposal(models.Model):
    """A new address that a trainer proposes; nothing trusts it until it is agreed to.

    The token of the link that was sent to the old address is not stored.
    """

    LASTS = timedelta(days=14)

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed by the person")
        REFUSED = "refused", _("refused by the person")
        APPROVED = "approved", _("approved by an administrator")
        REJECTED = "rejected", _("rejected by an administrator")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LAPSED = "lapsed", _("not decided in time")

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="address_proposals"
    )
    old = AddressField(_("e-mail address"))
    new = AddressField(_("new e-mail address"))
    digest = models.CharField(max_length=64, unique=True)
    proposed_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"))
    expires_at = models.DateTimeField(_("expires"))
    ended_at = models.DateTimeField(_("decided"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=255, blank=True)

    objects = AddressProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed e-mail address")
        verbose_name_plural = _("proposed e-mail addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ended_at=None),
                name="address_proposal_one_open",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="")
                | (Q(ended_at__gte=models.F("proposed_at")) & ~Q(outcome="")),
                name="address_proposal_ended_with_outcome",
            ),
        ]

    def __str__(self):
        return f"{self.old} → {self.new}"

    def is_open(self, moment: datetime) -> bool:
        """Whether it can be decided: see `AddressProposalQuerySet.open_at`."""
        is_current = self.ended_at is None and self.expires_at > moment
        return is_current and self.user.email == self.old
