from django import template

from quizzes.panels import editing
from quizzes.queries import leaving

register = template.Library()


@register.simple_tag
def question_state(panel):
    """Return what the editor shows about the question of this panel.

    Data shared by all questions of the page is read once and kept on the request.
    """
    if "__prefix__" in panel.form.prefix:
        return editing.QuestionState()
    if not hasattr(panel.request, "lesson_facts"):
        lesson = editing.lesson_of(panel.instance)
        if lesson is None:
            return editing.QuestionState()
        panel.request.lesson_facts = editing.facts_of(lesson)
    return editing.state_of(panel.form, panel.request.lesson_facts)


@register.simple_tag
def left_behind(pages):
    """Return who is affected if these pages, or items of a bulk action, are removed."""
    return leaving.left_behind(
        [each["item"] if isinstance(each, dict) else each for each in pages]
    )


@register.filter
def as_list(thing):
    return [thing]
