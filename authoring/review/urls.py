from django.urls import path
from wagtail.admin.auth import require_admin_access

from authoring.review.views.steps import CollectStep, TakeStep

step = "<int:page_id>/<slug:action_name>/<int:task_state_id>/"
urlpatterns = [
    path(
        f"action/{step}",
        require_admin_access(TakeStep.as_view()),
        name="review_step",
    ),
    path(
        f"collect_action_data/{step}",
        require_admin_access(CollectStep.as_view()),
        name="review_step_words",
    ),
]
