"""Our own pages and tabs in the admin, as axe sees them."""

import pytest

from course.models import LessonPage
from tests.browser.accessibility import violations
from tests.browser.writing import sign_in


@pytest.fixture
def admin(open_page, site):
    page = open_page("/healthz", width=1280)
    sign_in(page, site)
    return page


def own_pages():
    lesson = LessonPage.objects.get(slug="cell-types")
    yield "/admin/lessons/"
    yield f"/admin/pages/{lesson.get_parent().pk}/"
    yield "/admin/reports/content-health/"
    yield "/admin/articles/new/"
    yield f"/admin/lessons/{lesson.pk}/questions/import/"
    yield f"/admin/lessons/{lesson.pk}/questions/export/"
    for tab in ("faq", "quiz", "review"):
        yield f"/admin/pages/{lesson.pk}/edit/?tab={tab}#tab-{tab}"


def test_axe_finds_nothing_on_our_own_admin_pages(admin):
    found = {}
    for address in own_pages():
        answer = admin.goto(address)
        assert answer.ok, address
        if here := violations(admin, context="main"):
            found[address] = here
    assert not found
