"""Made-up teams, the people in them and what they are asked to learn."""

import datetime as dt
import random
import uuid
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from faker import Faker

from accounts.models import Learner, User
from training.assignments.models import Assignment
from training.teams.access import TRAINER
from training.teams.models import Membership, Team

BATCH = 2000
MIDNIGHT = dt.time(0)
ZONES = ("UTC", "Europe/Madrid", "Europe/London", "Asia/Tokyo")
# Days from now at which the waves of an assignment fall due.
WAVES = (-50, -35, -24, -17, -12, -9, -6, -3, -1, 2, 6, 11, 25)
DAYS_GIVEN = 60


@dataclass(frozen=True)
class Member:
    """A made-up member: their learner, team, and when they joined."""

    learner: Learner
    team: Team
    joined_at: dt.datetime
    ability: float


def new_uuid(rng: random.Random) -> uuid.UUID:
    """Return a random UUID that the seed decides."""
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def make_teams(rng: random.Random, count: int, at: dt.datetime) -> list[Team]:
    """Return new teams, named so that they do not meet those already there.

    They have no quiet hours, so that mail can be measured at any time of the day.
    """
    first = Team.objects.count() + 1
    return Team.objects.bulk_create(
        [
            Team(
                name=f"Team {first + number:04}",
                time_zone=ZONES[number % len(ZONES)],
                manager_name="The manager",
                manager_email=f"manager{first + number:04}@example.org",
                quiet_from=MIDNIGHT,
                quiet_until=MIDNIGHT,
                created_at=at - dt.timedelta(days=400),
            )
            for number in range(count)
        ],
        batch_size=BATCH,
    )


def make_members(
    rng: random.Random, teams: list[Team], count: int, at: dt.datetime
) -> list[Member]:
    """Return new members, spread evenly over the teams; each team gets a trainer."""
    learners = _make_learners(rng, count + len(teams), at)
    trainers, members = learners[: len(teams)], learners[len(teams) :]
    made = [
        Member(
            learner,
            teams[number % len(teams)],
            at - dt.timedelta(days=_days_since_joining(rng)),
            rng.gauss(0, 1),
        )
        for number, learner in enumerate(members)
    ]
    Membership.objects.bulk_create(
        [_membership(m.team, m.learner, "member", m.joined_at) for m in made],
        batch_size=BATCH,
    )
    _put_in_charge(teams, trainers)
    return made


def _days_since_joining(rng):
    """Return 300 for nine of ten, and fewer for those who came later."""
    return 300 if rng.random() < 0.9 else rng.randrange(5, 100)


def _membership(team, learner, role, joined_at):
    return Membership(team=team, learner=learner, role=role, joined_at=joined_at)


def _put_in_charge(teams, trainers):
    pairs = list(zip(teams, trainers, strict=True))
    Membership.objects.bulk_create(
        [_membership(team, who, "trainer", team.created_at) for team, who in pairs],
        batch_size=BATCH,
    )
    group = Group.objects.get(name=TRAINER)
    belongs = User.groups.through
    belongs.objects.bulk_create(
        [belongs(user_id=who.user_id, group_id=group.pk) for who in trainers],
        batch_size=BATCH,
    )


def _make_learners(rng, count, at):
    fake = Faker("en_GB")
    fake.seed_instance(rng.getrandbits(32))
    first = User.objects.count() + 1
    users = User.objects.bulk_create(
        [
            User(
                email=f"staff{first + number:06}@example.org",
                first_name=fake.first_name(),
                last_name=fake.last_name(),
                password=make_password(None),
            )
            for number in range(count)
        ],
        batch_size=BATCH,
    )
    return Learner.objects.bulk_create(
        [
            Learner(
                user=user,
                uuid=new_uuid(rng),
                created_at=at - dt.timedelta(days=400),
                last_active_at=at,
            )
            for user in users
        ],
        batch_size=BATCH,
    )


def make_assignments(
    course, lessons: list[str], teams: list[Team], at: dt.datetime
) -> dict[int, list[Assignment]]:
    """Return team id → the three things it is asked, in waves that fall due apart.

    The whole course, renewed every year; its second half; its beginning.
    """
    half = len(lessons) // 2
    asked = [
        (course.title, [], 12),
        ("Refresher: the second half", lessons[half:], None),
        ("Refresher: the beginning", lessons[:half], None),
    ]
    found: dict[int, list[Assignment]] = {team.pk: [] for team in teams}
    for shift, (title, chosen, months) in enumerate(asked):
        for wave, days in enumerate(WAVES):
            group = [t for n, t in enumerate(teams) if (n + shift) % len(WAVES) == wave]
            due_on = at.date() + dt.timedelta(days=days)
            made = _make_assignment(course, title, chosen, months, due_on)
            made.teams.set(group)
            for team in group:
                found[team.pk].append(made)
    return found


def _make_assignment(course, title, chosen, months, due_on):
    starts_on = due_on - dt.timedelta(days=DAYS_GIVEN)
    return Assignment.objects.create(
        title=f"{title}, by {due_on:%-d %b}",
        course_key=course.translation_key,
        lesson_keys=chosen,
        starts_on=starts_on,
        due_rule=Assignment.DueRule.ON_A_DATE,
        due_on=due_on,
        prior_counts=bool(chosen),
        recurs_every_months=months,
        recurs_from=Assignment.RecursFrom.COMPLETION if months else "",
        created_at=dt.datetime.combine(starts_on, dt.time(8), dt.UTC),
    )
