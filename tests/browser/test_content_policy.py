"""What a browser says to the content security policy of the admin.

`open_page` fails for every error in the console, so for whatever the policy forbids.
"""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from course.models import LessonPage
from home.models import HomePage
from tests.browser.patience import PATIENCE
from tests.browser.test_checks import open_checks, wait_for_number
from tests.browser.writing import open_new_lesson, open_tab, sign_in

ELSEWHERE = re.compile(r"/(logout|bulk|export|download|unpublish|account)/|\?|#|\.\w+$")
LINKS = "all => all.map(link => link.getAttribute('href'))"


@pytest.fixture
def admin(open_page, site):
    page = open_page("/healthz", width=1280)
    sign_in(page, site)
    return page


@pytest.fixture
def lesson(site):
    return LessonPage.objects.get(slug="cell-types")


def open_whole(page, address):
    """Open a page, and wait until each of its parts has started and removed itself.

    A quiet network is no sign of it: a page may ask for more at any time.
    """
    answer = page.goto(address)
    assert answer.ok, address
    expect(page.locator("app-admin-part"), address).to_have_count(0, timeout=PATIENCE)


def test_the_editor_starts_its_panels_choosers_and_dates(admin, lesson):
    open_whole(admin, f"/admin/pages/{lesson.pk}/edit/")
    admin.get_by_role("button", name="Toggle preview").first.click()
    admin.frame_locator("#w-preview-iframe").locator("h1").first.wait_for()
    open_tab(admin, "Quiz")
    children = admin.locator("#id_questions-FORMS > [data-inline-panel-child]")
    before = children.count()
    admin.locator("#id_questions-ADD").press("Enter")
    assert children.count() == before + 1
    wait_for_number(open_checks(admin), "word-count")


def test_a_page_is_chosen_in_a_dialog(admin):
    open_whole(admin, "/admin/sites/new/")
    admin.get_by_role("button", name="Choose a root page").click()
    title = HomePage.objects.get().title
    admin.locator(".modal").get_by_role("link", name=title).first.click()
    admin.locator("[data-chooser-title]").get_by_text(title).wait_for()


def test_a_task_is_chosen_for_a_workflow(admin):
    open_whole(admin, "/admin/workflows/add/")
    admin.get_by_role("button", name="Add task").click()
    admin.get_by_role("button", name="Choose a task").click()
    admin.locator(".modal").get_by_text("Clinical review").first.wait_for()


def test_a_date_opens_its_calendar(admin):
    open_new_lesson(admin)
    open_tab(admin, "Review")
    admin.locator("#id_last_checked").focus()
    admin.locator(".xdsoft_datetimepicker:visible").wait_for()


def test_a_part_that_is_not_of_the_admin_is_not_started(admin):
    admin.goto("/admin/")
    says = admin.evaluate(
        """() => new Promise(resolve => {
            window.addEventListener("error", event => {
                event.preventDefault();
                resolve(event.message);
            });
            document.body.insertAdjacentHTML("beforeend",
                `<app-admin-part data-start="alert" data-options="[1]">`);
        })"""
    )
    assert "alert is not a part of the admin" in says


@pytest.mark.sweep
def test_no_page_that_the_admin_links_to_breaks_the_policy(admin, lesson):
    todo = ["/admin/", f"/admin/pages/{lesson.pk}/edit/", "/admin/images/add/"]
    seen = set()
    while todo:
        address = todo.pop(0)
        open_whole(admin, address)
        links = admin.locator("a[href^='/admin/']").evaluate_all(LINKS)
        for link in (urlsplit(each).path for each in links):
            kind = re.sub(r"\d+", "1", link)
            if kind not in seen and not ELSEWHERE.search(link):
                seen.add(kind)
                todo.append(link)
    assert len(seen) > 60, sorted(seen)
