"""Columns and filters for lists of lessons."""

from datetime import timedelta

from django.forms import RadioSelect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn
from wagtail.admin.ui.tables.pages import (
    BulkActionsColumn,
    PageStatusColumn,
    PageTitleColumn,
    ParentPageColumn,
)
from wagtail.admin.views.pages.listing import (
    PageFilterSet,
)
from wagtail.models import Locale

from authoring.review.queries.states import ReviewState
from course.models import LessonPage

SOON = timedelta(days=30)


class ReviewStateColumn(Column):
    """The review status of the lesson."""

    cell_template_name = "authoring/review/columns/review_state.html"

    def get_value(self, instance):
        return ReviewState(instance.review_state).label


class NextCheckColumn(Column):
    """The day of the next check, marked if it is past."""

    cell_template_name = "authoring/review/columns/next_check.html"

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
    """Filters for lists of lessons."""

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
