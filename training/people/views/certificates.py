"""The certificates of the people chosen in the list, as one PDF."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobs.models import Job
from training.certificates.actions.several_certificates import UnableToMakePdf
from training.people.actions.certificates import (
    MOST_SHEETS,
    NoSheets,
    TooManySheets,
    print_certificates,
)
from training.people.views.bulk import ActOnPeople
from training.people.views.bulk_pages import BulkPage

PAGE = BulkPage(
    gettext_lazy("Certificates as PDF"),
    gettext_lazy(
        "One file with every certificate of these people that is valid, each on a sheet"
        " of its own. Certificates of courses that you asked nobody to do are left out."
    ),
    gettext_lazy("Make the PDF"),
)


class CertificatesOfPeople(ActOnPeople):
    """Says whose certificates they are, and makes the file."""

    @cached_property
    def act(self):
        return PAGE

    def form_valid(self, form):
        try:
            came = print_certificates(keys=form.keys, by=self.request.user, at=self.at)
        except (NoSheets, TooManySheets, UnableToMakePdf) as problem:
            form.add_error(None, _why(problem))
            return self.form_invalid(form)
        if isinstance(came, Job):
            return redirect("job", came.pk)
        return HttpResponse(
            came,
            content_type="application/pdf",
            headers={"Content-Disposition": 'attachment; filename="certificates.pdf"'},
        )


def _why(problem):
    if isinstance(problem, NoSheets):
        return _("None of these people has a valid certificate.")
    if isinstance(problem, TooManySheets):
        text = ngettext(
            "These people have %(n)d certificate. One file can have %(most)d: choose"
            " fewer people, such as those of one team.",
            "These people have %(n)d certificates. One file can have %(most)d: choose"
            " fewer people, such as those of one team.",
            problem.number,
        )
        return text % {"n": problem.number, "most": MOST_SHEETS}
    return str(problem)
