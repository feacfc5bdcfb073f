"""Actions on learners and accounts."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, UUIDField

from accounts import register
from accounts.identity import Identity
from accounts.models import Learner, User
from accounts.rules.names import clean_address, storable_name
from jobs.files import delete_all_files
from page_cache.prepared import Given, PreparedQuery


def _lockable():
    return Learner.objects.select_for_update(no_key=True)


_LOCKED_BY_USER = PreparedQuery(
    lambda: _lockable().filter(user=Given("user", BigIntegerField()))
)
_LOCKED_BY_TOKEN = PreparedQuery(
    lambda: _lockable().filter(token=Given("token", UUIDField()))
)


class UnableToMerge(Exception):
    """Only what was done without an account can be given to another learner."""


def get_or_create_learner(*, identity: Identity, at: datetime) -> Learner:
    """Return the learner of this identity, created now if there is none yet.

    The row is locked for the caller's transaction, so that nobody can sign in and have
    it merged away in the middle of an action.
    """
    known = lock_learner_of(identity) or _create_learner(identity, at)
    return known or lock_learner_of(identity)


def lock_learner_of(identity: Identity) -> Learner | None:
    """Return the learner of this identity, or None if it was erased or never was.

    The row is locked as by `get_or_create_learner`.
    """
    if identity.user:
        return _LOCKED_BY_USER.first(user=identity.user.pk)
    return _LOCKED_BY_TOKEN.first(token=identity.token)


def _create_learner(identity, at):
    """Return a new learner, or None if another request has just made it."""
    known_by = {"user": identity.user} if identity.user else {"token": identity.token}
    try:
        with transaction.atomic():
            return Learner.objects.create(**known_by, created_at=at, last_active_at=at)
    except IntegrityError:
        return None


def lock_learners(learners: Iterable[int]) -> set[int]:
    """Lock these learners, by primary key, and return those who are not erased.

    The lock lasts for the caller's transaction.

    Every action that changes their rows does this first, in this order, to avoid
    deadlocks; see `docs/architecture.md`. Rows that only refer to them can still be
    added.
    """
    rows = Learner.objects.filter(pk__in=set(learners)).order_by("pk")
    locked = rows.select_for_update(no_key=True).values_list("pk", "erased_at")
    return {pk for pk, erased_at in locked if erased_at is None}


def note_activity(*, learner: Learner, at: datetime) -> None:
    """Record that the learner did something, at most once a day."""
    if not learner.acted_lately(at):
        learner.last_active_at = at
        learner.save(update_fields=["last_active_at"])


@transaction.atomic
def attach_learning(*, user: User, token: uuid.UUID, at: datetime) -> None:
    """Give the account the learning done in the browser with this token.

    A token that does not belong to any learner changes nothing.
    """
    source = Learner.objects.present().filter(token=token).first()
    if source is None:
        return
    moments = {"created_at": at, "last_active_at": at}
    target, _ = Learner.objects.get_or_create(user=user, defaults=moments)
    merge_learners(source=source, target=target, at=at)


@transaction.atomic
def merge_learners(*, source: Learner, target: Learner, at: datetime) -> None:
    """Give all of the source's learning to the target, and blank the source.

    Merging again changes nothing. Raises UnableToMerge, with nothing done, if the
    source has an account or the target was erased.
    """
    pair = Learner.objects.filter(pk__in=[source.pk, target.pk]).order_by("pk")
    locked = {learner.pk: learner for learner in pair.select_for_update()}
    source, target = locked[source.pk], locked[target.pk]
    if source.erased_at:
        return
    if source.user_id or target.erased_at or source == target:
        raise UnableToMerge(f"{source} cannot be merged into {target}.")
    for holding in register.learner_holdings():
        if holding.merge:
            holding.merge(source, target, at)
    _blank(source, at)
    target.created_at = min(source.created_at, target.created_at)
    target.last_active_at = max(source.last_active_at, target.last_active_at)
    target.save(update_fields=["created_at", "last_active_at"])
    for holding in register.learner_holdings():
        if holding.merged:
            holding.merged(learner=target, at=at)


@transaction.atomic
def erase_learner(*, learner: Learner, at: datetime) -> None:
    """Blank the learner everywhere, and keep unlinked answers for statistics.

    Their account, if any, is kept. Erasing again changes nothing.
    """
    # A full lock, because the row's own key changes: no new row may refer to it.
    locked = Learner.objects.select_for_update().get(pk=learner.pk)
    if locked.erased_at:
        return
    for holding in register.learner_holdings():
        if holding.erase:
            holding.erase(locked, at)
    _blank(locked, at)
    learner.refresh_from_db()


def _blank(learner, at):
    # A new UUID as well: the learner may have downloaded the old one.
    Learner.objects.filter(pk=learner.pk, erased_at=None).update(
        uuid=uuid.uuid4(), user=None, token=None, erased_at=at
    )


@transaction.atomic
def erase_person(*, learner: Learner | None, user: User | None, at: datetime) -> None:
    """Blank the person everywhere: the learner, and the account if there is one.

    Files that jobs made are deleted, because the person may be in them.
    """
    if learner:
        erase_learner(learner=learner, at=at)
    if user:
        for holding in register.account_holdings():
            holding.erase(user, at)
        transaction.on_commit(delete_all_files)


def purge_idle_learners(*, at: datetime, idle_days: int, dry_run: bool) -> int:
    """Erase learners without an account who have been idle for over `idle_days` days.

    Returns how many; with `dry_run`, nothing is erased.
    """
    # Activity is recorded once a day, so the last one may be up to a day later.
    idle = Learner.objects.idle_since(at - timedelta(days=idle_days + 1))
    if dry_run:
        return idle.count()
    keys = list(idle.values_list("pk", flat=True))
    return sum(_erase_if_still_idle(idle, key, at) for key in keys)


@transaction.atomic
def _erase_if_still_idle(idle, key, at):
    learner = idle.select_for_update().filter(pk=key).first()
    if learner is None:
        return False
    erase_learner(learner=learner, at=at)
    return True


@transaction.atomic
def trust_address(*, user: User) -> None:
    """Make the account's e-mail address its only verified sign-in address.

    For addresses entered by an administrator: these need no confirmation, and a
    replaced address can no longer be used to sign in.
    """
    known = EmailAddress.objects.filter(user=user)
    email = clean_address(user.email)
    known.exclude(email=email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def change_addresses(*, addresses: Mapping[User, str]) -> None:
    """Give each account its new address, trusted as in `trust_address`.

    Three queries for any number. Raises IntegrityError, with nothing done, if somebody
    else has one of them.
    """
    for user, email in addresses.items():
        user.email = clean_address(email)
    User.objects.bulk_update(addresses, ["email"], batch_size=500)
    EmailAddress.objects.filter(user__in=list(addresses)).delete()
    EmailAddress.objects.bulk_create(
        [
            EmailAddress(user=user, email=user.email, verified=True, primary=True)
            for user in addresses
        ],
        batch_size=500,
    )


@transaction.atomic
def make_accounts(*, people: Iterable[tuple[str, str, str]]) -> list[User]:
    """Create an account without a password for each (address, first and last name).

    The addresses are trusted, as in `trust_address`. Three queries for any number;
    an address already in use raises IntegrityError, with nothing created.
    """
    users = [
        User(
            email=clean_address(email),
            first_name=storable_name(first_name),
            last_name=storable_name(last_name),
            password=make_password(None),
        )
        for email, first_name, last_name in people
    ]
    made = User.objects.bulk_create(users, batch_size=500)
    addresses = [
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in made
    ]
    EmailAddress.objects.bulk_create(addresses, batch_size=500)
    return made
