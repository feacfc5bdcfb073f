"""Which learner is this request from?

Somebody who signed in is known by their account. Otherwise the browser keeps a
random token in a signed cookie; nothing is stored on the server before the
learner's first action, so a cookie may name nobody yet.
"""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from accounts.models import Learner, User

COOKIE = "learner"
# Holds an answer that was sent and could not be kept, for an hour.
DRAFT_COOKIE = "draft"
# Holds any other form that was sent and had something wrong, for ten minutes.
SENT_COOKIE = "sent_form"
_SALT = "accounts.learner"
_MARK_SALT = "accounts.identity.mark"
_ACCOUNT_MARK, _BROWSER_MARK = "account-", "browser-"
_ACCOUNTS = uuid.UUID("5a6f2c0e-6d7b-4d7e-9a55-0c1f6e2b8a34")


@dataclass(frozen=True)
class Identity:
    """Who acts: the account signed in, or else the browser with this token.

    An account's token is worked out from its number. It only gives the order of
    options before anything is stored, and is kept nowhere.
    """

    token: uuid.UUID
    user: User | None = None

    @classmethod
    def of_account(cls, user: User) -> "Identity":
        return cls(uuid.uuid5(_ACCOUNTS, str(user.pk)), user)

    @property
    def mark(self) -> str:
        """Return what a form carries of whom it was opened for.

        It gives away neither account nor token, and only this server can make it.
        """
        kind = _ACCOUNT_MARK if self.user else _BROWSER_MARK
        digest = salted_hmac(_MARK_SALT, f"{kind}{self.token}", algorithm="sha256")
        return f"{kind}{digest.hexdigest()[:32]}"


def is_mark_of_account(mark: str) -> bool:
    """Return whether a form with this mark was opened for somebody signed in."""
    return mark.startswith(_ACCOUNT_MARK)


class Visitor:
    """Who a request comes from: one object a request, so that each thing is asked once.

    Who is signed in is not kept: that changes while a request signs somebody in.
    """

    def __init__(self, request: HttpRequest):
        self._request = request

    @property
    def user(self) -> User | None:
        """Who is signed in, or None; without a session cookie nothing is asked."""
        if settings.SESSION_COOKIE_NAME not in self._request.COOKIES:
            return None
        user = self._request.user
        return user if user.is_authenticated else None

    @cached_property
    def token(self) -> uuid.UUID | None:
        """The token in the cookie, or None if there is none or it was altered."""
        try:
            return uuid.UUID(self._request.get_signed_cookie(COOKIE, salt=_SALT))
        except (KeyError, ValueError, signing.BadSignature):
            return None

    @cached_property
    def _new_token(self) -> uuid.UUID:
        return uuid.uuid4()

    @property
    def identity(self) -> Identity:
        """Who is doing this; a browser seen for the first time gets a token."""
        user = self.user
        if user:
            return Identity.of_account(user)
        return Identity(self.token or self._new_token)

    @cached_property
    def learner(self) -> Learner | None:
        """The learner behind the request, asked of the database at most once."""
        present = Learner.objects.present()
        user = self.user
        if user:
            return present.filter(user=user).first()
        return self.token and present.filter(token=self.token).first()


def visitor_of(request: HttpRequest) -> Visitor:
    """Return the request's visitor, made at the first call."""
    if not hasattr(request, "_visitor"):
        request._visitor = Visitor(request)
    return request._visitor


def signed_in_user(request: HttpRequest) -> User | None:
    """Return who is signed in, or None; without a session cookie nothing is asked."""
    return visitor_of(request).user


def identity_for(request: HttpRequest) -> Identity:
    """Return who is doing this; the same in the whole of a request."""
    return visitor_of(request).identity


def token_in(request: HttpRequest) -> uuid.UUID | None:
    """Return the token in the cookie, or None if there is none or it was altered."""
    return visitor_of(request).token


def learner_for(request: HttpRequest) -> Learner | None:
    """Return the learner behind the request, asked of the database at most once."""
    return visitor_of(request).learner


def set_learner_cookie(response: HttpResponse, identity: Identity) -> None:
    """Have the browser keep the token for as long as an idle learner is kept.

    Somebody who signed in is known by that, and gets no such cookie.
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
    """Have the browser drop the token, and what its person sent and did not save."""
    for name in (COOKIE, DRAFT_COOKIE, SENT_COOKIE):
        response.delete_cookie(name, samesite="Lax")
