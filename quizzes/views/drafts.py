"""Keep what was sent but could not be saved, so that a GET can show it again.

Errors are never shown in the response to the POST itself: going back to such a page
fails in most browsers, and some send the form again. Instead, the response is a
redirect with a signed cookie that holds the last form sent, for an hour. Its names only
match one question and one person. Nothing is stored on the server.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.identity import DRAFT_COOKIE, signed_in_user, token_in
from accounts.signed_values import read_signed_value, sign_value
from quizzes.forms.answers import AnswerForm, names_for
from quizzes.queries.attempts import AttemptState
from quizzes.rules.posted_answers import Fields

_SALT = "quizzes.draft"
_LASTS = dt.timedelta(hours=1)
# Browsers do not accept cookies of more than 4096 bytes.
_LONGEST = 3800


@dataclass(frozen=True)
class Draft:
    """A form as it was sent. `names` is the prefix of the names of its controls.

    `hidden` holds its hidden fields, such as the UUID of the form.
    """

    names: str = ""
    sent: Fields = field(default_factory=Fields)
    hidden: dict[str, str] = field(default_factory=dict)

    def to_plain(self) -> dict[str, Any]:
        """Return the draft as JSON values."""
        return {"names": self.names, "sent": self.sent.values, "hidden": self.hidden}

    @classmethod
    def parse(cls, plain: dict[str, Any]) -> "Draft":
        """Return the draft from the values that `to_plain` returned.

        Raises KeyError or TypeError for a value from an earlier release.
        """
        sent, hidden = plain["sent"], plain["hidden"]
        if not (isinstance(sent, dict) and isinstance(hidden, dict)):
            raise TypeError("Expected fields by name.")
        return cls(plain["names"], Fields(sent), hidden)


def holds_answer(request: HttpRequest) -> bool:
    """Return whether the request sends an answer from a known browser."""
    is_known = signed_in_user(request) or token_in(request)
    return bool(is_known and draft_of(request.POST).names)


def draft_of(posted, names: str = "") -> Draft:
    """Return what was posted as a draft. `names` replaces the posted prefix."""
    key = posted.get("question", "")
    sent = Fields.of(posted, key)
    hidden = {name: posted[name] for name in AnswerForm.base_fields if name in posted}
    return Draft(names or Fields.names_in(posted, key), sent, hidden)


def keep_draft(response: HttpResponse, draft: Draft) -> None:
    """Store the draft in the browser for an hour, replacing an earlier one.

    A draft too big for a cookie is left out, but none of our forms produces one.
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
    """Keep an answer that failed outside its view."""
    draft = draft_of(request.POST)
    if draft.names:
        keep_draft(response, draft)


def read_draft(request: HttpRequest) -> Draft | None:
    """Return the draft in the browser's cookie, or None."""
    value = request.COOKIES.get(DRAFT_COOKIE, "")
    return read_signed_value(value, Draft.parse, salt=_SALT, max_age=_LASTS)


def matching_draft(request: HttpRequest, state: AttemptState, key: str) -> Draft | None:
    """Return the draft if it was made for the controls of this question.

    Their names depend on the question and its wording, the person and the attempt.
    """
    draft = read_draft(request)
    return draft if draft and draft.names == names_for(state, key) else None


def drop_draft(request: HttpRequest, response: HttpResponse) -> None:
    """Delete the draft from the browser."""
    if DRAFT_COOKIE in request.COOKIES:
        response.delete_cookie(DRAFT_COOKIE, samesite="Lax")
