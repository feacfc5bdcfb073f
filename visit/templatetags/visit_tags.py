from django import template
from django.utils.html import format_html

from course.queries import live_lessons
from languages.content import mark_content
from visit.queries.questions import wording_of
from visit.queries.statistics import most_asked_questions

register = template.Library()


@register.simple_tag
def most_asked_in(course):
    """Return what learners of the course ask most, its options among it, in groups."""
    lessons = live_lessons(course).values_list("translation_key", flat=True)
    return most_asked_questions([course.translation_key, *lessons])


@register.filter
def as_wording(question):
    """Return how the question is asked, its words marked with their own language.

    What stands around the words of a quiz or an option is the interface's.
    """
    before, _words, after = wording_of(question.kind, "\0").partition("\0")
    return format_html("{}{}{}", before, mark_content(question.words), after)
