"""Who sees background work."""

from django.contrib.auth.models import AbstractUser, AnonymousUser


def may_watch_work(user: AbstractUser | AnonymousUser) -> bool:
    """Return whether the user sees what runs in the background, and runs it again."""
    return user.has_perm("jobs.watch_work")
