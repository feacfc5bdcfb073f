"""The user's own schedules of “Who is behind” by e-mail."""

from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from accounts.forms.plain import PlainErrors
from training.reports.actions.schedules import schedule_report, stop_report
from training.reports.models import ScheduledReport
from training.teams import access
from training.teams.views.admin_mixins import TrainingAdminMixin


class ScheduleForm(PlainErrors, ModelForm):
    class Meta:
        model = ScheduledReport
        fields = ["team", "frequency"]


class Schedules(TrainingAdminMixin):
    """What the views of the user's own schedules share."""

    model = ScheduledReport
    header_icon = "mail"
    index_url_name = "reports:report_mail"
    add_url_name = "reports:report_mail_add"
    delete_url_name = "reports:report_mail_delete"
    # Anyone who may enter may get their own mail.
    permission_required = None

    def get_queryset(self):
        mine = ScheduledReport.objects.filter(recipient=self.request.user)
        return mine.select_related("team").order_by("team__name")


class SchedulesView(Schedules, generic.IndexView):
    """The reports that the user gets."""

    page_title = _("Reports by e-mail")
    add_item_label = _("Get a report")
    any_permission_required = None
    columns = [
        TitleColumn(
            "__str__", label=_("Who is behind in"), url_name=Schedules.delete_url_name
        ),
        Column("get_frequency_display", label=_("How often")),
        DateColumn("created_at", label=_("Since")),
    ]


class AddScheduleView(Schedules, generic.CreateView):
    """Choosing a team and a frequency."""

    page_subtitle = _("Get “Who is behind” by e-mail")
    form_class = ScheduleForm
    submit_button_label = _("Schedule e-mails")
    success_message = _("You will get “Who is behind” by e-mail: %(object)s.")

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        teams = access.teams_seen_by(self.request.user)
        form.fields["team"].queryset = teams.current().order_by("name")
        form.fields["team"].empty_label = _("All my teams")
        return form

    def get_success_buttons(self):
        return []

    def save_instance(self):
        return schedule_report(
            user=self.request.user, **self.form.cleaned_data, at=self.at
        )


class DeleteScheduleView(Schedules, generic.DeleteView):
    """Stopping a scheduled report."""

    page_title = _("Stop report")
    template_name = "training/reports/stop_mail.html"
    success_message = _("You will no longer get this report by e-mail: %(object)s.")

    def delete_action(self):
        stop_report(schedule=self.object)
