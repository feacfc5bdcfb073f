from django.http import Http404
from django.templatetags.static import static
from django.urls import resolve
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail import hooks

from accounts.identity import learner_for
from course.models import LessonPage
from course.models.pages import PRINT
from quizzes.queries import has_attempt


# After Wagtail's own hooks, so that view restrictions have been checked.
@hooks.register("before_serve_page", order=100)
def serve_deed_below_lesson(page, request, serve_args, serve_kwargs):
    """Answer for the quiz and mark-as-read addresses below a lesson.

    A lesson that is not live is there only for those who had begun its quiz.
    """
    rest = serve_kwargs.get("rest")
    if not rest or rest == PRINT or not isinstance(page, LessonPage):
        return None
    if not page.live and not has_attempt(learner_for(request), page):
        raise Http404
    match = resolve("/" + "/".join(rest) + "/", urlconf="quizzes.urls")
    return never_cache(match.func)(request, page, **match.kwargs)


@hooks.register("insert_editor_js")
def add_editor_script():
    """Fold questions on the Quiz tab, each with a line that says what it is."""
    return format_html(
        '<script src="{}" data-fold="{}" data-unfold="{}" data-critical="{}" '
        'data-to-mend="{}"></script>',
        static("quizzes/editor.js"),
        _("Fold all questions"),
        _("Unfold all questions"),
        _("critical"),
        _("0 to mend"),
    )


@hooks.register("insert_global_admin_css")
def add_editor_styles():
    return format_html(
        '<link rel="stylesheet" href="{}">', static("quizzes/editor.css")
    )
