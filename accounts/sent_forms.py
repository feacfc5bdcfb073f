"""Carries a submitted form to the GET request that shows its errors.

A POST is never answered with an error page: going back to such a page is a dead end in
most browsers, and some submit the form again. Instead, the POST is answered with a
redirect and a signed cookie that lasts ten minutes and holds the errors and what was
typed, but never a password or a code. It is valid for one URL and one person.
"""

import datetime as dt
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import escape_leading_slashes

from accounts.identity import SENT_COOKIE, Identity, signed_in_user
from accounts.signed_values import read_signed_value, sign_value

_SALT = "accounts.sent_forms"
_LASTS = dt.timedelta(minutes=10)
# Browsers do not store cookies of more than 4096 bytes.
_LONGEST = 3800
_LONGEST_TEXT = 300


@dataclass(frozen=True)
class SentForm:
    """What was typed into the fields of a form, and their errors."""

    path: str
    whose: str
    sign: str
    typed: dict[str, str | bool | None]
    errors: dict[str, list[str]]

    @classmethod
    def parse(cls, held: dict[str, Any]) -> "SentForm":
        """Return the form from its stored values.

        Raises TypeError for a value from an earlier release.
        """
        sent = cls(**held)
        if not (isinstance(sent.typed, dict) and isinstance(sent.errors, dict)):
            raise TypeError("Fields by name were expected.")
        return sent

    def show_in(self, form: Form) -> None:
        """Fill in an unbound form as if this had been submitted to it.

        Fields that the form no longer has are left out.
        """
        form.initial = {**form.initial, **self.typed}
        for name, texts in self.errors.items():
            if name == NON_FIELD_ERRORS or name in form.fields:
                form.errors[name] = form.error_class(texts)


class Onward(HttpResponseRedirect):
    """A redirect that can replace a response that Django expects to render."""

    def render(self):
        return self


def lead_to_get(request: HttpRequest, form: Form | None, sign: str) -> Onward:
    """Return a redirect to the same URL, with `sign` in its query string.

    After the redirect, `read_sent_form` returns what was submitted.
    """
    query = request.GET.copy()
    if REDIRECT_FIELD_NAME in request.POST:
        query[REDIRECT_FIELD_NAME] = request.POST[REDIRECT_FIELD_NAME]
    query[sign] = ""
    path = escape_leading_slashes(request.path)
    response = Onward(f"{path}?{query.urlencode()}")
    if form is not None and form.is_bound:
        _keep(response, _sent(request, form, sign))
    return response


def read_sent_form(request: HttpRequest, sign: str) -> SentForm | None:
    """Return what was submitted to this URL if the query has the sign, or None."""
    if sign not in request.GET or SENT_COOKIE not in request.COOKIES:
        return None
    value = request.COOKIES[SENT_COOKIE]
    sent = read_signed_value(value, SentForm.parse, salt=_SALT, max_age=_LASTS)
    here = (request.path, _whose(request), sign)
    return sent if sent and (sent.path, sent.whose, sent.sign) == here else None


def drop_sent_form(request: HttpRequest, response: HttpResponse) -> None:
    """Delete the cookie with what was submitted, unless this response sets it."""
    if SENT_COOKIE in request.COOKIES and SENT_COOKIE not in response.cookies:
        response.delete_cookie(SENT_COOKIE, samesite="Lax")


def _sent(request, form, sign):
    errors = {
        name: [_cut(text) for text in texts] for name, texts in form.errors.items()
    }
    typed = {
        field.name: _cut(field.data) for field in form if not _is_secret(field.field)
    }
    return SentForm(request.path, _whose(request), sign, typed, errors)


def _cut(value):
    return value[:_LONGEST_TEXT] if isinstance(value, str) else value


def _is_secret(field):
    autocomplete = field.widget.attrs.get("autocomplete", "")
    is_password = getattr(field.widget, "input_type", "") == "password"
    return is_password or autocomplete == "one-time-code"


def _whose(request):
    user = signed_in_user(request)
    return Identity.of_account(user).mark if user else ""


def _keep(response, sent):
    value = _signed(sent)
    if len(value) > _LONGEST:
        value = _signed(replace(sent, typed={}))
    response.set_cookie(
        SENT_COOKIE,
        value,
        max_age=_LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _signed(sent):
    return sign_value(asdict(sent), salt=_SALT)
