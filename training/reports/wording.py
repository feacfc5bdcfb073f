"""The words for what reports show."""

from django.utils.translation import gettext_lazy as _

from training.reports.rules.training_status import StatusGroup, TrainingStatus

STATUS_LABELS = {
    TrainingStatus.IN_DATE: _("In date"),
    TrainingStatus.DUE_SOON: _("Due soon"),
    TrainingStatus.OVERDUE: _("Overdue"),
    TrainingStatus.EXPIRED: _("Expired"),
    TrainingStatus.PAUSED: _("Paused"),
    TrainingStatus.IN_PROGRESS: _("In progress"),
    TrainingStatus.NOT_STARTED: _("Not started"),
}

GROUP_LABELS = {
    StatusGroup.IN_DATE: _("In date"),
    StatusGroup.DUE_SOON: _("Due soon"),
    StatusGroup.LATE: _("Late"),
    StatusGroup.LATER: _("Later or paused"),
}
