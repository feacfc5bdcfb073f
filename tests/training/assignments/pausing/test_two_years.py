"""The shipped course for two years: every mail that leaves, and what pages say meanwhile.

Its review is due on 22 May 2027 and its quizzes are asked for 90 days more: they pause
from 21 August 2027 until the course is reviewed on 20 December, and once more from
31 August 2028 on.
"""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client

from mail.models import Message
from tests.training.assignments.pausing.years import learn, on, renew
from tests.training.outbox import run_worker
from tests.training.reading import csv_rows
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.models import Assignment

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

ONE_DAY = dt.timedelta(days=1)
SHOWN = (
    "Asked on its last day",
    "In date on its last day",
    "Not in date, because paused",
    "Ever finished by then",
)
BEGIN, END = dt.date(2026, 12, 1), dt.date(2028, 12, 1)
# Who does the whole course on which day.
LEARNT = {
    dt.date(2027, 1, 10): "ann",
    dt.date(2027, 3, 1): "bob",
    dt.date(2028, 1, 12): "ann",
    dt.date(2028, 2, 1): "carl",
    dt.date(2028, 2, 20): "bob",
}
JOINED = {dt.date(2027, 8, 10): "carl", dt.date(2028, 8, 15): "dora"}
REVIEWED = {dt.date(2027, 12, 20): dt.date(2028, 6, 1)}

# Days on which mail leaves or could leave, though nobody does anything.
PAUSES = (dt.date(2027, 8, 21), dt.date(2028, 8, 31))
WARNED = (-60, -30, -7, 0)
DUE = {
    dt.date(2027, 1, 31): (-14, -3, 0, 1, 4, 7, 8, 14, 15, 22),
    # Ann's and Carl's with the days that it was paused, and Bob's.
    dt.date(2028, 1, 20): (-14, -3),
    dt.date(2028, 2, 9): (-14, -3, 0),
    dt.date(2028, 3, 1): (-30, -14, -3, 0),
}
RENEWAL_OPENS = dt.date(2027, 12, 11)

TITLE = "Stem cell therapy for hair loss"
MAILS = [
    ("2026-12-01", "ann", "To learn: Safety"),
    ("2026-12-01", "bob", "To learn: Safety"),
    ("2027-01-17", "bob", "Due on 31 January: Safety"),
    ("2027-01-28", "bob", "Due on 31 January: Safety"),
    ("2027-01-31", "bob", "Due today: Safety"),
    ("2027-02-01", "bob", "Overdue: Safety"),
    ("2027-02-01", "tess", "Who is behind in your teams"),
    ("2027-02-04", "bob", "Overdue: Safety"),
    ("2027-02-07", "bob", "Overdue: Safety"),
    ("2027-02-07", "mona", "Long overdue in Ward 3: Safety"),
    ("2027-02-08", "tess", "Who is behind in your teams"),
    ("2027-02-14", "bob", "Overdue: Safety"),
    ("2027-02-15", "tess", "Who is behind in your teams"),
    ("2027-02-22", "tess", "Who is behind in your teams"),
    ("2027-03-01", "bob", "Done: Safety"),
    # Nobody needed the quizzes 60 and 30 days before they pause.
    ("2027-08-10", "tess", f"Quizzes will pause in 11 days: {TITLE}"),
    ("2027-08-10", "carl", "To learn: Safety"),
    ("2027-08-14", "tess", f"Quizzes will pause in 7 days: {TITLE}"),
    # Ann's renewal opened on 11 December, while it could not be done.
    ("2027-12-20", "ann", "To learn: Safety"),
    ("2027-12-20", "carl", "New due date, 9 February: Safety"),
    ("2028-01-06", "ann", "Due on 20 January: Safety"),
    ("2028-01-26", "carl", "Due on 9 February: Safety"),
    ("2028-01-31", "bob", "To learn: Safety"),
    ("2028-02-16", "bob", "Due on 1 March: Safety"),
    ("2028-08-15", "tess", f"Quizzes will pause in 16 days: {TITLE}"),
    ("2028-08-15", "dora", "To learn: Safety"),
    ("2028-08-24", "tess", f"Quizzes will pause in 7 days: {TITLE}"),
]
# Who is behind or has it due soon; how many are asked, in date, paused, have ever finished; and what Ann,
# Bob, Carl and Dora find on My learning.
FIGURES = {
    dt.date(2027, 1, 5): ([], "2 0 0 0", [["open"], ["open"]]),
    dt.date(2027, 2, 10): (["Bob"], "2 1 0 1", [["done"], ["overdue"]]),
    dt.date(2027, 9, 15): ([], "3 2 1 2", [["done"], ["done"], ["paused"]]),
    # Ann is in date until 10 January, and cannot renew it yet.
    dt.date(2027, 12, 15): ([], "3 2 1 2", [["paused", "done"], ["done"], ["paused"]]),
    # Her year ran out on 10 January; the days are added to what is due.
    dt.date(2028, 1, 11): (["Ann"], "3 1 0 2", [["due_soon"], ["done"], ["open"]]),
    dt.date(2028, 1, 15): ([], "3 2 0 2", [["done"], ["done"], ["open"]]),
    dt.date(2028, 3, 10): ([], "3 3 0 3", [["done"], ["done"], ["done"]]),
    dt.date(2028, 10, 20): ([], "4 3 1 3", [["done"], ["done"], ["done"], ["paused"]]),
}


def event_days():
    """Return the days on which anything happens, the Mondays while Bob is late too."""
    found = {BEGIN, END, *LEARNT, *JOINED, *REVIEWED, RENEWAL_OPENS, *FIGURES}
    steps = DUE | dict.fromkeys(PAUSES, WARNED)
    found |= {day + n * ONE_DAY for day, days in steps.items() for n in days}
    return sorted(found)


def every_day():
    return [BEGIN + n * ONE_DAY for n in range((END - BEGIN).days + 1)]


class World:
    def __init__(self, taught):
        self.course = taught
        self.team = a_team(
            "Ward 3",
            manager_name="Mona",
            manager_email="mona@example.org",
            time_zone="UTC",
        )
        self.trainer = a_trainer(self.team, email="tess@example.org")
        self.people = {}
        self.join("ann")
        self.join("bob")
        an_assignment(
            taught,
            self.team,
            title="Safety",
            due_on=dt.date(2027, 1, 31),
            recurs_every_months=12,
            recurs_from=Assignment.RecursFrom.COMPLETION,
            window_days=30,
            escalate_after_days=7,
        )

    def join(self, name):
        address = f"{name}@example.org"
        self.people[name] = a_member(self.team, email=address, first_name=name.title())

    def live(self, day):
        """Let happen what happens in the morning of the day."""
        if day in JOINED:
            self.join(JOINED[day])
        if day in LEARNT:
            learn(self.people[LEARNT[day]], self.course)
        if day in REVIEWED:
            renew(REVIEWED[day])

    def figures(self):
        """Return what the trainer reads on this day, and what the people read."""
        client = Client()
        client.force_login(self.trainer)
        heads, *_past, today = csv_rows(client, "completion")
        figures = dict(zip(heads, today, strict=True))
        return (
            [row[0] for row in csv_rows(client, "behind")[1:]],
            " ".join(figures[head] for head in SHOWN),
            [sections_of(each.user) for each in self.people.values()],
        )


def sections_of(user):
    """Return which sections My learning shows to somebody."""
    client = Client()
    client.force_login(user)
    context = client.get("/my-learning/").context
    return [str(status.value) for status, _items in context["mine"].sections]


@pytest.mark.parametrize(
    "days", [event_days, pytest.param(every_day, marks=pytest.mark.again)]
)
def test_every_mail_and_figure_of_two_years(
    clock,
    course,
    days,
    django_capture_on_commit_callbacks,
):
    clock.move_to(on(2026, 12, 1, 7))
    world, found, figures = World(course), [], {}
    for day in days():
        clock.move_to(on(day.year, day.month, day.day, 8))
        with django_capture_on_commit_callbacks(execute=True):
            world.live(day)
        clock.move_to(on(day.year, day.month, day.day, 9))
        run_worker()
        found += [(str(day), m.to[0].split("@")[0], m.subject) for m in mail.outbox]
        mail.outbox.clear()
        if day in FIGURES:
            figures[day] = world.figures()
    assert found == MAILS
    assert figures == FIGURES
    words = Message.objects.get(scheduled_for__date=dt.date(2028, 1, 6)).text
    assert "It could not be done for 10 days, which have been added." in words
