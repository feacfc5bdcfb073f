"""What every page of a quiz is shown with."""

from django.template.response import TemplateResponse

from course.queries import course_of


def quiz_address(request, lesson, below=""):
    """Return the lesson's address, or that of something below it."""
    return lesson.get_url(request) + below


def render_presenter(request, lesson, page):
    """Return a page made by its presenter, which the template knows as `quiz`."""
    return render_quiz_page(request, lesson, page.template, quiz=page)


def render_quiz_page(request, lesson, template, **context):
    """Return a page of the quiz, given what all of them need."""
    course = course_of(lesson)
    context |= {
        "page": lesson,
        "page_url": quiz_address(request, lesson),
        "quiz_url": quiz_address(request, lesson, "quiz/"),
        "crumbs": [
            {"title": course.title, "url": course.get_url(request)},
            {"title": lesson.title, "url": lesson.get_url(request)},
        ],
        "is_withdrawn": not lesson.live,
    }
    return TemplateResponse(request, template, context)
