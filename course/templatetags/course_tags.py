from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from course import queries
from course.rules.markers import MARKER, without_markers
from course.rules.review_dates import is_past

# Blocks that may break across pages. Their first lines stay with the heading anyway.
GOES_OVER_PAGES = {
    "checklist",
    "heading",
    "icon_array",
    "key_terms",
    "steps",
    "table",
    "text",
    "timeline",
}

register = template.Library()

register.simple_tag(queries.lesson_material, name="lesson_material")
register.simple_tag(queries.live_lessons, name="live_lessons")


@register.simple_tag
def lesson_trail(lesson):
    """Return the pages between the home page and the lesson."""
    return [queries.course_of(lesson)]


@register.filter
def is_past_check(page):
    """Return whether the date of the page's next check has passed."""
    return is_past(page.next_check, timezone.localdate())


@register.filter
def kept_together(body):
    """Return the blocks in groups that stay on one page in print.

    A heading is grouped with the next block if that does not break across pages.
    """
    groups = []
    for block in body:
        follows = groups and groups[-1][-1].block_type == "heading"
        if follows and block.block_type not in GOES_OVER_PAGES:
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


@register.filter
def cited(text):
    """Return the text, escaped unless safe, with citation markers as links."""
    return mark_safe(MARKER.sub(_links, conditional_escape(text)))  # noqa: S308


def _links(match):
    handles = [handle.strip() for handle in match[1].split(",")]
    return format_html(
        '<span class="app-cite">[{}]</span>',
        format_html_join(
            ", ", '<a href="#source-{}">{}</a>', ((h, h) for h in handles)
        ),
    )


register.filter("without_citations", without_markers)


@register.filter
def get_term(terms, handle):
    """Return the glossary term with this id, or None if the course has none."""
    return terms.get(handle)


@register.filter
def icon_rows(count):
    """Return ten rows of ten figures, with the first `count` filled."""
    return [
        [{"x": x, "y": y, "filled": y * 10 + x < count} for x in range(10)]
        for y in range(10)
    ]


@register.simple_tag
def changed_headings(body, places):
    """Return the anchor and title of each heading whose passage changed."""
    return [
        {"anchor": block.value["anchor"], "title": block.value["title"]}
        for block in body
        if block.block_type == "heading" and f"#{block.value['anchor']}" in places
    ]
