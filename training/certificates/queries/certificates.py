"""Certificates as shown to people, with their current status."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import QuerySet, TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from progress.models import Certificate, LessonProgress
from progress.rules.days import day_in
from quizzes.queries.safety import questions_due_of
from training.certificates.queries.certificate_asks import Ask, asks_of, counts_until


class CertificateState(TextChoices):
    """The status of a certificate, shown as text with an icon, not by colour."""

    VALID = "valid", _("valid")
    UPDATE_DUE = "update_due", _("update due")
    EXPIRED = "expired", _("expired")
    REPLACED = "replaced", _("replaced")
    REVOKED = "revoked", _("revoked")

    @property
    def icon(self) -> str:
        """Return the name of the Wagtail icon shown next to the text."""
        return {
            CertificateState.VALID: "circle-check",
            CertificateState.UPDATE_DUE: "rotate",
            CertificateState.EXPIRED: "history",
            CertificateState.REPLACED: "redirect",
            CertificateState.REVOKED: "cross",
        }[self]


@dataclass(frozen=True)
class ShownCertificate:
    """A certificate with its holder and its status at a moment."""

    row: Certificate
    state: CertificateState
    asks: tuple[Ask, ...] = ()

    @property
    def learner(self) -> Learner:
        return self.row.enrolment.learner

    @property
    def holder(self) -> str:
        """The holder's name; empty if there is no account."""
        user = self.learner.user
        return user.get_full_name() if user else ""

    @property
    def account(self) -> str:
        """The name by which a trainer knows the holder."""
        return str(self.learner.user or "")

    @property
    def course(self) -> str:
        return self.row.statement["course"]

    @cached_property
    def lessons(self) -> list[tuple[str, int | None]]:
        """Titles with the pass mark in per cent, if it was frozen."""
        titles = self.row.statement["lessons"]
        shares = self.row.statement.get("pass_shares") or [None] * len(titles)
        return list(zip(titles, shares, strict=True))

    @property
    def policy(self) -> str:
        return self.row.statement.get("policy", "")

    @property
    def cpd_hours(self) -> float | None:
        """The hours of continuing professional development; None if it says nothing."""
        return self.row.statement.get("cpd_hours")

    @property
    def version(self) -> str:
        return self.row.statement.get("version", "")

    @property
    def completed_at(self) -> dt.datetime:
        message = self.row.statement.get("completed")
        return dt.datetime.fromisoformat(message) if message else self.row.issued_at

    @property
    def valid_until_day(self) -> dt.date | None:
        """The last day on which it is valid, by itself or for assignments."""
        days = [_own_last_day(self.row)]
        longest = counts_until(self.asks)
        days += [longest.until_day] if longest else []
        return min((day for day in days if day), default=None)

    @property
    def serial_in_groups(self) -> str:
        return " ".join(re.findall(".{1,5}", self.row.serial))

    @property
    def check_url(self) -> str:
        """The full URL at which anybody can check it."""
        path = reverse("certificate_check", args=[self.row.serial])
        return f"{settings.SITE_URL}{path}"


def serial_in(text: str) -> str:
    """Return the certificate number that somebody typed, as it is stored."""
    return re.sub(r"[\s-]", "", text).lower()


def with_state(
    certificates: Iterable[Certificate], at: dt.datetime
) -> list[ShownCertificate]:
    """Return the certificates with their status; at most 7 queries for any number.

    Three if no lesson changed for safety. Rows should come with
    `enrolment__learner__user`.
    """
    rows = list(certificates)
    learners = {row.enrolment.learner_id for row in rows}
    enrolments = {row.enrolment_id for row in rows}
    begun = LessonProgress.objects.filter(enrolment__in=enrolments)
    due = questions_due_of(learners, begun.values("lesson_key")) if rows else {}
    lessons = _lessons_of(begun) if due else {}
    asks = asks_of(rows, at)
    return [
        ShownCertificate(row, _state(row, lessons, due, asks[row.pk], at), asks[row.pk])
        for row in rows
    ]


def _state(row, lessons, due, asks, at) -> CertificateState:
    changed = due.get(row.enrolment.learner_id, {}).keys()
    is_update_due = bool(lessons.get(row.enrolment_id, set()) & changed)
    state = CertificateState(row.state(at, is_update_due=is_update_due))
    longest = counts_until(asks)
    holds = state in (CertificateState.VALID, CertificateState.UPDATE_DUE)
    if holds and longest and longest.has_run_out:
        return CertificateState.EXPIRED
    return state


def _own_last_day(row) -> dt.date | None:
    return row.valid_until and day_in(row.valid_until, settings.TIME_ZONE)


def _lessons_of(begun):
    found: dict[int, set[uuid.UUID]] = {}
    for enrolment, key in begun.values_list("enrolment", "lesson_key"):
        found.setdefault(enrolment, set()).add(key)
    return found


def certificates_of(learner: Learner, at: dt.datetime) -> list[ShownCertificate]:
    """Return the learner's certificates in force, newest first."""
    rows = Certificate.objects.in_force().filter(enrolment__learner=learner)
    known = rows.select_related("enrolment__learner__user")
    return with_state(known.order_by("-issued_at", "-pk"), at)


def valid_certificates(
    certificates: QuerySet[Certificate], at: dt.datetime
) -> list[ShownCertificate]:
    """Return those that are valid, also with an update due, by name."""
    known = certificates.in_force().select_related("enrolment__learner__user")
    ordered = known.order_by(
        "enrolment__learner__user__last_name",
        "enrolment__learner__user__email",
        "-issued_at",
    )
    valid = (CertificateState.VALID, CertificateState.UPDATE_DUE)
    return [each for each in with_state(ordered, at) if each.state in valid]


def certificate_with(serial: str, at: dt.datetime) -> ShownCertificate | None:
    """Return the certificate with this number, however it was typed, or None."""
    rows = Certificate.objects.filter(serial=serial_in(serial))
    found = with_state(rows.select_related("enrolment__learner__user"), at)
    return found[0] if found else None
