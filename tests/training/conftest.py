"""Who takes part in tests of the training room, and a clock that stands still."""

import uuid

import pytest
from django.utils import timezone

from tests.training.invitations import ANN
from tests.training.moments import START, clock_at
from tests.training.staff import a_team, a_trainer
from training.teams.actions.invitations import Newcomer, add_people
from training.teams.models import Invitation

clock = clock_at(START, autouse=False)


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def trainer(team):
    return a_trainer(team, email="trainer@example.org")


@pytest.fixture
def door(client, trainer):
    """The trainer's browser."""
    client.force_login(trainer)
    return client


@pytest.fixture
def invitation(team, trainer):
    """Ann's, from the trainer."""
    add_people(team=team, people=[Newcomer(ANN)], by=trainer, at=timezone.now())
    return Invitation.objects.get()


@pytest.fixture
def send(door, django_capture_on_commit_callbacks):
    """Send a form, and do what is done after the commit."""

    def post(url, data, step):
        with django_capture_on_commit_callbacks(execute=True):
            return door.post(url, data | {"step": step})

    return post


@pytest.fixture
def except_it(trainer):
    """Make an exception as the trainer, now unless another moment is said."""

    def make(verb, obligation, at=START, **terms):
        usual = {"reason": "Ill", "key": uuid.uuid4(), "by": trainer}
        return verb(obligation=obligation, at=at, **usual | terms)

    return make
