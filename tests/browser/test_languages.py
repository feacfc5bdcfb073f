"""The switch at the top of a page, in the middle of a quiz."""

from course.models import CoursePage
from quizzes.models import Answer, Attempt
from tests.browser.accessibility import faults_of
from tests.browser.walking import COURSE, with_and_without_scripts
from tests.factories import a_translation, lessons_of

QUIZ = f"{COURSE}stem-cell-basics/quiz/"


def say_not_sure(page):
    before = page.url
    page.locator("input[value='not-sure']").check()
    page.locator("form.app-question [type=submit]").last.click()
    page.wait_for_url(lambda url: url != before)


@with_and_without_scripts
def test_a_learner_goes_on_with_the_quiz_in_another_language(
    open_page, site, settings, scripts
):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]
    course = CoursePage.objects.get()
    a_translation(course, slug="celulas")
    a_translation(lessons_of(course)[0], title="Lo básico", slug="basico")
    page = open_page(QUIZ, width=360, scripts=scripts)
    say_not_sure(page)
    page.get_by_role("link", name="Español").click()
    page.wait_for_url("**/es/celulas/basico/quiz/answer/1/")
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.locator("main [lang=en]").count() == 0
    assert not scripts or not faults_of(page)
    say_not_sure(page)
    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"**{QUIZ}answer/2/")
    assert page.locator("html").get_attribute("lang") == "en"
    shown = [answer.shown_paper for answer in Answer.objects.order_by("pk")]
    assert [paper and paper.locale for paper in shown] == [None, "es"]
    assert Attempt.objects.get().paper.locale == "en"
