"""Lessons in the editor's lists: what is live, what waits, whose check is due."""

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

from authoring.review.queries.states import with_review_state
from authoring.review.views.lesson_columns import COLUMNS, LessonFilterSet
from course.models import LessonPage


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
    """The menu item “Lessons”, for everybody who may see some."""

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
