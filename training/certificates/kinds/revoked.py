"""Says that a certificate was revoked, so that its holder does not rely on it."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mail.composing import compose_message
from mail.kinds import MailKind, MessageText, PageLink, Planning
from mail.models import Message
from mail.rules.quiet_hours import QuietHours
from progress.models import Certificate
from training.assignments.rules import due
from training.teams.kinds.team_mail import LEARNERS, quiet_hours_of
from training.teams.models import Membership


class CertificateRevokedMail(MailKind):
    """Sent once to the holder, unless a new certificate was issued by then."""

    code = "certificate_revoked"
    label = _("certificate revoked")
    templates = ("training/certificates/mail/revoked",)
    keeps_text = True

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        since = planning.at - dt.timedelta(days=due.STALE_DAYS)
        rows = revoked_certificates().filter(revoked_at__gte=since).order_by("pk")
        return [_message(row, planning.at) for row in rows]

    def about_rows(self) -> QuerySet[Certificate]:
        return Certificate.objects.select_related("enrolment__learner__user")

    def write_message(
        self, message: Message, at: dt.datetime, facts: object
    ) -> MessageText | None:
        """Return the message, or None if a new certificate has replaced it."""
        row, recipient = message.about, message.recipient
        if not row or not row.revoked_at or row.replaced_at:
            return None
        if row.enrolment.learner.user_id != recipient.pk:
            return None
        return compose_message(
            self.templates[0],
            path=reverse("certificate", args=[row.serial]),
            link=_("The certificate"),
            footer=LEARNERS,
            name=recipient.first_name,
            course=row.statement["course"],
            by=row.revoked_by,
            issued=row.issued_at,
        )

    def quiet_hours(self, message: Message) -> QuietHours:
        row = message.about
        teams = row and Membership.objects.current().filter(
            learner=row.enrolment.learner_id
        )
        first = teams and teams.select_related("team").order_by("pk").first()
        return quiet_hours_of(first and first.team)

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "A trainer revoked the certificate. Its holder gets one e-mail, unless a new"
            " certificate was issued by then."
        )

    def page_about(self, message: Message) -> PageLink | None:
        if not message.about:
            return None
        url = reverse("certificates:inspect", args=[message.about.serial])
        return PageLink(url, gettext("The certificate"))


def revoked_certificates() -> QuerySet[Certificate]:
    """Return revoked certificates that no other has replaced, of open accounts."""
    return (
        Certificate.objects.in_force()
        .filter(revoked_at__isnull=False, enrolment__learner__user__is_active=True)
        .select_related("enrolment__learner__user")
    )


def _message(row: Certificate, at: dt.datetime) -> Message:
    user = row.enrolment.learner.user
    return Message(
        kind=CertificateRevokedMail.code,
        recipient=user,
        recipient_key=f"user:{user.pk}",
        topic_key=f"certificate:{row.pk}",
        about=row,
        scheduled_for=row.revoked_at,
        created_at=at,
        why={"title": row.statement["course"]},
    )
