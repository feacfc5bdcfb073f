from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from authoring.arranging.access import may_rearrange
from authoring.arranging.views import ArrangeCourse
from course.models import CoursePage


@hooks.register("register_admin_urls")
def serve_outline():
    return [
        path(
            "courses/<int:course_page_id>/outline/",
            ArrangeCourse.as_view(),
            name="course_outline",
        )
    ]


@hooks.register("register_page_header_buttons")
def offer_outline(page, user, view_name, next_url=None):
    """Offer the outline to everyone who may edit the course."""
    if page.specific_class is CoursePage and may_rearrange(user, page):
        yield Button(
            _("Outline"),
            reverse("course_outline", args=[page.pk]),
            icon_name="list-ol",
            priority=32,
        )


@hooks.register("register_log_actions")
def name_what_is_moved(actions):
    @actions.register_action("authoring.rearrange")
    class RearrangeFormatter(LogFormatter):
        """Says what went from one lesson to another."""

        label = gettext_lazy("Rearrange a lesson")

        def format_message(self, log_entry):
            moved = [
                _("Moved “%(title)s” from “%(source)s” to “%(target)s”.") % move
                for move in log_entry.data["moves"]
            ]
            return " ".join(moved) or _("Changed the order of questions or FAQ entries")
