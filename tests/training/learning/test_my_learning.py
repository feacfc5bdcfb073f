"""My learning: what is due, what does not count and why, where to go on."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from course.models import LessonPage
from quizzes.models import Question
from tests.factories import UserFactory, a_course, lessons_of
from tests.signing_in import sign_in as sign_in_to
from tests.signing_in import with_password
from tests.statements import statements_of, writes_in
from tests.taking_quizzes import answer
from tests.training.moments import clock_at
from tests.training.outbox import START, an_exception, days, the_obligation
from tests.training.staff import a_member, a_team, a_trainer, an_assignment, pass_lesson
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.models import Obligation

pytestmark = pytest.mark.django_db

TAG = re.compile(r"<[^>]+>")

clock = clock_at(START)


@pytest.fixture
def team():
    return a_team(time_zone="Europe/Madrid")


@pytest.fixture
def course():
    return a_course(lessons=2, questions=2, title="Stem cells")


@pytest.fixture
def learner(client, team):
    learner = a_member(team, email="anna@example.org", first_name="Anna")
    client.force_login(learner.user)
    return learner


def page_of(client):
    return client.get("/my-learning/")


def words_on(client):
    """Return what the page says, without markup and line ends."""
    main = page_of(client).text.split("<main")[1].split("</main>")[0]
    return " ".join(TAG.sub(" ", main).split())


def arrive(client, user):
    """Sign in through the page, which brings along what this browser learnt."""
    sign_in_to(client, with_password(user), to="")


def test_visitors_are_sent_to_sign_in(client):
    response = page_of(client)
    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/my-learning/"


def test_who_is_asked_nothing_is_told_so(client):
    client.force_login(UserFactory())
    assert "You have not been asked to learn anything yet." in words_on(client)


def test_it_says_what_is_due_when_and_by_whose_clock(client, team, course, learner):
    an_assignment(course, team, title="Safety")
    words = words_on(client)
    assert "To do Safety" in words
    assert "Course: Stem cells" in words
    assert (
        "Due on Friday, 3 April 2026 , at the end of the day (time zone: Europe/Madrid)."
        in words
    )
    assert "2 of 2 lessons left" in words
    assert "Start Safety" in words


def test_the_order_is_overdue_soon_open_upcoming_done_expired(
    client, team, course, clock
):
    clock.move_to(days(-100))
    learner = a_member(team, at=days(-100))
    client.force_login(learner.user)
    again = {"recurs_every_months": 1, "recurs_from": "completion"}
    an_assignment(course, team, title="Expired", **again)
    an_assignment(course, team, title="Done")
    for lesson in lessons_of(course):
        pass_lesson(client, lesson)
    clock.move_to(START)
    client.force_login(learner.user)
    other = a_course(title="Other")
    for title, due_on in {"Open": 30, "Soon": 7, "Late": 1}.items():
        an_assignment(other, team, title=title, due_on=days(due_on).date())
    later = {"starts_on": days(5).date(), "due_on": days(9).date()}
    an_assignment(other, team, title="Upcoming", **later)
    Obligation.objects.filter(assignment__title="Late").update(
        opens_at=days(-9), due_at=days(-3)
    )
    headings = re.findall(r"<h3>(.*?)</h3>", page_of(client).text)
    assert headings == ["Late", "Soon", "Open", "Upcoming", "Done", "Expired"]


def test_the_button_leads_to_where_they_stopped(client, team, course, learner):
    an_assignment(course, team)
    first, second = lessons_of(course)
    assert f'href="{first.url}"' in page_of(client).text
    pass_lesson(client, first)
    answer(client, second.url + "quiz/", "Right")
    page = page_of(client).text
    assert f'<a class="nhsuk-button" href="{second.url}quiz/">Continue' in page
    assert "1 of 2 lessons left" in page


def test_what_was_done_without_signing_in_is_offered_again(client, team, course):
    first, second = lessons_of(course)
    pass_lesson(client, first)
    learner = a_member(team)
    an_assignment(course, team)
    arrive(client, learner.user)
    words = words_on(client)
    assert "you did this without signing in, so it does not count here." in words
    assert "2 of 2 lessons left" in words
    form = f'action="{first.url}quiz/again/"'
    assert form in page_of(client).text
    response = client.post(f"{first.url}quiz/again/", {"which": "all"})
    assert response["Location"] == f"{first.url}quiz/"
    pass_lesson(client, first)
    pass_lesson(client, second)
    assert the_obligation().satisfied_at


def test_it_counts_where_the_policy_says_so(client, team, course):
    pass_lesson(client, lessons_of(course)[0])
    learner = a_member(team)
    an_assignment(course, team, anonymous_counts=True)
    arrive(client, learner.user)
    assert "1 of 2 lessons left" in words_on(client)
    assert "without signing in" not in words_on(client)


def test_a_lesson_marked_as_read_without_signing_in_is_offered_again(client, team):
    course = a_course(lessons=1, questions=0)
    lesson = lessons_of(course)[0]
    client.post(lesson.url + "read/")
    learner = a_member(team)
    an_assignment(course, team)
    arrive(client, learner.user)
    assert f'href="{lesson.url}read/">Mark as read again' in page_of(client).text
    client.post(lesson.url + "read/")
    assert the_obligation().satisfied_at


def test_a_pass_below_the_mark_asked_for_is_said(client, team, course, learner):
    an_assignment(course, team, pass_mark=100)
    Question.objects.update(critical=False)
    quiz_url = lessons_of(course)[0].url + "quiz/"
    answer(client, quiz_url, "Right")
    answer(client, quiz_url, "Wrong")
    learner.enrolments.get().lessons.update(passed_at=START)
    assert "this assignment needs more right answers" in words_on(client)


def test_when_no_attempt_is_left_it_says_whom_to_ask(client, team, course, learner):
    an_assignment(course, team, attempts_counted=1)
    quiz_url = lessons_of(course)[0].url + "quiz/"
    answer(client, quiz_url, "Wrong")
    answer(client, quiz_url, "Wrong")
    assert "you have no attempts left that count. Ask your trainer" in words_on(client)
    an_exception(the_obligation(), kind="extra_attempts", extra_attempts=1)
    words = words_on(client)
    assert "1 extra attempt counts." in words
    assert "no attempts left" not in words


def test_exceptions_in_force_are_said(client, team, course, learner, clock):
    an_assignment(course, team)
    an_exception(the_obligation(), kind="extension", due_at=days(50), ends_at=days(40))
    words = words_on(client)
    assert "Your due date was extended to 23 April 2026." in words
    assert "Until 13 April 2026, 11:00. Reason: Ill" in words
    clock.move_to(days(41))
    client.force_login(learner.user)
    assert "extended" not in words_on(client)


def test_a_waiver_is_said(client, team, course, learner):
    an_assignment(course, team)
    an_exception(the_obligation(), kind="waiver")
    assert "You do not need to do this." in words_on(client)


def test_a_hand_over_shows_on_both_pages(client, team, course, learner):
    an_assignment(course, team)
    deputy = a_member(a_team("Ward 4"), email="bela@example.org")
    an_exception(the_obligation(), kind="hand_over", deputy=deputy)
    words = words_on(client)
    assert "Handed over to bela@example.org." in words
    assert "lessons left" not in words
    client.force_login(deputy.user)
    words = words_on(client)
    assert "Handed over to you by Anna." in words
    assert "2 of 2 lessons left" in words
    assert "Ill" not in words


def test_a_new_cycle_says_why_it_starts_anew(client, team, course, learner, clock):
    an_assignment(course, team, recurs_every_months=6, recurs_from="completion")
    for lesson in lessons_of(course):
        pass_lesson(client, lesson)
    assert "Valid until 4 September 2026." in words_on(client)
    clock.move_to(days(170))
    client.force_login(learner.user)
    reconcile_obligations(at=timezone.now())
    words = words_on(client)
    assert "You completed this on 4 March 2026. It has to be renewed" in words
    assert "2 of 2 lessons left" in words
    assert "Stem cells, 4 March 2026 valid" in words


def test_a_course_completed_before_says_why_it_starts_anew(
    client, team, course, learner, clock
):
    for lesson in lessons_of(course):
        pass_lesson(client, lesson)
    clock.move_to(days(3))
    an_assignment(course, team)
    assert (
        "You completed this course on 4 March 2026, before it was assigned"
        in words_on(client)
    )


def test_a_course_taken_offline_is_said(client, team, course, learner):
    an_assignment(course, team, title="Safety")
    course.unpublish()
    assert "None of its lessons are available at the moment" in words_on(client)


def test_a_quiz_that_rests_is_said_and_not_offered(client, team, course, learner):
    an_assignment(course, team)
    first = lessons_of(course)[0]
    LessonPage.objects.filter(pk=first.pk).update(next_check=dt.date(2020, 1, 1))
    page = words_on(client)
    assert (
        f"{first.title} : this cannot be done at the moment, because its quiz is paused"
        in page
    )
    assert f'href="{lessons_of(course)[1].url}"' in page_of(client).text
    LessonPage.objects.update(next_check=dt.date(2020, 1, 1))
    page = words_on(client)
    assert "Start" not in page
    # Of several it is said once.
    assert page.count("cannot be done at the moment") == 1
    titles = " ".join(lesson.title for lesson in lessons_of(course))
    assert f"Until then they are not due. {titles}" in page


def test_who_tried_a_quiz_goes_on_and_does_not_start(client, team, course, learner):
    an_assignment(course, team, pass_mark=100)
    assert "Start" in words_on(client)
    for text in ("Wrong", "Wrong"):
        answer(client, lessons_of(course)[0].url + "quiz/", text)
    page = words_on(client)
    assert "Continue where you left off" in page
    assert "Start" not in page


@pytest.mark.sweep
@pytest.mark.parametrize("number", [1, 6])
def test_it_costs_the_same_for_few_and_many_and_writes_nothing(
    client, team, learner, number
):
    for _course in range(number):
        course = a_course(lessons=3, questions=1)
        an_assignment(course, team)
        pass_lesson(client, lessons_of(course)[0])
    page_of(client)
    statements = statements_of(lambda: page_of(client))
    assert len(statements) <= 21, "\n".join(statements)
    assert not writes_in(statements)


def test_staff_land_here_after_signing_in_and_others_at_their_progress(client, team):
    user = with_password(a_member(team).user)
    response = client.post(
        "/account/login/",
        {"login": user.email, "password": "correct horse battery"},
        follow=True,
    )
    assert response.request["PATH_INFO"] == "/my-learning/"
    client.logout()
    user = with_password(UserFactory())
    response = client.post(
        "/account/login/",
        {"login": user.email, "password": "correct horse battery"},
        follow=True,
    )
    assert response.request["PATH_INFO"] == "/progress/"


def test_lessons_and_quizzes_say_who_is_learning(client, team, course, learner):
    lesson = lessons_of(course)[0]
    for path in (lesson.url, lesson.url + "quiz/1/"):
        page = client.get(path).text
        assert "Learning as <strong>Anna</strong>" in page
        assert 'href="/account/logout/"' in page
    client.force_login(a_trainer())
    assert "Learning as" not in client.get(lesson.url).text


def test_visitors_without_a_session_are_not_looked_up(client, course):
    lesson = lessons_of(course)[0]
    client.get(lesson.url)
    with CaptureQueriesContext(connection) as captured:
        assert "Learning as" not in client.get(lesson.url).text
    assert not [query for query in captured if "training_" in query["sql"]]
