"""Staff's pages: what they are asked to learn, and its dates for their calendars."""

import datetime as dt
import re

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.identity import learner_for, signed_in_user
from accounts.signed_values import read_signed_value, sign_value
from course.rules.digests import digest_text
from training.assignments.access import is_in_training
from training.assignments.actions.calendar_links import (
    make_calendar_link,
    revoke_calendar_link,
)
from training.assignments.queries.calendar_entries import calendar_of, dated_obligations
from training.assignments.queries.calendar_feed import calendar_feed
from training.assignments.queries.calendar_links import (
    calendar_link_of,
    calendar_link_with,
)
from training.learning.queries import my_learning as reads
from training.teams.queries.teams import trainers_in

# The address of a new link is shown for ten minutes, and kept only in the browser.
COOKIE = "calendar_link"
_SALT = "learning.calendar_link"
_SHOWN_FOR = dt.timedelta(minutes=10)


@never_cache
@require_safe
def after_sign_in(request):
    """Redirect staff to My learning, and everybody else to their progress."""
    user = signed_in_user(request)
    is_staff = user and is_in_training(user)
    return redirect("my_learning" if is_staff else "progress")


@never_cache
@require_safe
@login_required
def my_learning(request):
    """Show what is due, overdue and done."""
    mine = reads.my_learning(learner_for(request), timezone.now(), request)
    context = {"mine": mine, "account": request.user}
    return TemplateResponse(request, "training/learning/my_learning.html", context)


@never_cache
@require_safe
@login_required
def calendar_file(request, obligation=None):
    """Return the due dates of all obligations or one, cancelled ones included."""
    at = timezone.now()
    rows = dated_obligations(learner_for(request), at)
    if obligation:
        rows = [row for row in rows if row.pk == obligation]
        if not rows:
            raise Http404
    return HttpResponse(
        calendar_of(rows, at, settings.SITE_URL),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="my-learning.ics"'},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own_calendar_link(request):
    """Make a link to one's calendar, or show the one that was made just now."""
    if request.method == "POST":
        token = make_calendar_link(user=request.user, at=timezone.now())
        response = redirect("my_learning_calendar_link")
        _show_token(request, response, token)
        return response
    held, token = calendar_link_of(request.user), _token_to_show(request)
    context = {
        "held": held,
        "address": _address_of(token) if held and token else "",
        "is_trainer": trainers_in(learner__user=request.user).exists(),
    }
    return TemplateResponse(request, "training/learning/calendar_link.html", context)


@never_cache
@require_POST
@login_required
def revoke_own_calendar_link(request):
    revoke_calendar_link(user=request.user, at=timezone.now())
    response = redirect("my_learning_calendar_link")
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


@cache_control(private=True, no_cache=True)
@require_safe
def subscribed_calendar(request, token):
    """Return the calendar of whoever made the link. It writes nothing."""
    link = calendar_link_with(token)
    if link is None:
        raise Http404
    if link.revoked_at or not link.user.is_active:
        words = gettext("This link was revoked. Make a new one under My learning.")
        return HttpResponse(words, status=410, content_type="text/plain; charset=utf-8")
    # Calendars send no language that anybody chose.
    with translation.override(settings.LANGUAGE_CODE):
        content = calendar_feed(link.user, timezone.now(), settings.SITE_URL)
    tag = _etag(content)
    response = HttpResponse(
        content, content_type="text/calendar; charset=utf-8", headers={"ETag": tag}
    )
    return get_conditional_response(request, tag, response=response)


def _etag(content):
    """Return a tag of all but the moment at which the calendar was made."""
    return quote_etag(digest_text(re.sub(r"DTSTAMP:.*", "", content.decode())))


def _address_of(token):
    path = reverse("my_learning_calendar_feed", args=[token])
    return settings.SITE_URL + path


def _show_token(request, response, token):
    response.set_cookie(
        COOKIE,
        sign_value([request.user.pk, token], salt=_SALT),
        max_age=_SHOWN_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _token_to_show(request):
    value = request.COOKIES.get(COOKIE, "")
    held = read_signed_value(value, tuple, salt=_SALT, max_age=_SHOWN_FOR)
    return held[1] if held and held[0] == request.user.pk else ""
