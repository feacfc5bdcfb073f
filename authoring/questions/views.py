"""Import and export the questions of a lesson in the admin."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from authoring.questions import formats
from authoring.questions.actions.import_jobs import describe_import, import_file
from authoring.questions.actions.importing import UnableToImport
from authoring.questions.forms import QuestionFileForm
from authoring.questions.queries import exporting
from authoring.questions.queries import plan as plans
from course.models import LessonPage
from jobs.models import Job


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
                return self._import(form)
            message = _(
                "Somebody has changed the questions in this lesson. Check again what "
                "would change."
            )
            messages.warning(self.request, message)
        shown = {"text": form.cleaned_data["text"], "seen": plan.seen}
        again = QuestionFileForm(initial=shown)
        return self.render_to_response(self.get_context_data(form=again, plan=plan))

    def _import(self, form):
        rewordings = self.request.POST.getlist("rewordings")
        try:
            done = import_file(
                lesson=self.lesson,
                text=form.cleaned_data["text"],
                parsed=form.parsed,
                rewordings=rewordings,
                user=self.request.user,
                at=timezone.now(),
            )
        except UnableToImport as error:
            messages.error(self.request, str(error))
        else:
            if isinstance(done, Job):
                return redirect("job", done.pk)
            text = describe_import(len(done.added), len(rewordings))
            messages.success(self.request, text)
        return redirect(self.edit_url)
