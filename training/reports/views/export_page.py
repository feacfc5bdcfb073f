"""Asks whether to make the file of a long report in the background."""

from django.forms import Form
from django.http import Http404
from django.shortcuts import redirect
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from training.reports.views.base import TrainingReport
from training.reports.views.exports import export_report
from training.teams.views.admin_mixins import TrainingAdminPage
from training.teams.views.team_pages import TeamFormView

MOST = 10_000_000


class ExportPage(TeamFormView):
    """What a download of many rows leads to while a worker is there."""

    page_title = _("Download a report")
    header_icon = "download"
    form_class = Form
    button = _("Prepare the file")
    lead = _(
        "This file has many rows, so it is prepared in the background. You get a page "
        "that shows whether it is ready, which you can leave and reopen, and from which "
        "you download the file."
    )

    @cached_property
    def query(self):
        """The filters and the format, without what only this page needs."""
        query = self.request.GET.copy()
        query.pop("rows", None)
        if query.get("export") not in {"csv", "xlsx"}:
            raise Http404
        return query

    def get_back_url(self):
        try:
            url = reverse(f"{self.kwargs['report']}:index")
        except NoReverseMatch:
            raise Http404 from None
        if not issubclass(
            getattr(resolve(url).func, "view_class", object), TrainingReport
        ):
            raise Http404
        return url

    def get_parent_breadcrumbs(self):
        return TrainingAdminPage.get_parent_breadcrumbs(self)

    def get(self, request, *args, **kwargs):
        self.query  # noqa: B018 -- not found before anything is asked
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        self.get_back_url()
        rows = self.request.GET.get("rows", "")
        job = export_report(
            report=self.kwargs["report"],
            query=self.query,
            total=min(int(rows), MOST) if rows.isdecimal() else 1,
            by=self.request.user,
            at=self.at,
        )
        return redirect("job", job.pk)
