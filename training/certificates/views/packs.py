"""Comparing two packs of evidence that somebody kept."""

from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from training.certificates.forms.packs import PacksForm
from training.certificates.queries.compared_packs import compared_packs
from training.teams.views.admin_mixins import TrainingAdminPage


class ComparePacks(TrainingAdminPage, FormView):
    """Asks for two packs and shows what changed. Nothing of them is kept."""

    page_title = gettext_lazy("Compare two packs")
    header_icon = "copy"
    form_class = PacksForm
    template_name = "training/certificates/admin/compare_packs.html"

    def form_valid(self, form):
        packs = form.cleaned_data["earlier"], form.cleaned_data["later"]
        found = compared_packs(*packs, self.request.user)
        return self.render_to_response(self.get_context_data(form=form, found=found))
