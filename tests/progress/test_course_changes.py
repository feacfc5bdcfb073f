"""What somebody has done stays with the course it was done in, however that changes.

One table: each way in which a course can change, and what every reader says after it.
"""

import re
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from accounts.models import Learner
from course.models import CoursePage, LessonPage
from progress.models import Certificate, Enrolment
from tests.factories import a_course, a_lesson, lessons_of
from tests.taking_quizzes import answer, finish, give_first_options
from tests.training.staff import a_member, a_team, an_assignment
from training.assignments.models import Obligation
from training.assignments.queries.contents import live_lessons_of
from training.assignments.queries.learning import open_obligations_of
from training.reports.queries.completion import drop_off_lines
from training.reports.queries.lessons import LessonCount, lesson_counts
from training.reports.views.columns import LessonsDoneColumn

pytestmark = pytest.mark.django_db


def moved(lesson, course):
    """Return the lesson after it was moved to the end of the course."""
    LessonPage.objects.get(pk=lesson.pk).move(course, pos="last-child")
    return LessonPage.objects.get(pk=lesson.pk)


@pytest.mark.parametrize("answered_before", [1, 2])
def test_a_lesson_moved_away_completes_no_course_that_was_never_taken(answered_before):
    taken, other = a_course(lessons=2), a_course(lessons=0)
    lesson = lessons_of(taken)[0]
    learner = Client()
    for _question in range(answered_before):
        answer(learner, lesson.url + "quiz/", "Right")
    lesson = moved(lesson, other)
    finish(learner, lesson.url + "quiz/", ["Right"] * (2 - answered_before))
    assert not Certificate.objects.exists()
    enrolment = Learner.objects.get().enrolments.get()
    assert enrolment.course_key == taken.translation_key
    assert enrolment.completed_at is None


@dataclass(frozen=True)
class Said:
    """What all readers say: lessons done, of how many, and whether it is completed."""

    done: int
    total: int
    is_completed: bool


@dataclass
class Situation:
    """A course of three lessons, two of which one member of a team has done."""

    course: CoursePage
    other: CoursePage
    browser: Client
    learner: Learner

    def lesson(self, number):
        return self.lessons[number]

    def __post_init__(self):
        self.lessons = lessons_of(self.course)


@pytest.fixture
def situation():
    course, other = a_course(lessons=3), a_course(lessons=1)
    learner, browser = a_member(a_team()), Client()
    browser.force_login(learner.user)
    an_assignment(course, learner.memberships.get().team)
    for lesson in lessons_of(course)[:2]:
        give_first_options(browser, lesson)
    return Situation(course, other, browser, learner)


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


def withdraw(now, number):
    fresh(now.lesson(number)).unpublish()


def finish_all(now):
    give_first_options(now.browser, now.lesson(2))


def withdraw_undone(now):
    withdraw(now, 2)


def bring_back(now):
    fresh(now.lesson(2)).save_revision().publish()


def add(now):
    a_lesson(now.course).save_revision().publish()


def delete(now, number):
    fresh(now.lesson(number)).delete()


def move_undone(now):
    moved(now.lesson(2), now.other)


def move_done(now):
    moved(now.lesson(0), now.other)


def move_there_and_back(now):
    there = moved(now.lesson(0), now.other)
    moved(there, CoursePage.objects.get(pk=now.course.pk))


def reorder(now):
    fresh(now.lesson(2)).move(fresh(now.lesson(0)), pos="left")


def copy_course(now):
    fresh(now.course).copy(recursive=True, update_attrs={"slug": "twin"})


def copy_lesson(now):
    fresh(now.lesson(0)).copy(update_attrs={"slug": "twin"})


def move_course(now):
    fresh(now.course).move(fresh(now.other), pos="left")


def offline_and_back(now):
    fresh(now.course).unpublish()
    withdraw(now, 2)
    fresh(now.course).save_revision().publish()


CHANGES = {
    "nothing": ([], Said(2, 3, False)),
    "the last one done": ([finish_all], Said(3, 3, True)),
    "an undone lesson taken offline": ([withdraw_undone], Said(2, 2, True)),
    "a done lesson taken offline": ([lambda now: withdraw(now, 0)], Said(1, 2, False)),
    "one brought back": ([withdraw_undone, bring_back], Said(2, 3, True)),
    "a lesson added": ([add], Said(2, 4, False)),
    "a lesson added later": ([finish_all, add], Said(3, 4, True)),
    "an undone lesson deleted": ([lambda now: delete(now, 2)], Said(2, 2, True)),
    "a done lesson deleted": ([lambda now: delete(now, 0)], Said(1, 2, False)),
    "an undone lesson moved away": ([move_undone], Said(2, 2, True)),
    "a done lesson moved away": ([move_done], Said(1, 2, False)),
    "one moved away and back": ([move_there_and_back], Said(2, 3, False)),
    "lessons in another order": ([reorder], Said(2, 3, False)),
    "the course copied": ([copy_course], Said(2, 3, False)),
    "a lesson copied": ([copy_lesson], Said(2, 4, False)),
    "the course moved": ([move_course], Said(2, 3, False)),
    "the course offline and back": ([offline_and_back], Said(2, 2, True)),
}


def words(now, url):
    return " ".join(re.sub("<[^>]+>", " ", now.browser.get(url).text).split())


FINISHED = ("You have finished this course", "You finished this course on")


def course_page(now):
    said = words(now, fresh(now.course).url)
    done, total = map(int, re.search(r"(\d+) of (\d+) lessons? done", said).groups())
    finished = any(each in said for each in FINISHED)
    assert ("Your certificate" in said) == finished
    return Said(done, total, finished)


def your_progress(now):
    page = now.browser.get("/progress/").text
    section = page.split(f">{now.course.title}</a>")[1].split("</section>")[0]
    done, total = map(int, re.search(r"(\d+) of (\d+) lessons? done", section).groups())
    finished = "You finished this course on" in section or done == total
    return Said(done, total, finished)


def completion(now):
    enrolment = Enrolment.objects.get(course_key=now.course.translation_key)
    return enrolment.completed_at is not None


def certificates(now):
    rows = Certificate.objects.in_force().filter(enrolment__learner=now.learner)
    titles = [row.statement["course"] for row in rows]
    assert set(titles) <= {now.course.title}
    return bool(titles)


def assignment(now):
    return Obligation.objects.get().satisfied_at is not None


def my_learning(now):
    return not open_obligations_of(now.learner, timezone.now())


def lessons_in_reports(now):
    [count] = lesson_counts(
        list(Obligation.objects.select_related("assignment")), timezone.now()
    )
    return count.done, count.required


def finished_in_reports(now):
    course, rows = fresh(now.course), Obligation.objects.all()
    lessons = live_lessons_of([course.translation_key])[course.translation_key]
    lines = drop_off_lines(rows, course, lessons, ("asked", "finished"), timezone.now())
    return lines[-1].people == 1


READERS = {
    "course page": (course_page, lambda said: said),
    "your progress": (your_progress, lambda said: said),
    "completion": (completion, lambda said: said.is_completed),
    "certificates": (certificates, lambda said: said.is_completed),
    "assignment": (assignment, lambda said: said.is_completed),
    "my learning": (my_learning, lambda said: said.is_completed),
    "lessons in reports": (lessons_in_reports, lambda said: (said.done, said.total)),
    "finished in reports": (finished_in_reports, lambda said: said.is_completed),
}


@pytest.mark.sweep
@pytest.mark.parametrize("change", CHANGES)
def test_all_readers_agree_at_once(
    change, situation, django_capture_on_commit_callbacks
):
    steps, expected = CHANGES[change]
    for step in steps:
        with django_capture_on_commit_callbacks(execute=True):
            step(situation)
    found = {name: read(situation) for name, (read, _) in READERS.items()}
    wanted = {name: part(expected) for name, (_, part) in READERS.items()}
    assert found == wanted


def test_a_course_taken_offline_is_completed_when_it_comes_back(
    situation, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        fresh(situation.course).unpublish()
        withdraw(situation, 2)
    assert not completion(situation)
    assert not assignment(situation)
    said = words(situation, "/progress/")
    assert "Results of other lessons" in said
    assert said.count(f"in “{situation.course.title}”") == 2


@pytest.mark.parametrize("how", ["delete", "unpublish"])
def test_nobody_completes_a_course_while_all_of_it_goes(
    how, situation, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        if how == "delete":
            fresh(situation.course).delete()
        else:
            for number in (2, 1, 0):
                withdraw(situation, number)
    assert not Certificate.objects.exists()


def test_a_lesson_that_was_moved_is_asked_anew_for_its_new_course(situation):
    lesson = moved(situation.lesson(0), situation.other)
    result = lesson.url + "quiz/result/"
    assert f"It is now part of “{situation.other.title}”" in words(situation, result)
    situation.browser.post(lesson.url + "quiz/again/", {"which": "missed"})
    give_first_options(situation.browser, lesson)
    done = Enrolment.objects.get(course_key=situation.other.translation_key)
    assert done.lessons.get(lesson_key=lesson.translation_key).passed_at
    assert "It belongs to" not in words(situation, result)


NONE_LEFT = "None of its lessons are available at the moment."
OF_NONE = re.compile(r"\b0 of 0\b")


@pytest.mark.parametrize("goes", ["none", "all"])
def test_no_page_counts_lessons_of_none(client, goes):
    course, team = a_course(lessons=2), a_team()
    member = a_member(team)
    an_assignment(course, team)
    client.force_login(member.user)
    answer(client, lessons_of(course)[0].url + "quiz/", "Right")
    if goes == "all":
        for lesson in lessons_of(course):
            lesson.unpublish()
    for path in (course.url, f"{course.url}print/", "/progress/", "/my-learning/"):
        page = client.get(path).text
        assert not OF_NONE.search(page), path
        says_so = re.search(
            "none of its lessons are available at the moment", page, re.I
        )
        assert bool(says_so) == (goes == "all"), path
        assert not (goes == "all" and "Continue where you left off" in page), path


def test_a_course_still_without_lessons_says_so_to_newcomers(client):
    course = a_course(lessons=0)
    page = client.get(course.url).text
    assert NONE_LEFT in page
    assert "What you did in them is kept" not in page


def test_the_report_counts_no_lessons_of_none():
    line = SimpleNamespace(lessons=LessonCount(done=0, required=0))
    assert LessonsDoneColumn("lessons").get_value(line) == ""
