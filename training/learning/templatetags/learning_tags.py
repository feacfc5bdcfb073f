from django import template

from accounts.identity import signed_in_user
from course.models import CoursePage
from course.queries import course_of
from training.assignments.access import is_in_training
from training.assignments.rules.satisfaction import Requirement
from training.assignments.wording import assignments
from training.learning.queries import asked_here as asked

register = template.Library()


@register.simple_tag(takes_context=True)
def learning_as(context):
    """Return the user if they are learning for a team, or None.

    Runs no query for visitors who have never signed in.
    """
    user = signed_in_user(context["request"])
    return user if user and is_in_training(user) else None


@register.simple_tag(takes_context=True)
def asked_here(context, page):
    """Return what the reader is asked to learn in this course or lesson.

    Runs no query for visitors who have never signed in.
    """
    request = context["request"]
    if signed_in_user(request) is None:
        return []
    if isinstance(page, CoursePage):
        return asked.asked_here(request, page.translation_key, None)
    course = course_of(page)
    return asked.asked_here(request, course.translation_key, page.translation_key)


@register.filter
def required_in_words(obligation):
    """Return the obligation's pass mark for each quiz, in words."""
    required = Requirement.from_json(obligation.requirement)
    return assignments.pass_mark_in_words(required.pass_mark, required.attempts_counted)
