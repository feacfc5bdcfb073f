"""Keep answers in the browser until it is known whose they are.

A form records who it was opened for. If somebody else seems to send it, because a
session ended, a cookie was lost or another person signed in, the answer is kept in a
signed cookie for an hour. The cookie holds ids of the question and options, what was
typed, and a mark for the person, which only this server can make. It holds no name or
address. The answer is saved when that person signs in; other people are asked.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import escape_leading_slashes

from accounts.identity import Identity, identity_for
from accounts.models import User
from accounts.signed_values import read_signed_value, sign_value
from course.models import LessonPage
from languages.addresses import bare_path
from quizzes.actions.beginning import UnableToAnswer
from quizzes.forms.answers import AnswerForm
from quizzes.queries.wording import lesson_asked
from quizzes.rules.posted_answers import UnknownOption, UnusableAnswer
from quizzes.views.drafts import Draft, draft_of
from quizzes.views.giving import save_answer

COOKIE = "kept_answers"
# In the query of the page that says that the browser cannot keep any more.
FULL = "full"
_SALT = "quizzes.kept"
_LASTS = dt.timedelta(hours=1)
# Browsers do not accept cookies of more than 4096 bytes.
_LONGEST = 3800


@dataclass(frozen=True)
class KeptAnswer:
    """A form as it was sent to the address of its question.

    The path is that in the site's own language, so that no language has its own answers.
    """

    path: str
    draft: Draft

    @property
    def mark(self) -> str:
        """The `Identity.mark` of the person the form was opened for."""
        return self.draft.hidden.get("opened_for", "")

    def is_instead_of(self, other: "KeptAnswer") -> bool:
        """Return whether it replaces the other: same person and same question."""
        return (self.path, self.mark) == (other.path, other.mark)


def set_aside(request: HttpRequest) -> HttpResponse:
    """Keep the answer in the browser and redirect to a page that says what to do.

    If the browser cannot keep any more, earlier answers stay, and the page says so.
    """
    path = escape_leading_slashes(request.path)
    sent = KeptAnswer(bare_path(path), draft_of(request.POST))
    others = [each for each in kept_in(request) if not sent.is_instead_of(each)]
    if len(_signed([sent, *others])) > _LONGEST:
        return redirect(f"{path}kept/?{FULL}")
    response = redirect(f"{path}kept/")
    _store(response, [sent, *others])
    return response


def is_sent_by_another(request: HttpRequest) -> bool:
    """Return whether the request sends a form that somebody else opened."""
    if request.method != "POST" or "/quiz/" not in request.path:
        return False
    form = AnswerForm(request.POST)
    return (
        form.is_valid()
        and form.cleaned_data["opened_for"] != identity_for(request).mark
    )


def kept_in(request: HttpRequest) -> list[KeptAnswer]:
    """Return the answers that the browser keeps, newest first."""
    value = request.COOKIES.get(COOKIE, "")
    return read_signed_value(value, _parsed, salt=_SALT, max_age=_LASTS) or []


def _parsed(rows: list[dict[str, Any]]) -> list[KeptAnswer]:
    return [KeptAnswer(row["path"], Draft.parse(row)) for row in rows]


def kept_at(request: HttpRequest, path: str) -> KeptAnswer | None:
    """Return the answer sent to this address, preferring one's own, or None."""
    here = [each for each in kept_in(request) if each.path == bare_path(path)]
    mark = identity_for(request).mark if here[1:] else None
    return next(iter(sorted(here, key=lambda each: each.mark != mark)), None)


def drop_saved(request: HttpRequest, response: HttpResponse) -> None:
    """Delete the answer that was just saved from the browser, and no other.

    This is the one that the form was filled in with, or an earlier one by the same
    person.
    """
    saved = KeptAnswer(bare_path(request.path), draft_of(request.POST))
    name = saved.draft.hidden.get("client_uuid")
    kept = kept_in(request)
    left = [
        each
        for each in kept
        if not saved.is_instead_of(each)
        and each.draft.hidden.get("client_uuid") != name
    ]
    _leave(response, kept, left)


def drop_what_belongs_to(
    request: HttpRequest, response: HttpResponse, mark: str
) -> None:
    """Delete answers to forms that were opened for this person from the browser."""
    kept = kept_in(request)
    _leave(response, kept, [each for each in kept if each.mark != mark])


def _leave(response, kept, left):
    if left != kept:
        _store(response, left)


def _store(response, answers):
    if not answers:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        _signed(answers),
        max_age=_LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _signed(answers):
    rows = [each.draft.to_plain() | {"path": each.path} for each in answers]
    return sign_value(rows, salt=_SALT)


def save_after_sign_in(
    request: HttpRequest, response: HttpResponse, user: User
) -> None:
    """Save the answers to forms that were opened for the person who just signed in.

    Answers that cannot be saved stay, and their page says what can be done.
    """
    identity = Identity.of_account(user)
    kept = kept_in(request)
    left = [each for each in kept if not _is_saved(request, each, identity)]
    _leave(response, kept, left)


def _is_saved(request, answer, identity):
    form = AnswerForm(answer.draft.hidden)
    if answer.mark != identity.mark or not form.is_valid():
        return False
    lesson = lesson_asked(form.cleaned_data["paper"])
    lesson = lesson or _lesson_at(request, answer.path)
    if lesson is None or "move" in answer.draft.sent:
        return False
    try:
        save_answer(lesson, identity, form, answer.draft.sent)
    except (UnableToAnswer, UnknownOption, UnusableAnswer):
        return False
    return True


def _lesson_at(request, path):
    """Return the lesson at the address of the question, or None."""
    address = path.partition("/quiz/")[0] + "/"
    named = LessonPage.objects.filter(slug=address.split("/")[-2])
    return next(
        (each for each in named if _path_of(each, request) == address),
        None,
    )


def _path_of(lesson, request):
    return bare_path(unquote(lesson.get_url(request) or ""))
