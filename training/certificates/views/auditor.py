"""One sheet for the auditor, or the whole pack, of one team."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from training.certificates.actions.evidence import (
    UnableToPrint,
    evidence_of_team,
    sheet_of_team,
)
from training.certificates.actions.evidence_jobs import is_long, pack_evidence
from training.certificates.forms.evidence import EvidenceForm
from training.certificates.views.evidence import zip_response
from training.teams.access import teams_seen_by
from training.teams.views.admin_mixins import TrainingAdminPage

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

TOO_LONG = gettext_lazy(
    "These are more than 300 lines. They are printed in the background, but nothing runs"
    " there now. Ask whoever runs the site to start its worker. Or choose a shorter"
    " period, one standard, or another file."
)
NO_PANGO = gettext_lazy(
    "This server cannot make PDFs, because Pango is not installed. Ask whoever runs the"
    " site to install it, or choose another file."
)


class AuditorSheet(TrainingAdminPage, FormView):
    """Asks which evidence of which team, and answers with the file.

    The evidence of a large team, and what is more than one PDF, is prepared by a job,
    with the sheet in it.
    """

    page_title = gettext_lazy("One sheet for the auditor")
    header_icon = "download"
    form_class = EvidenceForm
    template_name = "training/certificates/admin/auditor.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        if "pk" not in self.kwargs:
            return {}
        seen = teams_seen_by(self.request.user)
        return {"team": get_object_or_404(seen, pk=self.kwargs["pk"]).pk}

    def form_valid(self, form):
        team, sheet = form.cleaned_data["team"], form.cleaned_data["sheet"]
        terms = {"team": team, "choice": form.choice()}
        if is_long(at=self.at, sheet=sheet, **terms):
            job = pack_evidence(by=self.request.user, at=self.at, **terms)
            return redirect("job", job.pk)
        terms |= {"by": self.request.user, "at": self.at}
        about = slugify(team.name) or str(team.pk)
        if sheet == "zip":
            return zip_response(evidence_of_team(**terms), about)
        try:
            content = sheet_of_team(sheet=sheet, **terms)
        except UnableToPrint as error:
            form.add_error("sheet", TOO_LONG if error.is_too_long else NO_PANGO)
            return self.form_invalid(form)
        return self._file(content, about, sheet)

    def _file(self, content, about, sheet):
        name = f"training-{about}-{self.at:%Y-%m-%d}.{sheet}"
        return HttpResponse(
            content,
            content_type=CONTENT_TYPES[sheet],
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
