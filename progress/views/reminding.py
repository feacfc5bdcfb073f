"""E-mail when a look back is due: asking for it, and stopping it, also from an e-mail."""

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.identity import identity_for, learner_for, signed_in_user
from progress.actions.reminding import (
    UnableToRemind,
    ask_for_reminders,
    stop_reminders,
)
from progress.models.recall import account_to_stop
from progress.queries import is_reminded


@never_cache
@require_POST
def change_reminders(request):
    """Ask for the e-mails or stop them, for whoever the form was shown to."""
    account, learner = signed_in_user(request), learner_for(request)
    is_theirs = request.POST.get("opened_for") == identity_for(request).mark
    if account and learner and is_theirs:
        _change(account, learner, is_wished=request.POST.get("wish") == "ask")
    return redirect(reverse("progress") + "#look-back-mail")


def _change(account, learner, *, is_wished):
    if not is_wished:
        stop_reminders(account=account.pk)
        return
    # Their progress may have been deleted a moment ago, and the page says so.
    with suppress(UnableToRemind):
        ask_for_reminders(learner=learner, language=get_language(), at=timezone.now())


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_from_mail(request, code):
    """Ask whether to stop the e-mails, without signing in; a GET changes nothing.

    Mail programs send the POST as well, which have no cookie and follow no redirect
    (RFC 8058): who has the address may stop them.
    """
    account = account_to_stop(code)
    if request.method == "POST" and account is not None:
        stop_reminders(account=account)
        if "List-Unsubscribe" in request.POST:
            return HttpResponse(content_type="text/plain")
        return redirect(request.path)
    context = {
        "is_known": account is not None,
        "is_reminded": account is not None and is_reminded(account),
    }
    status = 404 if account is None else 200
    return TemplateResponse(
        request, "progress/stop_reminders.html", context, status=status
    )
