"""Import and export the questions of a lesson in the admin."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from authoring.questions import formats
from authoring.questions.actions import UnableToImport, import_questions
from authoring.questions.forms import QuestionFileForm
from authoring.questions.queries import exporting
from authoring.questions.queries import plan as plans
from course.models import LessonPage


class OfLesson(WagtailAdminTemplateMixin):
    """A view about one lesson, for those who may edit it."""

    header_icon = "help"

    def dispatch(self, request, *args, **kwargs):
        if not self.lesson.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def lesson(self):
        return get_object_or_404(LessonPage, pk=self.kwargs["page_id"])

    @property
    def edit_url(self):
        return reverse("wagtailadmin_pages:edit", args=[self.lesson.pk])

    def get_page_subtitle(self):
        return self.lesson.get_admin_display_title()

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_header_title()}
        lesson = {"url": self.edit_url, "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, lesson, here]


class ExportQuestions(OfLesson, TemplateView):
    """Lists the formats and what each cannot hold, and serves the files."""

    page_title = gettext_lazy("Export questions")
    template_name = "authoring/questions/export_questions.html"

    def get(self, request, *args, **kwargs):
        name = request.GET.get("format")
        if not name:
            return super().get(request, *args, **kwargs)
        if name not in formats.WRITTEN:
            raise Http404
        return HttpResponse(
            exporting.export_questions(self.lesson, name).text,
            content_type="application/octet-stream",
            headers={"Content-Disposition": self._disposition(name)},
        )

    def _disposition(self, name):
        return f'attachment; filename="{exporting.export_file_name(self.lesson, name)}"'

    def get_context_data(self, **kwargs):
        choices = [
            {
                "name": name,
                "label": form.label,
                "notes": exporting.export_questions(self.lesson, name).notes,
            }
            for name, form in formats.WRITTEN.items()
        ]
        return super().get_context_data(choices=choices, **kwargs)


class ImportQuestions(OfLesson, FormView):
    """Asks for a file, previews the import, and confirms it."""

    page_title = gettext_lazy("Import questions")
    template_name = "authoring/questions/import_questions.html"
    form_class = QuestionFileForm

    def form_valid(self, form):
        plan = plans.plan_questions(self.lesson, form.parsed)
        if "apply" in self.request.POST:
            if form.cleaned_data["seen"] == plan.seen:
                return self._import(form.parsed)
            message = _(
                "Somebody has changed the questions in this lesson. Check again what "
                "would change."
            )
            messages.warning(self.request, message)
        shown = {"text": form.cleaned_data["text"], "seen": plan.seen}
        again = QuestionFileForm(initial=shown)
        return self.render_to_response(self.get_context_data(form=again, plan=plan))

    def _import(self, parsed):
        try:
            plan = import_questions(
                lesson=self.lesson,
                parsed=parsed,
                rewordings=self.request.POST.getlist("rewordings"),
                user=self.request.user,
            )
        except UnableToImport as error:
            messages.error(self.request, str(error))
        else:
            reworded = len(self.request.POST.getlist("rewordings"))
            messages.success(self.request, _import_message(len(plan.added), reworded))
        return redirect(self.edit_url)


def _import_message(added, reworded):
    sentences = []
    if reworded:
        sentences.append(
            ngettext(
                "%(count)d question has its new wording in the draft.",
                "%(count)d questions have their new wording in the draft.",
                reworded,
            )
            % {"count": reworded}
        )
    if added or not reworded:
        sentences.append(_added(added))
    return " ".join(sentences)


def _added(count):
    if not count:
        return _("Nothing was added. The lesson already has all of these questions.")
    return ngettext(
        "%(count)d question was added to the draft. Check it on the Quiz tab.",
        "%(count)d questions were added to the draft. Check them on the Quiz tab.",
        count,
    ) % {"count": count}
