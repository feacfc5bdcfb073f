"""Carrying on elsewhere: making words, taking them back, and opening with them."""

import datetime as dt
import secrets

from django.db import transaction

from accounts.actions.learners import (
    attach_learning,
    lock_learners,
    merge_learners,
    note_activity,
)
from accounts.identity import Identity
from accounts.models import Learner
from progress.models import ResumeWords
from progress.models.resume_words import digest_words
from progress.queries import words_meant
from progress.rules.resume_words import Words, draw_words

LASTS = dt.timedelta(days=90)


class UnableToMakeWords(Exception):
    """The learner has an account, which opens everywhere, or was erased."""


class UnableToResume(Exception):
    """What was typed opens nothing, or may mean more than one learner."""


@transaction.atomic
def make_resume_words(*, learner: Learner, language: str, at: dt.datetime) -> Words:
    """Return five new words that open the learner's progress for 90 days.

    Earlier ones open nothing any more. Raises UnableToMakeWords.
    """
    lock_learners([learner.pk])
    if not Learner.objects.present().filter(pk=learner.pk, user=None).exists():
        raise UnableToMakeWords
    revoke_resume_words(learner=learner)
    words = draw_words(language, secrets.choice)
    ResumeWords.objects.create(
        learner=learner, digest=digest_words(words), made_at=at, expires_at=at + LASTS
    )
    return words


def revoke_resume_words(*, learner: Learner) -> None:
    """Let no words open the learner's progress any more."""
    ResumeWords.objects.filter(learner=learner).delete()


@transaction.atomic
def resume_learning(
    *, text: str, language: str, identity: Identity, at: dt.datetime
) -> Identity:
    """Return who acts from now on: the learner whose words these are.

    What this identity has learnt is merged, as at sign-in; somebody signed in stays who
    they are. Raises UnableToResume, with nothing done.
    """
    found = words_meant(text, language, at)
    mine = _learner_of(identity)
    present = lock_learners(each.pk for each in (mine, found and found.learner) if each)
    # The words may have come to another learner before the lock was there.
    found = words_meant(text, language, at)
    if found is None or found.learner_id not in present:
        raise UnableToResume
    note_activity(learner=found.learner, at=at)
    if identity.user:
        attach_learning(user=identity.user, token=found.learner.token, at=at)
        return identity
    if mine and mine.pk in present and mine != found.learner:
        merge_learners(source=mine, target=found.learner, at=at)
    return Identity(found.learner.token)


def _learner_of(identity):
    known_by = {"user": identity.user} if identity.user else {"token": identity.token}
    return Learner.objects.present().filter(**known_by).first()


def merge_resume_words(source: Learner, target: Learner, at: dt.datetime) -> None:
    """Let the source's words open the target, unless it has an account.

    An account opens by signing in, and by nothing less.
    """
    words = ResumeWords.objects.filter(learner=source)
    if target.user_id:
        words.delete()
    else:
        words.update(learner=target)


def erase_resume_words(learner: Learner, at: dt.datetime) -> None:
    """Let no words open what is left of the learner."""
    revoke_resume_words(learner=learner)


def purge_resume_words(*, at: dt.datetime) -> int:
    """Delete words whose time is over; return how many learners' words."""
    return ResumeWords.objects.filter(expires_at__lte=at).delete()[0]
