"""The frame around every page, read by templates."""

from django import template

from home import queries

register = template.Library()


@register.simple_tag(takes_context=True)
def site_navigation(context):
    return queries.navigation_items(context.get("request"))


@register.simple_tag
def live_courses(home):
    return queries.courses_below(home)
