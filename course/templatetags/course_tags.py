from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from course import queries
from course.blocks.evidence import EvidenceRung
from course.forms.comparing import read_chosen_options
from course.queries import first_language, options
from course.queries.danger_signs import danger_signs
from course.rules.chances import WHOLE, areas_of
from course.rules.citations import gather_citations, link_back
from course.rules.folding import split_at_folds
from course.rules.markers import without_markers
from course.rules.review_dates import is_past
from languages.content import WordsIn, mark_content

# Blocks that may break across pages. Their first lines stay with the heading anyway.
GOES_OVER_PAGES = {
    "checklist",
    "danger_signs",
    "heading",
    "icon_array",
    "key_terms",
    "questions_to_ask",
    "steps",
    "table",
    "text",
    "timeline",
}

register = template.Library()

register.simple_tag(queries.lesson_material, name="lesson_material")
register.simple_tag(danger_signs)
register.simple_tag(queries.course_in_short, name="course_in_short")
register.simple_tag(queries.lessons_as_read, name="lessons_as_read")
register.simple_tag(first_language.change_not_translated)
register.simple_tag(options.course_options, name="course_options")
register.simple_tag(options.course_statements, name="course_statements")
register.simple_tag(options.option_figure, name="option_figure")
register.simple_tag(options.reasons_for, name="reasons_for")
register.simple_tag(options.sources_of_options, name="sources_of_options")
register.simple_tag(options.statements_with_fits, name="statements_with_fits")


@register.simple_tag
def chosen_options(course, request):
    """Return the options that the request's address chooses, as `ChosenOptions`."""
    return read_chosen_options(request.GET, options.course_options(course))


@register.filter
def field_of(option, name):
    """Return the text of the option's field with this name."""
    return getattr(option, name)


@register.filter
def rung_sign(rung):
    """Return the name of the sign for a rung, 0 to 5."""
    return f"rung-{rung}"


@register.filter
def rung_number(sign):
    """Return the rung of a sign, such as 3 for “rung-3”."""
    return int(sign.removeprefix("rung-"))


@register.filter
def rung_word(rung):
    """Return the word for a rung, 0 to 5."""
    return EvidenceRung(rung).label


@register.simple_tag
def all_rungs():
    """Return the rungs of the ladder of evidence, the highest first."""
    return sorted(EvidenceRung.values, reverse=True)


@register.simple_tag
def drawn_people(chance):
    """Return what to draw for 100 people: areas and the pattern that fills them."""
    if chance is None:
        return [(area, "unknown") for area in areas_of(0, WHOLE)]
    parts = [
        (0, chance.low, "counted"),
        (chance.low, chance.high, "perhaps"),
        (chance.high, WHOLE, "others"),
    ]
    return [
        (area, pattern)
        for first, end, pattern in parts
        for area in areas_of(first, end)
    ]


@register.simple_tag
def lesson_trail(lesson):
    """Return the pages between the home page and the lesson."""
    return [queries.course_of(lesson)]


@register.simple_tag
def trail_within(course):
    """Return the pages between the home page and a view of the course."""
    return [course]


@register.filter
def is_past_check(page):
    """Return whether the date of the page's next check has passed."""
    return is_past(page.next_check, timezone.localdate())


@register.filter
def split_passages(body):
    """Return the body in passages, which are folded or not."""
    return split_at_folds(body, _type_of)


@register.filter
def list_headings(body):
    """Return the headings of the body, for a list of contents."""
    return [block.value for block in body if block.block_type == "heading"]


def _type_of(block):
    return block.block_type


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
    """Return the text, escaped unless safe, with its citations as superscripts."""
    html = gather_citations(conditional_escape(text), evidence_sign)
    return mark_content(mark_safe(html))  # noqa: S308


def evidence_sign(rung):
    """Return the sign of the ladder of evidence with its word, as HTML."""
    return render_to_string("course/parts/evidence.html", {"rung": rung}).strip()


@register.simple_block_tag
def linked_back(content):
    """Return the content with links from its sources back to the text."""
    return mark_safe(link_back(content))  # noqa: S308


register.filter("without_citations_alone", without_markers)


@register.filter
def without_citations(text):
    """Return the text without its citations, marked with its language."""
    return mark_content(WordsIn(without_markers(text), getattr(text, "language", "")))


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
