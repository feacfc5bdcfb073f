"""Our own pages and tabs in the admin, as axe sees them."""

import pytest
from django.utils import timezone

from accounts.models import DeletionRequest
from course.models import LessonPage
from tests.browser.accessibility import violations
from tests.browser.writing import open_tab, sign_in
from tests.factories import UserFactory


@pytest.fixture
def admin(open_page, site):
    page = open_page("/healthz", width=1280)
    sign_in(page, site)
    return page


@pytest.fixture
def lesson(site):
    return LessonPage.objects.get(slug="cell-types")


@pytest.fixture
def asked(site):
    """Somebody asked for their account to be deleted."""
    person = UserFactory(email="ann@example.org")
    return DeletionRequest.objects.create(user=person, asked_at=timezone.now())


def test_axe_finds_nothing_on_our_lists_and_forms(admin, lesson, asked):
    found = {}
    lesson.save_revision()
    for address in (
        "/admin/",
        "/admin/deletion-requests/",
        f"/admin/deletion-requests/{asked.pk}/answer/",
        f"/admin/users/{asked.user_id}/data/",
        f"/admin/users/{asked.user_id}/second-step/",
        f"/admin/bulk/wagtailcore/page/publish/?id={lesson.pk}",
        "/admin/lessons/",
        f"/admin/pages/{lesson.get_parent().pk}/",
        "/admin/reports/content-health/",
        "/admin/articles/new/",
        "/admin/articles/outlines/",
        "/admin/articles/outlines/new/?from=test",
        f"/admin/lessons/{lesson.pk}/questions/import/",
        f"/admin/lessons/{lesson.pk}/questions/export/",
    ):
        answer = admin.goto(address)
        assert answer.ok, address
        if here := violations(admin, context="main"):
            found[address] = here
    assert not found


def test_axe_finds_nothing_on_the_tabs_of_a_lesson(admin, lesson):
    admin.goto(f"/admin/pages/{lesson.pk}/edit/")
    found = {}
    # Not the FAQ: Wagtail's own text editor, all there is in it, has no name.
    for name in ("Quiz", "Review"):
        open_tab(admin, name)
        if here := violations(admin, context=f"#tab-{name.lower()}"):
            found[name] = here
    assert not found
