"""Lessons in the editor's lists: what is live, what waits, whose check is due."""

from datetime import timedelta

from django.forms import RadioSelect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn
from wagtail.admin.ui.tables.pages import (
    BulkActionsColumn,
    PageStatusColumn,
    PageTitleColumn,
    ParentPageColumn,
)
from wagtail.admin.views.pages.listing import (
    ExplorableIndexView,
    IndexView,
    PageFilterSet,
)
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.models import Locale, Task

from authoring.queries import ReviewState, with_review_state
from course.models import LessonPage

SOON = timedelta(days=30)


class ReviewStateColumn(Column):
    """Where the lesson stands with its reviewers."""

    cell_template_name = "authoring/columns/review_state.html"

    def get_value(self, instance):
        return ReviewState(instance.review_state).label


class NextCheckColumn(Column):
    """The day of the next check, and a word where it is past."""

    cell_template_name = "authoring/columns/next_check.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"past": instance.next_check < timezone.localdate()}


COLUMNS = [
    BulkActionsColumn("bulk_actions"),
    PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
    ParentPageColumn("parent", label=_("Course")),
    DateColumn(
        "latest_revision_created_at",
        label=_("Updated"),
        sort_key="latest_revision_created_at",
    ),
    PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ReviewStateColumn(
        "review_state", label=_("Clinical review"), sort_key="review_state"
    ),
    NextCheckColumn("next_check", label=_("Next check"), sort_key="next_check"),
    LocaleColumn(label=_("Language")),
]


def _live(lessons, name, value):
    return lessons.filter(
        **{
            "live": {"live": True},
            "changes": {"live": True, "has_unpublished_changes": True},
            "draft": {"live": False},
        }[value]
    )


def _due(lessons, name, value):
    today = timezone.localdate()
    if value == "past":
        return lessons.filter(next_check__lt=today)
    return lessons.filter(next_check__range=(today, today + SOON))


class LessonFilterSet(PageFilterSet):
    """The questions that an author asks of a list of lessons."""

    status = ChoiceFilter(
        label=_("Status"),
        method=_live,
        choices=[
            ("live", _("Live")),
            ("changes", _("Live, with a newer draft")),
            ("draft", _("Draft")),
        ],
        empty_label=_("Any"),
        widget=RadioSelect,
    )
    review_state = ChoiceFilter(
        label=_("Clinical review"),
        choices=ReviewState.choices,
        empty_label=_("Any"),
        widget=RadioSelect,
    )
    next_check = ChoiceFilter(
        label=_("Next check"),
        method=_due,
        choices=[("past", _("Past")), ("soon", _("In the next 30 days"))],
        empty_label=_("Any"),
        widget=RadioSelect,
    )
    locale = ModelChoiceFilter(
        label=_("Language"),
        queryset=Locale.objects.all(),
        empty_label=_("Any"),
        widget=RadioSelect,
    )

    class Meta:
        model = LessonPage
        fields = []


class WithReviewState:
    """Lists lessons with what the columns and filters ask for."""

    def annotate_queryset(self, pages):
        return super().annotate_queryset(with_review_state(pages))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        _share_tasks(context["object_list"])
        return context


def _share_tasks(pages):
    """Load the steps that pages wait in once; Wagtail's buttons ask for each line."""
    states = filter(None, (page.current_workflow_state for page in pages))
    tasks = [state.current_task_state.task for state in states]
    kinds = Task.objects.filter(pk__in={task.pk for task in tasks}).specific()
    specific = {task.pk: task for task in kinds}
    for task in tasks:
        task.specific = specific[task.pk]


class LessonExplorer(WithReviewState, ExplorableIndexView):
    """The lessons of a course, in the explorer."""


class LessonUseView(WithReviewState, ContentTypeUseView):
    """All pages of the type lesson."""


class LessonIndexView(WithReviewState, IndexView):
    """The lessons of all courses."""


class LessonMenuItem(MenuItem):
    """Leads to the lessons whoever may see some."""

    def is_shown(self, request):
        return user_has_any_page_permission(request.user)


class LessonExplorerViewSet(PageViewSet):
    """How the explorer lists the lessons of a course."""

    model = LessonPage
    icon = "doc-full"
    index_view_class = LessonExplorer
    content_type_use_view_class = LessonUseView
    columns = COLUMNS
    filterset_class = LessonFilterSet


class LessonListViewSet(PageListingViewSet):
    """The lessons of all courses in one list, with an entry in the menu."""

    name = "lessons"
    model = LessonPage
    icon = "doc-full"
    index_view_class = LessonIndexView
    columns = COLUMNS
    filterset_class = LessonFilterSet
    menu_label = _("Lessons")
    menu_order = 110
    add_to_admin_menu = True
    menu_item_class = LessonMenuItem
