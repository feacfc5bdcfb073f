"""Ask whether a lesson was clear, and show staff what people said."""

from allauth.core import ratelimit
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django_filters.filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from clarity.access import answers_seen_by, lessons_seen_by
from clarity.actions import say_whether_clear
from clarity.forms import CLEAR, ClarityForm
from clarity.models import ClarityAnswer
from course.queries.first_language import choose_language

# In the query string of the page that says thank you.
THANKS = "thanks"


@require_http_methods(["GET", "HEAD", "POST"])
def ask_whether_clear(request, lesson):
    """Ask anybody whether the lesson was clear. Nobody is asked who they are."""
    if request.method != "POST":
        return _page(request, lesson, ClarityForm())
    limited = ratelimit.consume_or_429(request, action="say_whether_clear")
    if limited:
        return limited
    form = ClarityForm(request.POST)
    if not form.is_valid():
        return _page(request, lesson, form)
    given = form.cleaned_data
    say_whether_clear(
        lesson=lesson,
        is_clear=given["clear"] == CLEAR,
        words=given["words"],
        form_key=given["form_key"],
        at=timezone.now(),
    )
    return redirect(f"{request.path}?{THANKS}")


def _page(request, lesson, form):
    context = {"page": lesson, "form": form, "is_sent": THANKS in request.GET}
    return TemplateResponse(request, "clarity/ask.html", context)


class ClarityFilterSet(WagtailFilterSet):
    """Offers the lessons on which the user works."""

    lesson_key = ChoiceFilter(label=_("Lesson"), empty_label=_("All"))
    is_clear = ChoiceFilter(
        label=_("Clear"),
        choices=[("True", _("Yes")), ("False", _("No"))],
        empty_label=_("All"),
    )

    class Meta:
        model = ClarityAnswer
        fields = ["lesson_key", "is_clear"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        lessons = lessons_seen_by(self.request.user).select_related("locale")
        self.filters["lesson_key"].extra["choices"] = [
            (str(key), page.title)
            for key, page in choose_language(lessons.order_by("title")).items()
        ]


class LessonColumn(Column):
    """The title of the lesson that the answer is about."""

    def get_value(self, answer):
        return answer.lesson_title


class ClearColumn(Column):
    """Yes or no, in words."""

    def get_value(self, answer):
        return str(_("Yes") if answer.is_clear else _("No"))


class ClarityReportView(ReportView):
    """What people said about the lessons on which the user works, newest first."""

    page_title = _("Was this clear?")
    header_icon = "help"
    filterset_class = ClarityFilterSet
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    paginate_by = 50
    export_filename = "was-this-clear"
    columns = [
        Column("given_on", label=_("Day")),
        LessonColumn("lesson_title", label=_("Lesson")),
        ClearColumn("is_clear", label=_("Clear")),
        Column("words", label=_("Words")),
    ]
    list_export = ["given_on", "lesson_title", "is_clear", "words"]
    export_headings = {
        "given_on": _("Day"),
        "lesson_title": _("Lesson"),
        "is_clear": _("Clear"),
        "words": _("Words"),
    }

    def get_queryset(self):
        seen = answers_seen_by(self.request.user)
        self.queryset = seen.order_by("-given_on", "-pk")
        return super().get_queryset()

    def decorate_paginated_queryset(self, answers):
        rows = list(answers)
        lessons = lessons_seen_by(self.request.user).select_related("locale")
        pages = choose_language(lessons.defer("body", "in_short"))
        for row in rows:
            row.lesson_title = pages[row.lesson_key].title
        return rows
