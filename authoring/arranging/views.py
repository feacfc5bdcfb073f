"""The outline of a course in the admin: arrange it, check what changes, and save."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from authoring.arranging.access import may_rearrange, why_not_rearrange
from authoring.arranging.actions import UnableToRearrange, rearrange_course
from authoring.arranging.forms import ArrangementForm
from authoring.arranging.queries import draft_outline
from course.models import CoursePage


class ArrangeCourse(WagtailAdminTemplateMixin, TemplateView):
    """Shows the lessons of a course with their questions and FAQ, and moves them.

    Buttons arrange what the form holds. Nothing is saved before it was checked.
    """

    page_title = gettext_lazy("Outline")
    header_icon = "list-ol"
    template_name = "authoring/arranging/outline.html"

    def dispatch(self, request, *args, **kwargs):
        if not may_rearrange(request.user, self.course):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def course(self):
        return get_object_or_404(CoursePage, pk=self.kwargs["course_page_id"])

    @cached_property
    def outline(self):
        return draft_outline(self.course, self.request.user)

    def get(self, request, *args, **kwargs):
        return self._page(lessons=self.outline.lessons, seen=self.outline.versions)

    def post(self, request, *args, **kwargs):
        if "save" in request.POST:
            return self._save()
        form = ArrangementForm(self.outline, request.POST)
        if "check" in request.POST:
            return self._check(form)
        if "move" in request.POST and not form.ticked:
            messages.warning(request, _("Tick what you want to move first."))
        return self._page(lessons=form.target, seen=form.seen, button=form.button)

    def _check(self, form):
        """Show what would change, or why it cannot."""
        reasons = why_not_rearrange(self.outline, form.change, form.seen)
        if reasons:
            return self._again(form, reasons)
        if not form.change.changed and not form.change.is_reordered:
            messages.info(self.request, _("You have not moved anything."))
            return self._page(lessons=form.target, seen=form.seen)
        self.template_name = "authoring/arranging/check.html"
        context = {"change": form.change, "seen": form.seen}
        context["has_translations"] = self.course.get_translations().exists()
        return self._page(lessons=form.target, **context)

    def _save(self):
        form = ArrangementForm(self.outline, self.request.POST)
        try:
            done = rearrange_course(
                course=self.course,
                marks=form.marks,
                seen=form.seen,
                user=self.request.user,
            )
        except UnableToRearrange as error:
            return self._again(form, error.reasons)
        if done.is_reordered:
            messages.success(self.request, _("The lessons have a new order."))
        if done.drafts:
            messages.success(self.request, _saved(done.drafts))
        return redirect("course_outline", self.course.pk)

    def _again(self, form, reasons):
        """Show what was arranged, with the lessons as they are now."""
        text = _("Nothing was changed. Check the outline below, then save again.")
        messages.error(self.request, " ".join([*map(str, reasons), text]))
        return self._page(lessons=form.target, seen=self.outline.versions)

    def _page(self, **context):
        shared = {"course": self.course, "may_reorder": self.outline.may_reorder}
        return self.render_to_response(self.get_context_data(**shared, **context))

    def get_page_subtitle(self):
        return self.course.get_admin_display_title()

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_header_title()}
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.course.pk])
        course = {"url": edit_url, "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, course, here]


def _saved(drafts):
    titles = [f"“{draft.get_admin_display_title()}”" for draft in drafts]
    message = _(
        "Saved as drafts: %(lessons)s. Publish them together: until then readers may find "
        "a question in two lessons or in none."
    )
    return message % {"lessons": get_text_list(titles, _("and"))}
