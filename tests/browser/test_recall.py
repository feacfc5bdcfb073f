"""A look back at what was learnt, and the days of it in a calendar."""

import datetime as dt
import re
from pathlib import Path

import icalendar
from django.utils import timezone

from accounts.actions.learners import attach_learning
from accounts.models import Learner
from course.models import CoursePage, LessonPage
from progress.models import Enrolment, LessonProgress, RecallCard, RecallReminder
from tests.browser.accessibility import faults_of
from tests.browser.walking import (
    COURSE,
    answer_right,
    on_phones_and_screens,
    with_and_without_scripts,
)
from tests.browser.writing import sign_in
from tests.factories import UserFactory


def done_before(days=2):
    """Have the only learner done two lessons some days ago."""
    learner, course = Learner.objects.get(), CoursePage.objects.get()
    then = timezone.now() - dt.timedelta(days=days)
    enrolment, _new = Enrolment.objects.get_or_create(
        learner=learner,
        course_key=course.translation_key,
        defaults={"started_at": then},
    )
    LessonProgress.objects.all().delete()
    for lesson in LessonPage.objects.order_by("path")[:2]:
        LessonProgress.objects.create(
            enrolment=enrolment,
            lesson_key=lesson.translation_key,
            started_at=then,
            passed_at=then,
        )


def learnt(open_page, **kwargs):
    page = open_page(f"{COURSE}stem-cell-basics/quiz/", **kwargs)
    answer_right(page)
    done_before()
    return page


@with_and_without_scripts
@on_phones_and_screens
def test_a_look_back_is_answered_to_its_end(open_page, width, scripts):
    page = learnt(open_page, width=width, scripts=scripts)
    page.goto("/progress/")
    page.get_by_role("link", name="Look back now").click()
    page.get_by_text("Question 1 of 5").wait_for()
    for number in range(1, 6):
        page.get_by_label("I'm not sure yet").check()
        page.get_by_role("button", name="Check my answer").press("Enter")
        page.get_by_text("Not sure yet?").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        name = "Next question" if number < 5 else "Finish"
        page.get_by_role("button", name=name).press("Enter")
    page.get_by_text("There is nothing to look back at now. Come again on").wait_for()
    assert RecallCard.objects.filter(was_right=False).count() == 5
    assert page.get_by_text("Save the dates").is_visible() == scripts


@on_phones_and_screens
def test_nothing_chosen_is_said_and_kept_nowhere(open_page, width):
    page = learnt(open_page, width=width)
    page.goto("/progress/look-back/")
    page.get_by_role("button", name="Check my answer").click()
    page.locator(".nhsuk-error-message").wait_for()
    assert not RecallCard.objects.exists()


def test_a_wide_screen_shows_what_is_left_beside_the_question(open_page):
    page = learnt(open_page, width=1280)
    page.goto("/progress/look-back/")
    question = page.get_by_text("Question 1 of 5").bounding_box()
    left = page.get_by_role("heading", name="Still to answer").bounding_box()
    assert question["x"] < 640 < left["x"]
    assert abs(question["y"] - left["y"]) < 40
    counts = page.locator("section").get_by_text(re.compile(r"^\d questions?$"))
    assert sum(int(each[0]) for each in counts.all_inner_texts()) == 5


def saved_calendar(page):
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the dates in my calendar").click()
    return icalendar.Calendar.from_ical(Path(download.value.path()).read_bytes())


@on_phones_and_screens
def test_the_calendar_has_the_visit_and_the_looks_back(open_page, width):
    page = learnt(open_page, width=width)
    page.goto("/my-visit/")
    page.get_by_label("When is the visit?").fill("2027-06-12")
    page.get_by_label("At what time?").fill("09:30")
    sent = []
    page.on("request", lambda each: sent.append(each.url))
    events = saved_calendar(page).walk("VEVENT")
    moments = {str(each["SUMMARY"]): each.decoded("DTSTART") for each in events}
    assert moments["My appointment"] == dt.datetime(2027, 6, 12, 9, 30)  # noqa: DTZ001
    assert isinstance(moments["Look back at what I learnt"], dt.date)
    assert not [url for url in sent if not url.startswith("blob:")]


def test_without_a_date_or_a_look_back_there_is_nothing_to_save(open_page):
    page = open_page("/my-visit/")
    assert page.get_by_text("Save the dates").is_hidden()
    page.get_by_label("When is the visit?").fill("2027-06-12")
    page.get_by_text("Save the dates").wait_for()
    events = saved_calendar(page).walk("VEVENT")
    assert [each.decoded("DTSTART") for each in events] == [dt.date(2027, 6, 12)]


def test_axe_finds_nothing_on_any_page_of_a_look_back(open_page):
    page = learnt(open_page)
    found = {}
    page.goto("/progress/look-back/")
    found["question"] = faults_of(page)
    page.get_by_label("I'm not sure yet").check()
    page.get_by_role("button", name="Check my answer").click()
    page.get_by_text("Not sure yet?").first.wait_for()
    found["feedback"] = faults_of(page)
    RecallCard.objects.all().delete()
    done_before(days=0)
    page.goto("/progress/look-back/")
    found["nothing"] = faults_of(page)
    assert not {name: faults for name, faults in found.items() if faults}


@with_and_without_scripts
@on_phones_and_screens
def test_who_is_signed_in_asks_for_e_mail_and_stops_it_in_the_e_mail(
    open_page, site, width, scripts
):
    page = learnt(open_page, width=width, scripts=scripts)
    user = UserFactory()
    token = Learner.objects.get().token
    attach_learning(user=user, token=token, at=timezone.now())
    sign_in(page, site, user)
    page.goto("/progress/")
    page.get_by_role("button", name="E-mail me when a look back is due").press("Enter")
    page.get_by_role("button", name="Stop these e-mails").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert not scripts or not faults_of(page)
    reminder = RecallReminder.objects.get(learner__user=user)
    elsewhere = open_page("/healthz", width=width, scripts=scripts)
    elsewhere.goto(f"/progress/look-back/e-mail/stop/{reminder.stop_code}/")
    assert not scripts or not faults_of(elsewhere)
    elsewhere.get_by_role("button", name="Stop these e-mails").press("Enter")
    elsewhere.get_by_text("You get no e-mail when a look back is due").wait_for()
    assert not RecallReminder.objects.exists()
