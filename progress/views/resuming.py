"""Carrying on elsewhere: one's own words, and opening with them."""

from functools import partial

from django.conf import settings
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.identity import (
    identity_for,
    learner_for,
    set_learner_cookie,
    signed_in_user,
)
from accounts.views.guessing import look_up_code
from progress.actions.resuming import (
    UnableToMakeWords,
    UnableToResume,
    make_resume_words,
    resume_learning,
    revoke_resume_words,
)
from progress.forms import ResumeForm
from progress.queries import open_words, words_meant
from progress.rules.resume_words import LONGEST, plain_words
from progress.views.shown_words import drop_shown_words, show_words, words_to_show


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_words(request):
    """Make words for the learner, or show those that were made just now."""
    learner = learner_for(request)
    if learner is None or signed_in_user(request):
        return redirect("progress")
    if request.method == "POST":
        return _make_words(request, learner)
    words = words_to_show(request)
    context = {
        "words": words,
        "address": _address_of(words) if words else "",
        "resume_address": settings.SITE_URL + reverse("resume"),
        "held": open_words(learner, timezone.now()),
    }
    return TemplateResponse(request, "progress/words.html", context)


def _make_words(request, learner):
    response = redirect("resume_words")
    try:
        words = make_resume_words(
            learner=learner, language=get_language(), at=timezone.now()
        )
    except UnableToMakeWords:
        return redirect("progress")
    show_words(request, response, words)
    return response


def _address_of(words):
    written = "-".join(plain_words(" ".join(words)))
    return settings.SITE_URL + reverse("resume_with_words", args=[written])


@never_cache
@require_POST
def revoke_words(request):
    response = redirect(reverse("progress", query={"revoked": "yes"}))
    learner = learner_for(request)
    if learner:
        revoke_resume_words(learner=learner)
    drop_shown_words(request, response)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def type_words(request):
    """Show a form for words that were written down, and carry on with them."""
    form = ResumeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        response = _carry_on(request, form.cleaned_data["words"])
        if response:
            return response
        form.add_error(
            "words",
            _(
                "These words open nothing. Check each letter, and that this is the site"
                " that showed them. Words stop working after 90 days, or when they are"
                " revoked or replaced by new ones."
            ),
        )
    return TemplateResponse(request, "progress/resume.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_with_words(request, words):
    """Ask before carrying on with a QR code's words; a GET changes nothing."""
    if request.method == "POST":
        return _carry_on(request, words[:LONGEST]) or redirect(request.path)
    meant = look_up_code(
        request,
        partial(words_meant, words[:LONGEST], get_language(), timezone.now()),
        action="try_resume_words",
    )
    mine = learner_for(request)
    context = {
        "is_known": meant is not None,
        "is_mine": bool(meant) and meant.learner == mine,
        "has_own": mine is not None,
    }
    status = 200 if meant else 404
    return TemplateResponse(request, "progress/resume_ask.html", context, status=status)


def _carry_on(request, text):
    """Return where to go after carrying on with these words; None if they open nothing."""
    acting = look_up_code(
        request, partial(_resume, request, text), action="try_resume_words"
    )
    if acting is None:
        return None
    response = redirect(reverse("progress", query={"resumed": "yes"}))
    set_learner_cookie(response, acting)
    return response


def _resume(request, text):
    try:
        return resume_learning(
            text=text,
            language=get_language(),
            identity=identity_for(request),
            at=timezone.now(),
        )
    except UnableToResume:
        return None
