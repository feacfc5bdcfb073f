import datetime as dt, uuid, re
import pytest, time_machine
from django.test import Client
from django.core import mail
from django.utils import timezone
from tests.training.test_one_answer_everywhere import *
from tests.training.test_one_answer_everywhere import pytestmark
from tests.training.outbox import *
from tests.training.reading import csv_rows
from tests.training.teams import *
from training.actions import exceptions as ex
from training.actions.belonging import join, leave
from training.models import *

for _n in [k for k in dir() if k.startswith("test_")]:
    del globals()[_n]


def after(text, mark, n=420):
    i = text.find(mark)
    return text[i : i + n] if i >= 0 else "(-)"


def report(course, learner, team, label):
    team_trainer = a_trainer(
        team, email=f"t{uuid.uuid4().hex[:5]}@example.org", last_name="Trainer"
    )
    t = signed_in(team_trainer)
    s = signed_in(learner.user)
    print("=====", label, timezone.now().date())
    l = lessons_of(course)
    for i, le in enumerate(l):
        print(f" lesson{i}:", after(words(s, le.url), "What your team asks"))
        r = s.get(le.url + "quiz/result/", follow=True)
        if (
            "result" in (r.redirect_chain or [("quiz/result", 0)])[-1][0]
            and r.status_code == 200
        ):
            print(f" result{i}:", words(s, le.url + "quiz/result/")[:500])
    c = words(s, course.url)
    print(
        " course:", after(c, "lessons done", 300), "||", after(c, "What your team asks")
    )
    print(" progress:", words(s, "/progress/")[:400])
    print(" my:", words(s, "/my-learning/")[:700])
    ics = s.get("/my-learning/calendar.ics")
    if ics.status_code == 404:
        print(" ics 404")
    else:
        print(
            " ics:",
            [
                x
                for x in ics.content.decode().replace("\r\n ", "").splitlines()
                if x[:7] in ("SUMMARY", "DTSTART", "STATUS:", "DESCRIP", "SEQUENC")
            ],
        )
    print(" matrix:", csv_rows(t, "matrix"))
    print(" behind:", csv_rows(t, "behind"))
    print(" completion:", csv_rows(t, "completion")[0], csv_rows(t, "completion")[-1])
    p = words(t, f"/admin/training/people/{learner.uuid}/")
    print(" person:", p[:900])
    for m in mail.outbox:
        print(" MAIL", m.to, m.subject)
    mail.outbox.clear()


def kw(trainer, **k):
    return dict(reason="Ill", key=uuid.uuid4(), by=trainer, at=timezone.now()) | k


def xtest_waived(course, team, learner, assignment, clock):
    tr = a_trainer(team, email="x@example.org")
    answer_all(lessons_of(course)[0], learner, *FULL)
    ex.waive(
        obligation=learner.obligations.get(), **kw(tr, days=None) if False else kw(tr)
    )
    clock.move_to(days(40))
    run_worker()
    report(course, learner, team, "waived after one lesson, past due")


def test_extended(course, team, learner, assignment, clock):
    tr = a_trainer(team, email="x@example.org")
    ex.extend(obligation=learner.obligations.get(), **kw(tr, due_on=days(50).date()))
    clock.move_to(days(35))
    run_worker()
    report(course, learner, team, "extended 20, at day 35")
    clock.move_to(days(55))
    run_worker()
    report(course, learner, team, "extended 20, at day 55")


def test_hand_over(course, team, learner, assignment, clock):
    tr = a_trainer(team, email="x@example.org")
    ben = a_member(
        a_team("Other"), email="ben@example.org", first_name="Ben", last_name="Cole"
    )
    join(team=team, learner=ben, role="trainer", at=timezone.now())
    ex.hand_over(obligation=learner.obligations.get(), deputy=ben, **kw(tr))
    answer_all(lessons_of(course)[0], ben, *FULL)
    clock.move_to(days(35))
    run_worker()
    report(course, learner, team, "handed over, day 35")
    report(course, ben, team, "deputy, day 35")


def test_used_up(course, team, learner, clock):
    a = an_assignment(course, team, title="Once", attempts_counted=1)
    tr = a_trainer(team, email="x@example.org")
    finish(course, learner, SIXTY[:2] + ["Wrong"] * 3)
    finish(course, learner, FULL, again=True)
    report(course, learner, team, "attempt used up, then all right")
    ex.grant_attempts(obligation=learner.obligations.get(), **kw(tr, number=1))
    run_worker()
    report(course, learner, team, "one more granted")


def test_late(course, team, learner, assignment, clock):
    finish(course, learner, FULL)
    clock.move_to(days(20))
    zed = a_member(team, email="zed@example.org", first_name="Zed", last_name="Zappa")
    answer_all(lessons_of(course)[0], zed, *FULL)
    run_worker()
    report(course, zed, team, "late joiner, day 20, one lesson")
    clock.move_to(days(366))
    run_worker()
    answer_all(lessons_of(course)[0], learner, *FULL)
    run_worker()
    report(course, learner, team, "ran out, cycle 2 half")
    gone = lessons_of(course)[1]
    with capture():
        gone.unpublish()
    report(course, learner, team, "the other lesson unpublished")


def test_moved(course, team, learner, assignment, clock):
    other = a_course(title="Other course", lessons=1)
    finish(course, learner, FULL)
    with capture():
        lessons_of(course)[1].move(other, "last-child")
    report(course, learner, team, "lesson moved away after done")
    report(other, learner, team, "other course that got it")


from contextlib import contextmanager
from django.test import TestCase


@contextmanager
def capture():
    with TestCase.captureOnCommitCallbacks(execute=True):
        yield
