"""Lists of lessons with their status, review status and next check."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.listing import (
    ExplorableIndexView,
    IndexView,
)
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.models import Task

from accounts.viewsets.lists import ListViewSet
from authoring.review.queries.states import with_review_state
from authoring.review.views.content_health import ContentHealthView
from authoring.review.views.lesson_columns import COLUMNS, LessonFilterSet
from course.models import LessonPage


class WithReviewState:
    """Adds what the columns and filters need to lists of lessons."""

    def annotate_queryset(self, pages):
        return super().annotate_queryset(with_review_state(pages))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        _share_tasks(context["object_list"])
        return context


def _share_tasks(pages):
    """Load the tasks of all pages at once, instead of for each row's buttons."""
    states = filter(None, (page.current_workflow_state for page in pages))
    tasks = [state.current_task_state.task for state in states]
    kinds = Task.objects.filter(pk__in={task.pk for task in tasks}).specific()
    specific = {task.pk: task for task in kinds}
    for task in tasks:
        task.specific = specific[task.pk]


class LessonExplorer(WithReviewState, ExplorableIndexView):
    """The lessons of a course, in the explorer."""


class LessonUseView(WithReviewState, ContentTypeUseView):
    """All pages of the type “lesson”."""


class LessonIndexView(WithReviewState, IndexView):
    """The lessons of all courses."""


class LessonMenuItem(MenuItem):
    """The menu item “Lessons”, shown to everyone with permissions on pages."""

    def is_shown(self, request):
        return user_has_any_page_permission(request.user)


class LessonExplorerViewSet(PageViewSet):
    """The explorer's list of the lessons in a course."""

    model = LessonPage
    icon = "doc-full"
    index_view_class = LessonExplorer
    content_type_use_view_class = LessonUseView
    columns = COLUMNS
    filterset_class = LessonFilterSet


class LessonListViewSet(PageListingViewSet):
    """The lessons of all courses in one list, with a menu item."""

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


class ContentHealthViewSet(ListViewSet):
    """The report on what lessons need, with an entry in the menu “Reports”."""

    name = "content_health"
    url_prefix = "reports/content-health"
    index_view_class = ContentHealthView
    menu_hook = "register_reports_menu_item"
    menu_name = "content-health"
    menu_order = 100
    menu_item_class = LessonMenuItem
