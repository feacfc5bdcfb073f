from django import template

from course.queries import live_lessons
from visit.queries.statistics import most_asked_questions

register = template.Library()


@register.simple_tag
def most_asked_in(course):
    """Return what learners of the course ask most, its options among it, in groups."""
    lessons = live_lessons(course).values_list("translation_key", flat=True)
    return most_asked_questions([course.translation_key, *lessons])
