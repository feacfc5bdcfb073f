"""How tests write a lesson in the editor, with a browser's own keys and clicks."""

import datetime
import re
from urllib.parse import urljoin

from django.test import Client

from course.models import CoursePage
from tests.browser.patience import wait_until_true
from tests.factories import UserFactory

LISTED = re.compile(r"/admin/pages/\d+/$")
TEXTS = {
    "title": "A lesson from nothing",
    "main_message": "One thing to remember.",
    "call_to_action": "Ask your doctor.",
    "audience": "Everyone",
    "aim": "You know more.",
}
REVIEW = {
    "written_by": "The project",
    "funded_by": "Nobody",
    "conflicts": "None",
    "last_checked": datetime.date(2026, 11, 1),
    "next_check": datetime.date(2027, 5, 1),
    "update_policy": "Twice a year.",
}


def sign_in(page, site, person=None):
    """Give the browser the session of somebody, by default an administrator."""
    client = Client()
    client.force_login(person or UserFactory(administrator=True))
    value = client.cookies["sessionid"].value
    everywhere = urljoin(site, "/")
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": everywhere}])


def open_new_lesson(page):
    page.goto(f"/admin/pages/add/course/lessonpage/{CoursePage.objects.get().pk}/")


def open_tab(page, name):
    """Open a tab of the editor by its key, so that nothing can lie over it."""
    tab = page.get_by_role("tab", name=name).first
    tab.focus()
    page.keyboard.press("Enter")
    page.locator(f"#tab-{name.lower().replace(' ', '_')}").wait_for()


def write_lesson(page):
    """Fill in the tabs Lesson and Review."""
    fill_in(page, TEXTS)
    add_heading(page)
    open_tab(page, "Review")
    fill_in(page, REVIEW)


def fill_in(page, fields):
    """Fill in fields by their names, dates as dates."""
    for name, value in fields.items():
        field = page.locator(f"#id_{name}")
        if isinstance(value, datetime.date):
            fill_in_date(page, field, value)
        else:
            field.fill(value)


def fill_in_date(page, field, date):
    """Type a date and leave the field, so that its calendar closes.

    The calendar opens a moment after the field has the focus, even if the focus has
    moved on by then, and lies over what is below it until the field is left.
    """
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    field.focus()
    calendar.wait_for()
    field.fill(date.isoformat())
    field.blur()
    calendar.wait_for(state="hidden")


def add_heading(page):
    """Put a heading with the anchor “part” into the body, chosen by its name."""
    body = page.locator("[data-contentpath='body']").first
    body.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("combobox").last.fill("Heading")
    page.get_by_role("option", name="Heading").first.click()
    page.locator("#body-0-value-title").fill("The part")
    page.locator("#body-0-value-anchor").fill("part")


def add_question(page, number, kind, stem, options):
    """Add a question; each option is a text, whether it is right, and a reason."""
    page.locator("#id_questions-ADD").press("Enter")
    field = f"#id_questions-{number}-"
    page.locator(f"{field}kind").select_option(kind)
    page.locator(f"{field}stem").fill(stem)
    child = page.locator(f"#inline_child_questions-{number}")
    for place, (text, right, reason) in enumerate(options):
        child.get_by_role("button", name="Insert a block").last.click()
        start = f"#questions-{number}-options-{place}-value-"
        page.locator(f"{start}text").fill(text)
        if right:
            page.locator(f"{start}right").check()
        if reason:
            page.locator(f"{start}feedback").fill(reason)
    page.locator(f"{field}sources").fill("S1")
    page.locator(f"{field}answered_in").fill("#part")


NOT_SAVING = """() => document.querySelector("#w-autosave-indicator")
    ?.dataset.wAutosaveStateValue !== 'saving'"""
# Wagtail takes for unchanged what the form holds two seconds after it was opened.
IS_WATCHED = """() => wagtail.app.getControllerForElementAndIdentifier(
    document.querySelector('[data-edit-form]'), 'w-unsaved')?.initialFormData"""
AUTOSAVE_BEGINS = 1_000  # milliseconds after the last change, and some to spare


def wait_until_watched(page):
    """Wait until whatever changes in the editor is noticed, and saved by itself."""
    wait_until_true(page, IS_WATCHED)


def let_autosave_rest(page):
    """Wait until no autosave is under way, which a save would run into."""
    page.wait_for_timeout(AUTOSAVE_BEGINS)
    wait_until_true(page, NOT_SAVING)


def publish(page):
    """Publish, or try to, and wait for what the server says to it."""
    let_autosave_rest(page)
    # By its key: a calendar that opens late would lie over it.
    page.get_by_role("button", name="More actions").last.press("Enter")
    with page.expect_navigation():
        page.get_by_role("button", name="Publish", exact=True).press("Enter")


def choose_action(page, name):
    """Press one of the actions behind the arrow at the bottom of the editor."""
    let_autosave_rest(page)
    page.locator("footer .w-dropdown__toggle").last.press("Enter")
    page.get_by_role("button", name=name).press("Enter")


def hand_in(page):
    """Hand a lesson in for review, or try to, and wait for what the server says."""
    with page.expect_navigation():
        choose_action(page, "Submit to Clinical review")


def sign(page, name, role):
    """Sign off what was handed in, which publishes it."""
    choose_action(page, "Sign off and Publish")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your role").fill(role)
    page.locator(".modal").get_by_role("button", name="Sign off").click()
    page.wait_for_url(LISTED)


def save_draft(page):
    let_autosave_rest(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
