"""Template tags for the site's navigation, messages and errors."""

from django import template
from django.urls import reverse
from django.utils.safestring import mark_safe

from accounts.identity import identity_for, learner_for
from course.queries import course_of
from course.rules.markers import handles_in
from home.queries import front_page as queries
from home.queries import pages
from home.rules.headings import link_headings
from page_cache.memory import recall_part

register = template.Library()


@register.simple_tag(takes_context=True)
def site_navigation(context):
    request = context.get("request")
    # Their addresses are those of the site that is asked.
    name = ("navigation", request.scheme, request._get_raw_host())
    return recall_part(name, lambda: pages.navigation_items(request))


@register.simple_tag(takes_context=True)
def front_page(context, home):
    """Return the home page's courses, and where the current learner stopped."""
    request = context["request"]
    return queries.front_page(home, learner_for(request), request)


@register.simple_tag(takes_context=True)
def kept_on_phone(context, lesson):
    """Return what the scripts of a quiz need to keep its course on the phone."""
    request, course = context["request"], course_of(lesson)
    return {
        "list": reverse("kept_course", args=[course.translation_key, course.locale_id]),
        "opened_for": identity_for(request).mark,
    }


@register.filter
def first_source(text):
    """Return the id of the first source that the text cites, or an empty text."""
    return next(iter(handles_in(text)), "")


@register.filter
def with_linked_headings(text):
    """Return rich text as a `HeadedText`: its headings can be linked to."""
    headed = link_headings(str(text))
    # The text is the one given, safe or escaped, with ids made of letters and numbers.
    return {"headings": headed.headings, "html": mark_safe(headed.html)}  # noqa: S308


@register.filter
def error_links(form):
    """Return the errors of a form, each with a link to its field."""
    return [_error_link(form, *error) for error in form.errors.items()]


def _error_link(form, name, texts):
    text = " ".join(texts)
    if name not in form.fields:
        return {"href": "#main", "text": text}
    field = form[name]
    href = f"#{field.id_for_label}"
    # Many errors name their field.
    is_named = f"“{field.label}”" in text
    return {"href": href, "text": text if is_named else f"{field.label}: {text}"}


@register.filter
def notice_kind(message):
    """Return the kind of notice for a Django message."""
    return "caution" if message.level_tag in {"warning", "error"} else "good"
