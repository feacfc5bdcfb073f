from django.http import Http404
from django.views.decorators.cache import never_cache
from wagtail import hooks

from clarity.views import ask_whether_clear
from clarity.viewsets import ClarityViewSet
from course.models import LessonPage

BELOW = ["clear"]


# Before quizzes, which answers all other addresses below a lesson; inside Wagtail's own
# hook of this name, which checks view restrictions.
@hooks.register("on_serve_page", order=90)
def serve_form_below_lesson(serve):
    """Serve “Was this clear?” below a live lesson."""

    def serve_below(page, request, serve_args, serve_kwargs):
        if serve_kwargs.get("rest") != BELOW or not isinstance(page, LessonPage):
            return serve(page, request, serve_args, serve_kwargs)
        if not page.live:
            raise Http404
        return never_cache(ask_whether_clear)(request, page)

    return serve_below


@hooks.register("register_admin_viewset")
def list_clarity_answers():
    return ClarityViewSet()
