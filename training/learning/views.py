"""Staff's pages: what they are asked to learn, and its dates for their calendars."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.identity import learner_for, signed_in_user
from training.assignments.access import is_in_training
from training.assignments.queries.calendar_entries import calendar_of, dated_obligations
from training.learning.queries import my_learning as reads


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
