"""The page behind the QR code, where people say that they are present."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.identity import learner_for
from accounts.views.guessing import look_up_code
from training.classroom.actions.checking_in import check_in
from training.classroom.forms.checking_in import DayCodeForm
from training.classroom.queries.checking_in import find_check_in
from training.classroom.rules.check_in import CheckInState


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def attend_session(request, uuid):
    """Ask for the code of the day, and note who has it."""
    at = timezone.now()
    found = find_check_in(uuid, learner_for(request), at)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found, DayCodeForm())
    if found.step != CheckInState.OPEN:
        return redirect(request.path)
    form = DayCodeForm(request.POST)
    if form.is_valid() and _knows_code(request, found.session, form):
        check_in(attendance=found.attendance, at=at)
        return redirect(request.path)
    return _page(request, found, form)


def _knows_code(request, session, form):
    typed = form.cleaned_data["code"]
    known = look_up_code(
        request,
        lambda: session.has_code(typed) or None,
        action="try_attendance_code",
    )
    if not known:
        form.add_error("code", _("This code is incorrect. Look at the sheet again."))
    return known


def _page(request, found, form):
    page = TemplateResponse(
        request, "training/classroom/attend.html", {"found": found, "form": form}
    )
    page.status_code = 200 if found.attendance else 403
    return page
