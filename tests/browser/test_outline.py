"""The outline of a course in a browser: by dragging and by the keyboard."""

import pytest
from django.urls import reverse

from course.models import CoursePage, LessonPage
from tests.browser.accessibility import violations
from tests.browser.writing import sign_in


def titles(page, number):
    """Return the first words of the questions of the lesson in this place."""
    lesson = page.locator("[data-lesson]").nth(number)
    return lesson.locator('[data-entries="question"] [data-title]').all_inner_texts()


@pytest.mark.journey("authoring.arranging")
def test_questions_move_by_mouse_and_by_keyboard_and_are_saved_as_drafts(admin, site):
    course = CoursePage.objects.first()
    admin.set_viewport_size({"width": 1280, "height": 1600})
    admin.goto(site + reverse("course_outline", args=[course.pk]))
    first, second = titles(admin, 0), titles(admin, 1)

    grip = admin.locator('[data-place="question"] [data-grip]').first
    grip.drag_to(admin.locator("[data-lesson]").nth(1).locator("[data-place]").first)
    admin.get_by_role("button", name=f"Move “{first[1]}” down").press("Enter")

    assert first[0] in titles(admin, 1)
    assert titles(admin, 0) == [first[2], first[1], *first[3:]]
    admin.get_by_text("place 2.").wait_for(state="attached")
    assert violations(admin) == []

    admin.get_by_role("button", name="Check and save").last.click()
    assert violations(admin) == []
    admin.get_by_role("button", name="Save as drafts").click()
    admin.get_by_text("Saved as drafts").wait_for()
    lessons = LessonPage.objects.child_of(course).order_by("path")
    draft = lessons[1].get_latest_revision_as_object()
    assert len(draft.questions.all()) == len(second) + 1


def test_on_a_phone_without_scripts_lessons_move_and_nothing_covers_them(
    open_page, site
):
    page = open_page("/healthz", scripts=False)
    sign_in(page, site)
    course = CoursePage.objects.first()
    page.goto(site + reverse("course_outline", args=[course.pk]))
    second = page.locator("[data-title]").nth(0).inner_text()
    page.locator('button[name="down"]').first.click()
    page.get_by_role("button", name="Check and save").last.click()
    # Where a line begins, Wagtail's empty menu would lie.
    page.get_by_role("button", name="Save the new order").click(
        position={"x": 2, "y": 2}
    )
    page.get_by_text("The lessons have a new order.").wait_for()
    lessons = LessonPage.objects.child_of(course).order_by("path")
    assert lessons[1].title == second
