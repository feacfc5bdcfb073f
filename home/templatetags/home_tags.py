"""Template tags for the site's navigation, messages and errors."""

from django import template

from home.queries import pages
from page_cache.memory import recall_part

register = template.Library()


@register.simple_tag(takes_context=True)
def site_navigation(context):
    request = context.get("request")
    # Their addresses are those of the site that is asked.
    name = ("navigation", request.scheme, request._get_raw_host())
    return recall_part(name, lambda: pages.navigation_items(request))


@register.simple_tag
def live_courses(home):
    return pages.courses_below(home)


@register.filter
def error_links(form):
    """Return the errors of a form, each with a link to its field."""
    return [_error_link(form, *error) for error in form.errors.items()]


def _error_link(form, name, texts):
    text = " ".join(texts)
    if name not in form.fields:
        return {"href": "#main", "text": text}
    field = form[name]
    return {"href": f"#{field.id_for_label}", "text": f"{field.label}: {text}"}


@register.filter
def notice_kind(message):
    """Return the kind of notice for a Django message."""
    return "caution" if message.level_tag in {"warning", "error"} else "good"
