"""Completions elsewhere from a file: the file, its preview, and recording them."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from training.assignments.actions.completions import UnableToRecord
from training.elsewhere.actions.files import record_file
from training.elsewhere.forms.files import (
    CheckedFile,
    CompletionFileForm,
    checked_file,
)
from training.elsewhere.queries.files import plan_completions
from training.elsewhere.rules.files import UnusableFile
from training.elsewhere.wording import fault_line, unusable_in_words
from training.teams.views.team_pages import CurrentTeamPage, TeamFormView

SHOWN = 200
CHANGED = gettext_lazy(
    "Nothing was recorded: something has changed since you saw the preview."
)


class UploadCompletions(CurrentTeamPage, TeamFormView):
    """Asks for the file, shows what it would record, and records it once confirmed."""

    page_title = gettext_lazy("Completions elsewhere from a file")
    header_icon = "link-external"
    form_class = CompletionFileForm
    button = gettext_lazy("Preview")
    lead = gettext_lazy(
        "For people of this team who completed courses outside this site. You first see "
        "what would be recorded. If one row has a problem, nothing is recorded."
    )

    def post(self, request, *args, **kwargs):
        if "checked" not in request.POST:
            return super().post(request, *args, **kwargs)
        file = checked_file(request.POST["checked"])
        if file is None or file.team != self.team.pk:
            messages.warning(
                request, _("Upload the file again. Its preview only lasts for an hour.")
            )
            return redirect(request.path)
        return self._record(file)

    def form_valid(self, form):
        given = form.cleaned_data
        file = CheckedFile(
            self.team.pk, given["file"], given["source"], given["vouched_by"]
        )
        try:
            return self._preview(file, self._plan(file))
        except UnusableFile as error:
            form.add_error("file", unusable_in_words(error))
            return self.form_invalid(form)

    def _plan(self, file):
        return plan_completions(
            team=self.team,
            table=file.table,
            source=file.source,
            vouched_by=file.vouched_by,
            by=self.request.user,
            at=self.at,
        )

    def _preview(self, file, plan):
        context = self.get_context_data(
            plan=plan,
            lines=plan.lines[:SHOWN],
            not_shown=max(len(plan.new) - SHOWN, 0),
            faults=[fault_line(each) for each in plan.faults],
            checked=file.signed(),
            again=self.request.path,
        )
        template = "training/elsewhere/file_plan.html"
        return TemplateResponse(self.request, template, context)

    def _record(self, file):
        plan = self._plan(file)
        if plan.faults:
            messages.error(self.request, CHANGED)
            return self._preview(file, plan)
        terms = {"team": self.team, "by": self.request.user, "at": self.at}
        try:
            number = record_file(plan=plan, **terms)
        except UnableToRecord as error:
            messages.error(self.request, str(error))
            return redirect(self.request.path)
        text = ngettext(
            "%(n)d completion was recorded.", "%(n)d completions were recorded.", number
        )
        messages.success(self.request, text % {"n": number})
        return redirect(self.team_url)
