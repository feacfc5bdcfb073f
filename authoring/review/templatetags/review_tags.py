from django import template

from authoring.review.panels.preview_checks import preview_findings
from authoring.review.queries import decisions, sign_offs
from authoring.review.queries.going_live import waits_for_sign_off
from authoring.review.queries.keys_to_check import keys_to_check
from course.models import LessonPage
from languages.content import has_several_languages
from quizzes.panels.editing import lesson_of

register = template.Library()


@register.simple_tag(takes_context=True)
def sign_off(context, page):
    """Return the sign-off that readers see, or in a preview that of its very words."""
    is_preview = getattr(context.get("request"), "is_preview", False)
    if is_preview and is_translation(page):
        return sign_offs.sign_off_of_draft(page)
    return sign_offs.sign_off_of(page)


@register.filter
def is_translation(page):
    """Return whether the page's language goes live only once it is signed off."""
    return has_several_languages() and waits_for_sign_off(page)


register.simple_tag(sign_offs.sign_offs_of, name="sign_offs")
register.simple_tag(decisions.last_decision)


@register.simple_tag
def findings_in_preview(page):
    """Return our findings for the previewed page, if it is a lesson."""
    return preview_findings(page) if isinstance(page, LessonPage) else []


@register.filter
def of_page(sign_offs, page):
    """Return the page's sign-off from those of many pages, or None."""
    return sign_offs.get(page.translation_key)


@register.simple_tag
def must_check_key(panel):
    """Return whether the FAQ entry of the panel's question was edited since sign-off.

    The keys to check are read once for all questions and kept on the request.
    """
    if "__prefix__" in panel.form.prefix:
        return False
    if not hasattr(panel.request, "keys_to_check"):
        lesson = lesson_of(panel.instance)
        keys = keys_to_check([lesson])[0] if lesson else []
        panel.request.keys_to_check = {k.question.translation_key for k in keys}
    return panel.instance.translation_key in panel.request.keys_to_check
