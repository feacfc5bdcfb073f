"""Teams, and who belongs to them in which role."""

import datetime as dt
import secrets
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import DateTimeField, F, Q, Value
from django.db.models.functions import Greatest, Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressField, NameField
from accounts.models import Learner
from jobs.models import Job
from mail.rules import QUIET_FROM, QUIET_UNTIL
from training.teams.rules.rosters.leavers import LONGEST_REASON
from training.teams.rules.work_details import (
    DETAILS,
    LONGEST_DETAIL,
    LONGEST_NUMBER,
    WorkDetails,
    details_of,
)

# Digits and capitals that are hard to confuse, read aloud or in print.
_READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def site_time_zone() -> str:
    return settings.TIME_ZONE


def check_time_zone(name: str) -> None:
    """Raise ValidationError if there is no time zone of this name."""
    if name not in available_timezones():
        raise ValidationError(
            gettext("“%(name)s” is not a time zone. Enter one such as Europe/Madrid."),
            params={"name": name},
        )


class TeamQuerySet(models.QuerySet["Team"]):
    def current(self):
        """Teams that are not archived."""
        return self.filter(archived_at=None)


class Team(models.Model):
    """People who are trained together. Its time zone says when a day ends."""

    name = NameField(_("name"), max_length=120)
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default=site_time_zone,
        validators=[check_time_zone],
        help_text=_("Due dates and quiet hours follow this time zone."),
    )
    sender_name = NameField(
        _("clinic"),
        max_length=120,
        blank=True,
        help_text=_(
            "The name that the team's people know. E-mails to them come from it, and "
            "invitations mention it."
        ),
    )
    contact = NameField(
        _("where to ask"),
        max_length=200,
        blank=True,
        help_text=_(
            "Whom people can ask, such as a name with a telephone number. Invitations "
            "mention it. If it is empty, they name whoever invites, with the address."
        ),
    )
    manager_name = NameField(
        _("manager"),
        max_length=120,
        blank=True,
        help_text=_("Gets a message when something has been overdue for a long time."),
    )
    manager_email = AddressField(_("manager's e-mail address"), blank=True)
    quiet_from = models.TimeField(
        _("no mail from"),
        default=QUIET_FROM,
        help_text=_("Mail due in the quiet hours is sent when they end."),
    )
    quiet_until = models.TimeField(_("no mail until"), default=QUIET_UNTIL)
    roster_columns = models.JSONField(
        _("columns of the last roster"), default=list, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("created"))
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(archived_at=None),
                name="team_name_unique_among_current",
                violation_error_message=_("There is already a team with this name."),
            ),
        ]
        permissions = [
            ("train", _("Can use the training area")),
            ("oversee", _("Can see and run all teams")),
        ]

    def __str__(self):
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self):
        """Memberships that have not ended, in teams that are not archived."""
        return self.filter(left_at=None, team__archived_at=None)

    def end(self, at: dt.datetime) -> int:
        """End them and return how many there were.

        None ends before it began: of two simultaneous requests, the one that began
        later may reach the database first.
        """
        moment = Value(at, output_field=DateTimeField())
        return self.update(left_at=Greatest(F("joined_at"), moment))

    def members(self):
        """People who have to learn; trainers and observers look after them."""
        return self.filter(role=Membership.Role.MEMBER)

    def never_came_in(self):
        """People whose account nobody has ever signed in with: see `needs_password`."""
        return self.filter(
            learner__user__is_active=True,
            learner__user__last_login=None,
            learner__user__password__startswith=UNUSABLE_PASSWORD_PREFIX,
        )


class Membership(models.Model):
    """Somebody's time in a team. A change of role ends one row and starts another."""

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        TRAINER = "trainer", _("trainer")
        OBSERVER = "observer", _("observer")

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    learner = models.ForeignKey(
        Learner, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    joined_at = models.DateTimeField(_("joined"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    staff_number = models.CharField(
        _("staff number"),
        max_length=LONGEST_NUMBER,
        blank=True,
        help_text=_(
            "Identifies the person in the team's rosters, even if their address "
            "changes."
        ),
    )
    job_title = models.CharField(_("job title"), max_length=LONGEST_DETAIL, blank=True)
    site = models.CharField(
        _("site"),
        max_length=LONGEST_DETAIL,
        blank=True,
        help_text=_("Where they work, such as a clinic or a building."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "learner"],
                condition=Q(left_at=None),
                name="membership_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["team", "staff_number"],
                condition=Q(left_at=None) & ~Q(staff_number=""),
                name="membership_staff_number_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["member", "trainer", "observer"]),
                name="membership_role_known",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("joined_at")),
                name="membership_left_after_joining",
            ),
        ]

    def __str__(self):
        return f"{self.learner} as {self.role} of {self.team}"

    @property
    def details(self) -> WorkDetails:
        return details_of(self)

    @details.setter
    def details(self, details: WorkDetails) -> None:
        for name in DETAILS:
            setattr(self, name, getattr(details, name))


def new_code() -> str:
    """Return a random code of 10 readable characters (about 49 bits)."""
    return "".join(secrets.choice(_READABLE) for _place in range(10))


class JoinLink(models.Model):
    """A code with which people join a team as members, until it expires."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="join_links")
    code = models.CharField(max_length=20, unique=True, default=new_code)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created"))
    expires_at = models.DateTimeField(_("expires"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("join link")
        verbose_name_plural = _("join links")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="join_link_expires_after_creation",
            ),
        ]

    def __str__(self):
        return f"join link of {self.team}"

    def is_open(self, at: dt.datetime) -> bool:
        return (
            self.closed_at is None
            and at < self.expires_at
            and self.team.archived_at is None
        )


class Invitation(models.Model):
    """An invitation to set a password and sign in. The link is not stored."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="invitations")
    learner = models.ForeignKey(
        Learner, on_delete=models.PROTECT, related_name="invitations"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("expires"))
    address = AddressField(
        _("address"),
        blank=True,
        help_text=_(
            "The link stops working if the account's address is no longer this one."
        ),
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")),
                name="invitation_expires_after_sending",
            ),
        ]

    def __str__(self):
        return f"invitation of {self.learner} to {self.team}"


class RosterPart(models.Model):
    """Some people of a roster that a job applies; deleted once they are done.

    `people` are people in the file as `rules.rosters.parts` writes them; `absent` are
    the addresses of people to take out, for this reason.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="roster_parts")
    people = models.JSONField(default=list)
    absent = models.JSONField(default=list)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        verbose_name = _("part of a roster")
        verbose_name_plural = _("parts of rosters")

    def __str__(self):
        return f"part of {self.job}"


def needs_password(user) -> bool:
    """Return whether nobody has ever signed in with this account."""
    return not user.has_usable_password() and user.last_login is None
