from django import template
from django.utils import timezone
from django.utils.translation import gettext

from accounts.identity import learner_for
from course.models import CoursePage
from course.queries.first_language import choose_language
from progress.queries import enrolled_course_keys
from quizzes.presenters import inline, lesson_groups
from quizzes.queries import notices, outline, recall, results

register = template.Library()


@register.simple_tag(takes_context=True)
def course_outline(context, page):
    """Return the outline of the page's course for the current learner."""
    request = context["request"]
    return outline.course_outline(page, learner_for(request), request)


@register.simple_tag(takes_context=True)
def enrolled_outlines(context, learner):
    """Return the outline of each live course that the learner has started."""
    courses = CoursePage.objects.live().filter(
        translation_key__in=enrolled_course_keys(learner)
    )
    return [
        outline.course_outline(course, learner, context["request"])
        for course in choose_language(courses.select_related("locale")).values()
    ]


@register.simple_tag(takes_context=True)
def questions_in_text(context, lesson):
    """Return the questions in the lesson's text, with one query if there are any."""
    return inline.in_text(lesson, context["request"])


@register.simple_tag(takes_context=True)
def draft_quiz(context, lesson):
    """Return every question of a lesson in a preview, to try out."""
    return inline.draft_quiz(lesson, context["request"])


@register.simple_tag(takes_context=True)
def regrade_notices(context, course=None):
    """Return notices about the learner's answers that they have not seen yet."""
    learner = learner_for(context["request"])
    return notices.regrade_notices(learner, course=course) if learner else []


@register.simple_tag
def look_back_of(learner):
    """Return what the learner may look back at now, in at most six queries."""
    return recall.look_back_of(learner, timezone.now())


register.simple_tag(lesson_groups.group_lessons, name="group_lessons")
register.simple_tag(results.kept_results, name="kept_results")


@register.filter
def translated(text):
    """Return the translation of a text that was marked for translation elsewhere."""
    return gettext(text) if text else ""
