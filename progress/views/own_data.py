"""“Your progress”: viewing, downloading and deleting it."""

from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import register
from accounts.actions.learners import erase_learner
from accounts.identity import (
    identity_for,
    is_mark_of_account,
    learner_for,
    signed_in_user,
)
from accounts.views.forgetting import forget_person
from progress.queries import is_reminded, open_words


@never_cache
@require_safe
def show_progress(request):
    account, learner = signed_in_user(request), learner_for(request)
    holdings = register.account_holdings() if account else []
    context = {
        "learner": learner,
        "held": learner and not account and open_words(learner, timezone.now()),
        "is_reminded": learner and account and is_reminded(account.pk),
        "opened_for": identity_for(request).mark if account else "",
        "was_resumed": "resumed" in request.GET,
        "were_revoked": "revoked" in request.GET,
        "account": account,
        "holdings": [*register.learner_holdings(), *holdings],
        "was_deleted": "deleted" in request.GET,
        "not_deleted": request.GET.get("not-deleted", ""),
    }
    return TemplateResponse(request, "progress/progress.html", context)


@never_cache
@require_safe
def download_data(request):
    learner, account = learner_for(request), signed_in_user(request)
    if not (learner or account):
        return redirect("progress")
    return JsonResponse(
        register.export_person(learner, account),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
        headers={"Content-Disposition": 'attachment; filename="my-progress.json"'},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete_data(request):
    """Ask for confirmation, then delete the data of whoever the page was opened for."""
    learner, mark = learner_for(request), identity_for(request).mark
    opened_for = request.POST.get("opened_for") or mark
    if opened_for != mark:
        by = "account" if is_mark_of_account(opened_for) else "browser"
        return redirect(reverse("progress", query={"not-deleted": by}))
    if learner is None:
        return redirect("progress")
    if request.method != "POST":
        context = {"account": signed_in_user(request), "opened_for": mark}
        return TemplateResponse(request, "progress/delete.html", context)
    erase_learner(learner=learner, at=timezone.now())
    response = redirect(reverse("progress", query={"deleted": "yes"}))
    forget_person(request, response, mark)
    # What waits on the phone to be sent goes, too, and what scripts stored for pages.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
