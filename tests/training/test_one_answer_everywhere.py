"""Whether something is done, due, valid or expired: every page gives the same answer.

An assignment asks for 80 per cent, the course for 60. Somebody reaches 60, then 100,
and then a year goes by.
"""

import datetime as dt
import re
from functools import partial

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from accounts.models import Learner
from course.models import LessonPage
from progress.models import Certificate
from tests.factories import a_course, a_lesson, lessons_of
from tests.quizzes.answering import answer_all
from tests.statements import statements_of
from tests.taking_quizzes import browser_of
from tests.training.moments import clock_at
from tests.training.outbox import START, days, run_worker
from tests.training.proof import files_of, record_in
from tests.training.reading import csv_rows
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.models import Status
from training.certificates.queries.certificates import with_state

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

TAG = re.compile(r"<(style|script).*?</\1>|<[^>]+>", re.DOTALL)
SIXTY = ["Right"] * 3 + ["Wrong"] * 2
FULL = ["Right"] * 5
NOT_AS_ASKED = "Finished, but not as your team asks"

clock = clock_at(START)


@pytest.fixture
def team():
    return a_team(time_zone="Europe/Madrid")


@pytest.fixture
def course():
    return a_course(lessons=2, questions=5, title="Hand hygiene")


@pytest.fixture
def learner(team):
    return a_member(team, email="anna@example.org", first_name="Anna", last_name="Berg")


@pytest.fixture
def assignment(team, course, learner):
    return an_assignment(
        course,
        team,
        title="Yearly hygiene",
        pass_mark=80,
        recurs_every_months=12,
        recurs_from="completion",
        window_days=30,
    )


@pytest.fixture
def trainer(team):
    return signed_in(a_trainer(team))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def go(clock, client, moment):
    """Move the clock, and sign in again: sessions end meanwhile."""
    clock.move_to(moment)
    run_worker()
    client.force_login(client.user)


@pytest.fixture
def staff(learner):
    client = signed_in(learner.user)
    client.user = learner.user
    return client


def words(client, path):
    """Return what the page says, without markup and line ends."""
    response = client.get(path, follow=True)
    assert response.status_code == 200, path
    main = response.text.split("<main")[1].split("</main>")[0]
    return " ".join(TAG.sub(" ", main).split())


def finish(course, learner, answers, *, again=False):
    for lesson in lessons_of(course):
        answer_all(lesson, learner, *answers, again=again)


def certificate_pages(client, learner):
    """Return what each page about the newest certificate says, and its evidence."""
    row = Certificate.objects.in_force().filter(enrolment__learner=learner).first()
    mine = f"/my-learning/certificates/{row.serial}/"
    [certificate] = with_state([row], timezone.now())
    pdf = render_to_string(
        "training/certificates/certificate_pdf.html", {"certificate": certificate}
    )
    return {
        "page": words(client, mine),
        "print": words(client, f"{mine}print/"),
        "pdf": " ".join(TAG.sub(" ", pdf).split()),
        "check": words(Client(), f"/certificates/{row.serial}/"),
    }


def test_sixty_per_cent_is_not_done_on_any_page(
    staff, trainer, learner, course, assignment
):
    finish(course, learner, SIXTY)
    lesson = lessons_of(course)[0]
    result = words(staff, f"{lesson.url}quiz/result/")
    assert NOT_AS_ASKED in result
    assert "You have finished" not in result
    for said in (result, words(staff, lesson.url), words(staff, course.url)):
        assert "at least 80% in each quiz" in said
        assert "Due on" in said
    for said in (result, words(staff, lesson.url)):
        assert "this assignment needs more right answers" in said
    at_course = words(staff, course.url)
    assert "0 of 2 lessons done" in at_course
    assert NOT_AS_ASKED in at_course
    assert "You have finished this course" not in at_course
    assert "You finished this course" not in at_course
    assert "You passed this course on 4 March 2026" in at_course
    progress = words(staff, "/progress/")
    assert "0 of 2 lessons done" in progress
    assert NOT_AS_ASKED in progress
    assert "You finished this course" not in progress
    assert "2 of 2 lessons left" in words(staff, "/my-learning/")


def test_nor_in_any_report_of_the_trainers(trainer, learner, course, assignment, clock):
    finish(course, learner, SIXTY)
    assert csv_rows(trainer, "matrix", right="on")[1] == [
        "Anna Berg",
        *["finished, not as required, 60%"] * 2,
    ]
    person = words(trainer, f"/admin/training/people/{learner.uuid}/")
    assert person.count(", not as required") == 2
    clock.move_to(days(20))
    trainer.force_login(a_trainer(assignment.teams.get(), email="later@example.org"))
    assert csv_rows(trainer, "behind")[1][-2:] == ["due soon", "0 of 2"]


def test_nor_on_any_page_of_the_certificate(
    staff, trainer, learner, course, assignment
):
    finish(course, learner, SIXTY)
    pages = certificate_pages(staff, learner)
    for name, said in pages.items():
        assert "at least 80% in each quiz" in said, name
        assert "Not met yet" in said, name
        assert "does not expire" not in said, name
    # Whoever checks it is not told for which employer's assignment.
    assert "Yearly hygiene" in pages["page"]
    assert "Yearly hygiene" not in pages["check"]
    [asked] = evidence_of(trainer, learner)["asked"]
    assert (asked["pass_mark"], asked["met"]) == (80, None)


def evidence_of(trainer, learner):
    response = trainer.get(f"/admin/training/people/{learner.uuid}/evidence.zip")
    record = record_in(files_of(response), learner)
    return record["courses"][0]["certificates"][0]


def test_eighty_per_cent_is_done_and_valid_for_a_year_on_every_page(
    staff, trainer, learner, course, assignment
):
    finish(course, learner, SIXTY)
    finish(course, learner, FULL, again=True)
    until = "4 March 2027"
    lesson = lessons_of(course)[0]
    result = words(staff, f"{lesson.url}quiz/result/")
    assert "You have finished every lesson" in result
    for path in (lesson.url, course.url, "/my-learning/"):
        said = words(staff, path)
        assert "Done on 4 March 2026" in said, path
        assert f"Valid until {until}" in said, path
    assert "You have finished this course" in words(staff, course.url)
    assert csv_rows(trainer, "matrix")[1] == ["Anna Berg", "done", "done"]
    for name, said in certificate_pages(staff, learner).items():
        assert f"It counts until {until}" in said, name
        assert "does not expire" not in said, name
    [asked] = evidence_of(trainer, learner)["asked"]
    assert asked["counts_until"].startswith("2027-03-04")


def test_in_the_window_it_is_in_date_and_to_be_renewed(
    staff, trainer, learner, course, assignment, clock
):
    finish(course, learner, FULL)
    go(clock, staff, days(350))
    trainer.force_login(a_trainer(assignment.teams.get(), email="later@example.org"))
    renew = "in date, renewal due"
    assert csv_rows(trainer, "matrix")[1] == ["Anna Berg", renew, renew]
    said = words(staff, course.url)
    assert "Valid until 4 March 2027" in said
    assert "Due on Thursday, 4 March 2027" in said
    assert "This certificate is valid" in certificate_pages(staff, learner)["check"]


def test_once_it_ran_out_it_is_expired_on_every_page(
    staff, trainer, learner, course, assignment, clock
):
    finish(course, learner, FULL)
    go(clock, staff, days(366))
    trainer.force_login(a_trainer(assignment.teams.get(), email="later@example.org"))
    assert csv_rows(trainer, "matrix")[1] == ["Anna Berg", "expired", "expired"]
    assert learner.obligations.with_status(timezone.now()).get(cycle=1).status == (
        Status.EXPIRED
    )
    said = certificate_pages(staff, learner)
    for name in ("page", "print", "pdf", "check"):
        assert "It counted until 4 March 2027" in said[name], name
        assert "This certificate has expired" in said[name], name
    assert "Overdue" in words(staff, course.url)
    assert "expired" in words(staff, "/my-learning/")


def pause_quizzes(last_day):
    """Let the quizzes of all lessons be asked until the day, as their review date."""
    LessonPage.objects.update(next_check=last_day - dt.timedelta(days=90))


def test_while_a_quiz_is_paused_no_page_calls_it_due(
    staff, trainer, learner, course, assignment, clock
):
    """One lesson is done, the other one's quiz pauses before the due date."""
    first, second = lessons_of(course)
    answer_all(first, learner, *FULL)
    pause_quizzes(days(12).date())
    go(clock, staff, days(40))
    trainer.force_login(a_trainer(assignment.teams.get(), email="later@example.org"))
    result = f"{first.url}quiz/result/"
    for path in (course.url, first.url, second.url, result, "/my-learning/"):
        said = words(staff, path)
        assert "paused" in said.lower(), path
        assert "so it is not due" in said, path
        assert "Overdue" not in said, path
        assert "Due on" not in said, path
    assert "You have finished this lesson" in words(staff, result)
    for path in (first.url, result):
        assert "You have done this lesson as required" in words(staff, path), path
    assert "1 of 2 lessons done as required" in words(staff, course.url)
    assert "The quiz is being reviewed" in words(staff, second.url)
    assert csv_rows(trainer, "matrix")[1] == ["Anna Berg", "done", "quiz paused"]
    assert len(csv_rows(trainer, "behind")) == 1
    assert "1 more is paused" in words(trainer, "/admin/training/reports/behind/")
    assert not Certificate.objects.exists()


def test_what_ran_out_while_paused_is_expired_and_not_overdue(
    staff, trainer, learner, course, assignment, clock
):
    finish(course, learner, FULL)
    pause_quizzes(days(355).date())
    go(clock, staff, days(350))
    go(clock, staff, days(370))
    trainer.force_login(a_trainer(assignment.teams.get(), email="later@example.org"))
    assert csv_rows(trainer, "matrix")[1] == [
        "Anna Berg",
        *["expired, quiz paused"] * 2,
    ]
    assert len(csv_rows(trainer, "behind")) == 1
    *_past, newest = csv_rows(trainer, "completion")
    assert [newest[n] for n in (2, 3, 5, 6)] == ["1", "0", "1", "1"]
    assert "This certificate has expired" in certificate_pages(staff, learner)["page"]
    for path in (course.url, "/my-learning/"):
        said = words(staff, path)
        assert "so it is not due" in said, path
        assert "Overdue" not in said, path


def test_not_as_asked_stays_said_while_its_quiz_is_paused(
    trainer, learner, course, assignment, clock
):
    finish(course, learner, SIXTY)
    pause_quizzes(days(12).date())
    clock.move_to(days(20))
    run_worker()
    trainer.force_login(a_trainer(assignment.teams.get(), email="later@example.org"))
    person = words(trainer, f"/admin/training/people/{learner.uuid}/")
    assert person.count(", not as required") == 2
    assert "paused" in person


def test_who_is_asked_nothing_reads_what_the_course_says(course, learner):
    stranger = a_member(a_team("Ward 9"))
    finish(course, stranger, SIXTY)
    client = signed_in(stranger.user)
    assert "You have finished this course" in words(client, course.url)
    assert "What your team asks" not in words(client, course.url)


def test_a_patient_without_account_costs_no_query_more(client, course, assignment):
    answer_all(lessons_of(course)[0], None, *FULL)
    client = browser_of(Learner.objects.get(user=None).token)
    for path in (course.url, lessons_of(course)[0].url, "/progress/"):
        asked = statements_of(partial(client.get, path))
        assert not [sql for sql in asked if "training_" in sql], path


def test_a_lesson_added_once_it_was_done_is_asked_of_nobody(
    staff, trainer, learner, course, assignment, clock
):
    finish(course, learner, FULL)
    new = a_lesson(course, questions=1, title="A new one")
    new.save_revision().publish()
    done = "done"
    assert csv_rows(trainer, "matrix")[1][1:] == [
        done,
        done,
        "added later, not required",
    ]
    at_course = words(staff, course.url)
    assert "It stays finished. One lesson has been added since." in at_course
    assert "2 of 3 lessons done" in at_course
    assert "A new one Not started" in words(staff, "/progress/")
    at_lesson = words(staff, new.url)
    assert "This lesson was added after you completed what was asked" in at_lesson
    other = lessons_of(course)[0]
    assert "was added after" not in words(staff, other.url)
    assert "lessons left" not in words(staff, "/my-learning/")
    # Once it has run out, the new cycle asks for all of it.
    go(clock, staff, days(366))
    assert "3 of 3 lessons left" in words(staff, "/my-learning/")
    assert "was added after" not in words(staff, new.url)


def test_a_lesson_added_after_somebody_else_did_it_is_not_said_to_be_done(
    trainer, team, learner, course, assignment
):
    late = a_member(team, email="ben@example.org", last_name="Cole")
    finish(course, learner, FULL)
    a_lesson(course, questions=1).save_revision().publish()
    rows = {name.split()[-1]: row for name, *row in csv_rows(trainer, "matrix")}
    assert rows["Berg"][2] == "added later, not required"
    assert rows["Cole"] == ["not started"] * 3
    assert late.obligations.get().satisfied_at is None
