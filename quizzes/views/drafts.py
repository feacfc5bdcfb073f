"""What was sent and could not be kept, so that a GET can show it again.

An error is never answered to the POST itself: going back to such a page is a dead
end in most browsers, and some send the form once more. The answer to the POST is a
redirect with a signed cookie that holds the form sent last, for an hour. Its names fit
one question and one person only. Nothing is stored on the server.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.identity import DRAFT_COOKIE, signed_in_user, token_in
from accounts.signed_values import read_signed_value, sign_value
from quizzes.forms.answers import AnswerForm
from quizzes.rules.posted_answers import Fields

_SALT = "quizzes.draft"
_LASTS = dt.timedelta(hours=1)
# Browsers keep no cookie of more than 4096 bytes.
_LONGEST = 3800


@dataclass(frozen=True)
class Draft:
    """A form as it was sent: `names` is what the names of its controls began with.

    `hidden` holds what the form said of itself, such as the name of this filling-in.
    """

    names: str = ""
    sent: Fields = field(default_factory=Fields)
    hidden: dict[str, str] = field(default_factory=dict)

    def to_plain(self) -> dict[str, Any]:
        """Return the draft as JSON can carry it."""
        return {"names": self.names, "sent": self.sent.values, "hidden": self.hidden}

    @classmethod
    def parse(cls, plain: dict[str, Any]) -> "Draft":
        """Return the draft that `to_plain` gave.

        Raises KeyError or TypeError for a value of an earlier release.
        """
        sent, hidden = plain["sent"], plain["hidden"]
        if not (isinstance(sent, dict) and isinstance(hidden, dict)):
            raise TypeError("Fields by name were expected.")
        return cls(plain["names"], Fields(sent), hidden)


def holds_answer(request: HttpRequest) -> bool:
    """Return whether the request sends an answer from a browser that is known."""
    is_known = signed_in_user(request) or token_in(request)
    return bool(is_known and draft_of(request.POST).names)


def draft_of(posted, names: str = "") -> Draft:
    """Return what was posted as a draft; `names` where they are to be others now."""
    key = posted.get("question", "")
    sent = Fields.of(posted, key)
    hidden = {name: posted[name] for name in AnswerForm.base_fields if name in posted}
    return Draft(names or Fields.names_in(posted, key), sent, hidden)


def keep_draft(response: HttpResponse, draft: Draft) -> None:
    """Have the browser carry the draft for an hour, instead of one before.

    A draft too big for a cookie is left out; no form of ours makes one.
    """
    value = sign_value(draft.to_plain(), salt=_SALT)
    if len(value) > _LONGEST:
        return
    response.set_cookie(
        DRAFT_COOKIE,
        value,
        max_age=_LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def keep_sent(request: HttpRequest, response: HttpResponse) -> None:
    """Keep an answer that failed before or behind its view."""
    draft = draft_of(request.POST)
    if draft.names:
        keep_draft(response, draft)


def read_draft(request: HttpRequest) -> Draft | None:
    """Return the draft that the browser carries, or None."""
    value = request.COOKIES.get(DRAFT_COOKIE, "")
    return read_signed_value(value, Draft.parse, salt=_SALT, max_age=_LASTS)


def matching_draft(request: HttpRequest, names: str) -> Draft | None:
    """Return the draft if it was made for controls of these very names.

    Names belong to one question in one wording, one person and one attempt.
    """
    draft = read_draft(request)
    return draft if draft and draft.names == names else None


def drop_draft(request: HttpRequest, response: HttpResponse) -> None:
    """Have the browser forget the draft."""
    if DRAFT_COOKIE in request.COOKIES:
        response.delete_cookie(DRAFT_COOKIE, samesite="Lax")
