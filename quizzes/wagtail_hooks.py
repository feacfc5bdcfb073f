import json

from django.http import Http404
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import resolve
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail.admin import messages

from accounts.identity import learner_for
from course.models import LessonPage
from course.models.pages import PRINT
from quizzes.actions.going_back import keep_what_is_right_now
from quizzes.panels.editing import fields_by_kind
from quizzes.queries.attempts import has_attempt
from quizzes.queries.leaving import left_behind


# After Wagtail's own hooks, so that view restrictions have been checked.
@hooks.register("before_serve_page", order=100)
def serve_quiz_below_lesson(page, request, serve_args, serve_kwargs):
    """Answer for the quiz and mark-as-read addresses below a lesson.

    A lesson that is not live is there only for those who had begun its quiz, and for
    answers to forms that were opened before.
    """
    rest = serve_kwargs.get("rest")
    if not rest or rest == PRINT or not isinstance(page, LessonPage):
        return None
    if not page.live and not _may_come(request, page, rest):
        raise Http404
    match = resolve("/" + "/".join(rest) + "/", urlconf="quizzes.urls.quiz")
    return never_cache(match.func)(request, page, **match.kwargs)


def _may_come(request, lesson, rest):
    return has_attempt(learner_for(request), lesson) or _is_answer(request, rest)


def _is_answer(request, rest):
    """Return whether this may be an answer to a form that was opened before.

    The views find nothing where there is none.
    """
    if rest[0] != "quiz" or not rest[1:2] or not rest[1].isdigit():
        return False
    is_sent = not rest[2:] and "opened_for" in request.POST
    return is_sent or rest[2:] == ["kept"]


@hooks.register("insert_editor_js")
def add_editor_script():
    """Fold questions on the Quiz tab, each with a line that says what it is."""
    return format_html(
        '<script src="{}" data-fold="{}" data-unfold="{}" data-critical="{}" '
        'data-to-fix="{}" data-kinds="{}"></script>',
        static("quizzes/editor.js"),
        _("Fold all questions"),
        _("Unfold all questions"),
        _("critical"),
        _("0 to fix"),
        json.dumps(fields_by_kind()),
    )


@hooks.register("insert_global_admin_css")
def add_editor_styles():
    return format_html(
        '<link rel="stylesheet" href="{}">', static("quizzes/editor.css")
    )


@hooks.register("before_edit_page")
def go_back_with_what_is_right_now(request, page):
    """Show an older revision with the right answers and the decisions of now."""
    if request.resolver_match.url_name != "revisions_revert":
        return
    if not isinstance(page, LessonPage):
        return
    now = LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    if keep_what_is_right_now(then=page, now=now) and request.method == "GET":
        messages.warning(
            request,
            _(
                "Right answers changed since this version. They are those of now, and"
                " so is what becomes of given answers; only the words go back."
            ),
        )


@hooks.register("before_delete_page")
def say_whom_deleting_leaves_behind(request, page):
    """Say above the question how many people answered, and what becomes of it."""
    if request.method == "GET":
        text = render_to_string(
            "quizzes/admin/left_behind.html",
            {"left": left_behind([page]), "is_deleted": True},
        )
        if text.strip():
            messages.warning(request, mark_safe(text))  # noqa: S308
