"""Which learner a request comes from.

People who have signed in are identified by their account. Otherwise the browser keeps a
random token in a signed cookie. Nothing is stored on the server before the learner's
first action, so a cookie may not belong to a learner yet.
"""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db.models import BigIntegerField, UUIDField
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from accounts.models import Learner, User
from page_cache.prepared import Given, PreparedQuery

COOKIE = "learner"
# Holds a submitted answer that could not be saved, for an hour.
DRAFT_COOKIE = "draft"
# Holds any other submitted form with errors, for ten minutes.
SENT_COOKIE = "sent_form"
_SALT = "accounts.learner"
_MARK_SALT = "accounts.identity.mark"
_ACCOUNT_MARK, _BROWSER_MARK = "account-", "browser-"
_ACCOUNTS = uuid.UUID("5a6f2c0e-6d7b-4d7e-9a55-0c1f6e2b8a34")
_BY_USER = PreparedQuery(
    lambda: Learner.objects.present().filter(user=Given("user", BigIntegerField()))
)
_BY_TOKEN = PreparedQuery(
    lambda: Learner.objects.present().filter(token=Given("token", UUIDField()))
)


@dataclass(frozen=True)
class Identity:
    """Who acts: the signed-in account, or otherwise the browser with this token.

    An account's token is derived from its primary key. It only decides the order of
    options before anything is stored, and is not stored itself.
    """

    token: uuid.UUID
    user: User | None = None

    @classmethod
    def of_account(cls, user: User) -> "Identity":
        return cls(uuid.uuid5(_ACCOUNTS, str(user.pk)), user)

    @property
    def mark(self) -> str:
        """Return a mark that says who a form was opened for.

        It reveals neither account nor token, and only this server can create it.
        """
        kind = _ACCOUNT_MARK if self.user else _BROWSER_MARK
        digest = salted_hmac(_MARK_SALT, f"{kind}{self.token}", algorithm="sha256")
        return f"{kind}{digest.hexdigest()[:32]}"


def is_mark_of_account(mark: str) -> bool:
    """Return whether a form with this mark was opened for somebody signed in."""
    return mark.startswith(_ACCOUNT_MARK)


class Visitor:
    """Who a request comes from: one object per request, so each is looked up only once.

    The user is not cached, because it changes when a request signs somebody in.
    """

    def __init__(self, request: HttpRequest):
        self._request = request

    @property
    def user(self) -> User | None:
        """The signed-in user, or None; runs no query without a session cookie."""
        if settings.SESSION_COOKIE_NAME not in self._request.COOKIES:
            return None
        user = self._request.user
        return user if user.is_authenticated else None

    @cached_property
    def token(self) -> uuid.UUID | None:
        """The token in the cookie, or None if it is missing or was altered."""
        try:
            return uuid.UUID(self._request.get_signed_cookie(COOKIE, salt=_SALT))
        except (KeyError, ValueError, signing.BadSignature):
            return None

    @cached_property
    def _new_token(self) -> uuid.UUID:
        return uuid.uuid4()

    @property
    def identity(self) -> Identity:
        """Who is acting; a new browser gets a token."""
        user = self.user
        if user:
            return Identity.of_account(user)
        return Identity(self.token or self._new_token)

    @cached_property
    def learner(self) -> Learner | None:
        """The request's learner, loaded from the database at most once."""
        user = self.user
        if user:
            return _BY_USER.first(user=user.pk)
        return self.token and _BY_TOKEN.first(token=self.token)


def visitor_of(request: HttpRequest) -> Visitor:
    """Return the request's visitor, created on the first call."""
    if not hasattr(request, "_visitor"):
        request._visitor = Visitor(request)
    return request._visitor


def signed_in_user(request: HttpRequest) -> User | None:
    """Return the signed-in user, or None; runs no query without a session cookie."""
    return visitor_of(request).user


def identity_for(request: HttpRequest) -> Identity:
    """Return who is acting; the same throughout a request."""
    return visitor_of(request).identity


def token_in(request: HttpRequest) -> uuid.UUID | None:
    """Return the token in the cookie, or None if it is missing or was altered."""
    return visitor_of(request).token


def learner_for(request: HttpRequest) -> Learner | None:
    """Return the request's learner, loaded from the database at most once."""
    return visitor_of(request).learner


def set_learner_cookie(response: HttpResponse, identity: Identity) -> None:
    """Set the token cookie, to last as long as an idle learner is kept.

    People who have signed in do not need the cookie and do not get one.
    """
    if identity.user:
        return
    response.set_signed_cookie(
        COOKIE,
        str(identity.token),
        salt=_SALT,
        max_age=settings.LEARNER_IDLE_DAYS * 24 * 60 * 60,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def drop_learner_cookie(response: HttpResponse) -> None:
    """Delete the token cookie, and unsaved submissions of the person."""
    for name in (COOKIE, DRAFT_COOKIE, SENT_COOKIE):
        response.delete_cookie(name, samesite="Lax")
