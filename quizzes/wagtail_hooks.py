from django.urls import resolve
from django.views.decorators.cache import never_cache
from wagtail import hooks

from course.models import LessonPage
from course.models.pages import PRINT


# After Wagtail's own hooks, so that view restrictions have been checked.
@hooks.register("before_serve_page", order=100)
def serve_deed_below_lesson(page, request, serve_args, serve_kwargs):
    """Answer for the quiz and mark-as-read addresses below a lesson."""
    rest = serve_kwargs.get("rest")
    if not rest or rest == PRINT or not isinstance(page, LessonPage):
        return None
    match = resolve("/" + "/".join(rest) + "/", urlconf="quizzes.urls")
    return never_cache(match.func)(request, page, **match.kwargs)
