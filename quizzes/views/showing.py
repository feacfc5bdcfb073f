"""Render the pages of a quiz."""

from django.template.response import TemplateResponse


def quiz_address(request, lesson, below=""):
    """Return the lesson's address, or an address below it."""
    return lesson.get_url(request) + below


def render_presenter(request, lesson, page):
    """Return a page rendered from its presenter, which is `quiz` in the template."""
    return render_quiz_page(request, lesson, page.template, quiz=page)


def render_quiz_page(request, lesson, template, **context):
    """Return a page of the quiz with the context that all of them need."""
    address = quiz_address(request, lesson)
    context |= {
        "page": lesson,
        "page_url": address,
        "quiz_url": f"{address}quiz/",
        "is_withdrawn": not lesson.live,
    }
    return TemplateResponse(request, template, context)
