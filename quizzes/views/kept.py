"""Answers that wait in the browser until it is known whose they are.

A form says for whom it was opened. Where somebody else seems to send it, because a
session ended, a cookie went or another person signed in, the answer is put into a
signed cookie for an hour. It names option and question ids, and by a mark that only
this server can make whom the form was opened for; no name, no address, no words. The
person it was opened for has it saved by signing in; others are asked.
"""

from dataclasses import dataclass
from urllib.parse import unquote

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import escape_leading_slashes

from accounts.identity import Identity, identity_for
from accounts.models import User
from course.models import LessonPage
from quizzes.beginning import UnableToAnswer
from quizzes.forms import AnswerForm
from quizzes.reading import Fields, UnknownOption, UnusableAnswer
from quizzes.views.drafts import Draft, draft_of
from quizzes.views.giving import give

COOKIE = "kept_answers"
_SALT = "quizzes.kept"
_SECONDS = 60 * 60
# Browsers keep no cookie of more than 4096 bytes.
_LONGEST = 3800


@dataclass(frozen=True)
class KeptAnswer:
    """A form as it was sent to the address of its question."""

    path: str
    draft: Draft

    @property
    def mark(self) -> str:
        """Say for whom the form was opened, as `Identity.mark` does."""
        return self.draft.hidden.get("opened_for", "")


def set_aside(request: HttpRequest) -> HttpResponse:
    """Put the answer just sent into the browser and lead to what can be done with it."""
    path = escape_leading_slashes(request.path)
    response = redirect(f"{path}kept/")
    others = [each for each in kept_in(request) if each.path != path]
    _store(response, [KeptAnswer(path, draft_of(request.POST)), *others])
    return response


def is_sent_by_another(request: HttpRequest) -> bool:
    """Return whether the request sends a form that was not opened for who sends it."""
    if request.method != "POST" or "/quiz/" not in request.path:
        return False
    form = AnswerForm(request.POST)
    return (
        form.is_valid()
        and form.cleaned_data["opened_for"] != identity_for(request).mark
    )


def kept_in(request: HttpRequest) -> list[KeptAnswer]:
    """Return what the browser carries, the newest first."""
    try:
        value = request.COOKIES[COOKIE]
        rows = signing.loads(value, salt=_SALT, max_age=_SECONDS)
    except (KeyError, signing.BadSignature):
        return []
    return [
        KeptAnswer(path, Draft(names, Fields(sent), hidden))
        for path, names, sent, hidden in rows
    ]


def kept_at(request: HttpRequest, path: str) -> KeptAnswer | None:
    """Return the answer that was sent to this address, or None."""
    return next((each for each in kept_in(request) if each.path == path), None)


def drop(request: HttpRequest, response: HttpResponse, path: str) -> None:
    """Have the browser forget the answer that was sent to this address."""
    kept = kept_in(request)
    _leave(response, kept, [each for each in kept if each.path != path])


def drop_what_belongs_to(
    request: HttpRequest, response: HttpResponse, mark: str
) -> None:
    """Have the browser forget the answers to forms that were opened for this person."""
    kept = kept_in(request)
    _leave(response, kept, [each for each in kept if each.mark != mark])


def _leave(response, kept, left):
    if left != kept:
        _store(response, left)


def _store(response, answers):
    """Write the cookie; the oldest answers give way where it would get too long."""
    value = _signed(answers)
    while len(value) > _LONGEST:
        answers = answers[:-1]
        value = _signed(answers)
    if not answers:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        value,
        max_age=_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _signed(answers):
    rows = [
        [each.path, each.draft.names, each.draft.sent.values, each.draft.hidden]
        for each in answers
    ]
    return signing.dumps(rows, salt=_SALT, compress=True)


def save_after_sign_in(
    request: HttpRequest, response: HttpResponse, user: User
) -> None:
    """Save the answers to forms that were opened for who just signed in.

    What cannot be saved as it is stays: its page says so, and offers what can be done.
    """
    identity = Identity.of_account(user)
    kept = kept_in(request)
    left = [each for each in kept if not _is_saved(request, each, identity)]
    _leave(response, kept, left)


def _is_saved(request, answer, identity):
    form = AnswerForm(answer.draft.hidden)
    if answer.mark != identity.mark or not form.is_valid():
        return False
    lesson = _lesson_at(request, answer.path)
    if lesson is None or "move" in answer.draft.sent:
        return False
    try:
        give(lesson, identity, form, answer.draft.sent)
    except (UnableToAnswer, UnknownOption, UnusableAnswer):
        return False
    return True


def _lesson_at(request, path):
    """Return the lesson below whose address the question is, or None."""
    address = path.partition("/quiz/")[0] + "/"
    named = LessonPage.objects.filter(slug=address.split("/")[-2])
    return next(
        (each for each in named if unquote(each.get_url(request) or "") == address),
        None,
    )
