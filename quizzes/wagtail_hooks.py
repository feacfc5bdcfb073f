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


# Inside Wagtail's own hook of this name, which checks view restrictions. What is
# registered as `before_serve_page` runs before it.
@hooks.register("on_serve_page", order=100)
def serve_quiz_below_lesson(serve):
    """Serve the addresses of the quiz and mark-as-read below a lesson.

    A lesson that is not live can only be reached by people who have started its quiz,
    and by answers to forms that were opened before.
    """

    def serve_below(page, request, serve_args, serve_kwargs):
        rest = serve_kwargs.get("rest")
        if not rest or rest == PRINT or not isinstance(page, LessonPage):
            return serve(page, request, serve_args, serve_kwargs)
        if not page.live and not _may_come(request, page, rest):
            raise Http404
        match = resolve("/" + "/".join(rest) + "/", urlconf="quizzes.urls.quiz")
        # The paper is the same for everybody, so that whoever wants may keep it.
        view = match.func if match.url_name == "paper" else never_cache(match.func)
        return view(request, page, **match.kwargs)

    return serve_below


def _may_come(request, lesson, rest):
    return has_attempt(learner_for(request), lesson) or _is_answer(request, rest)


def _is_answer(request, rest):
    """Return whether this may be an answer to a form that was opened before.

    If it is not, the views raise Http404.
    """
    if rest == ["quiz", "waiting"]:
        return "opened_for" in request.POST
    if rest[0] != "quiz" or not rest[1:2] or not rest[1].isdigit():
        return False
    is_sent = not rest[2:] and "opened_for" in request.POST
    return is_sent or rest[2:] == ["kept"]


@hooks.register("insert_editor_js")
def add_editor_script():
    """Make questions on the Quiz tab collapsible, with a one-line summary each."""
    return format_html(
        '<script src="{}" data-fold="{}" data-unfold="{}" data-critical="{}" '
        'data-to-fix="{}" data-kinds="{}"></script>',
        static("quizzes/editor.js"),
        _("Collapse all questions"),
        _("Expand all questions"),
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
    """Show an older revision with the current right answers and decisions."""
    if request.resolver_match.url_name != "revisions_revert":
        return
    if not isinstance(page, LessonPage):
        return
    now = LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    if keep_what_is_right_now(then=page, now=now) and request.method == "GET":
        messages.warning(
            request,
            _(
                "Right answers have changed since this version. The current right "
                "answers and decisions about earlier answers are kept. Only the "
                "wording will be reverted."
            ),
        )


@hooks.register("before_delete_page")
def say_whom_deleting_leaves_behind(request, page):
    """Show how many people answered above the confirmation, and what is kept."""
    if request.method == "GET":
        text = render_to_string(
            "quizzes/admin/left_behind.html",
            {"left": left_behind([page]), "is_deleted": True},
        )
        if text.strip():
            messages.warning(request, mark_safe(text))  # noqa: S308
