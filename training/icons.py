"""Of Wagtail's icons, one beside each word that says how something stands."""

from training.certificates import CertificateState
from training.models import Status
from training.reports.matrix import Standing

ICONS = {
    Status.DONE: "circle-check",
    Status.EXPIRED: "history",
    Status.WAIVED: "minus",
    Status.OVERDUE: "warning",
    Status.DUE_SOON: "time",
    Status.OPEN: "radio-empty",
    Status.PAUSED: "lock",
    Status.UPCOMING: "calendar",
    Status.WITHDRAWN: "cross",
    Standing.DONE: "circle-check",
    Standing.UPDATE_DUE: "rotate",
    Standing.AGAIN: "warning",
    Standing.IN_PROGRESS: "draft",
    Standing.RENEWAL: "calendar-check",
    Standing.EXPIRED: "history",
    Standing.NOT_STARTED: "radio-empty",
    Standing.PAUSED: "lock",
    Standing.EXPIRED_PAUSED: "history",
    Standing.WAIVED: "minus",
    Standing.ADDED: "circle-plus",
    Standing.NOT_ASKED: "minus",
    CertificateState.VALID: "circle-check",
    CertificateState.UPDATE_DUE: "rotate",
    CertificateState.EXPIRED: "history",
    CertificateState.REPLACED: "redirect",
    CertificateState.REVOKED: "cross",
}
