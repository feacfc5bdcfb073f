"""Quizzes that pause, for authors and reviewers to see after signing in."""

from django.utils import timezone
from wagtail.permissions import page_permission_policy

from accounts.panels.admin_pages import PanelForUser
from authoring.review.queries.due_checks import quizzes_ahead_of_pause
from course.rules.review_dates import days_to_pause


class LessonPausesPanel(PanelForUser):
    """Lessons the user may edit whose quiz pauses soon or is paused."""

    name = "lessons_that_pause"
    template_name = "authoring/review/panels/pauses_panel.html"
    order = 90

    def get_context_data(self, parent_context):
        today = timezone.localdate()
        return {
            "pauses": [
                (page, last_day, days_to_pause(last_day, today) <= 0)
                for page, last_day in quizzes_ahead_of_pause(today)
                if page_permission_policy.user_has_permission_for_instance(
                    self.user, "change", page
                )
            ]
        }
