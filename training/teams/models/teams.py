"""Teams, and who belongs to them in which role."""

import datetime as dt
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
from mail.rules.quiet_hours import QUIET_FROM, QUIET_UNTIL
from training.teams.rules.work_details import (
    DETAILS,
    LONGEST_DETAIL,
    LONGEST_NUMBER,
    WorkDetails,
    details_of,
)


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
    roster_name = NameField(
        _("name in rosters"),
        max_length=120,
        blank=True,
        help_text=_(
            "What the column for the team says in a roster of several teams, if that"
            " is not the team's name."
        ),
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
    roster_order = models.CharField(
        _("order of day and month in the last roster"),
        max_length=10,
        blank=True,
        editable=False,
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
    missing_since = models.DateTimeField(
        _("missing from the roster since"),
        null=True,
        blank=True,
        help_text=_("When the nightly roster first had no row for them."),
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
