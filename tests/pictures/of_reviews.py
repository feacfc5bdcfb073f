"""Pictures of docs/clinical-review.md."""

import pytest

from course.models import LessonPage
from tests.browser.writing import choose_action, hand_in, sign
from tests.roles import a_person, make_roles

LESSON = "cell-types"


@pytest.fixture
def handed_in(open_as, site):
    """A lesson that its author handed in for review."""
    make_roles()
    lesson = LessonPage.objects.get(slug=LESSON)
    page = open_as(a_person("Author"), f"/admin/pages/{lesson.pk}/edit/")
    page.locator("#id_main_message").fill("Ask who made the cells before you pay.")
    hand_in(page)
    return lesson


@pytest.fixture
def reviewer(open_as, handed_in):
    return open_as(a_person("Reviewer"), f"/admin/pages/{handed_in.pk}/edit/")


@pytest.fixture
def signed(reviewer, handed_in):
    sign(reviewer, "Dr Ada Example", "consultant dermatologist")
    return handed_in


def how_it_was_made(open_page, lesson):
    page = open_page(lesson.url, width=760)
    page.goto(f"{lesson.url}#how-made")
    return page.locator("#how-made")


def picture_review_sign_off(take, reviewer):
    choose_action(reviewer, "Sign off and Publish")
    reviewer.get_by_label("Your name").fill("Dr Ada Example")
    reviewer.get_by_label("Your role").fill("consultant dermatologist")
    take(reviewer)


def picture_review_lessons(take, reviewer):
    reviewer.goto("/admin/lessons/")
    take(reviewer)


def picture_review_panel(take, open_page, signed):
    take(how_it_was_made(open_page, signed))


def picture_review_changed(take, open_page, signed):
    signed.refresh_from_db()
    signed.main_message = "It was changed after the review."
    signed.save_revision().publish()
    take(how_it_was_made(open_page, signed))
