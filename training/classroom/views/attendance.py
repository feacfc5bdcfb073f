"""Taking attendance: ticks, a preview, and confirming it."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from progress.rules.days import day_in
from training.assignments.wording.elsewhere import effects_in_words
from training.classroom.access import attendances_run_by
from training.classroom.actions.attendance import (
    AttendanceHasChanged,
    confirm_attendance,
)
from training.classroom.models import AttendanceState
from training.classroom.queries.attendance import plan_attendance
from training.classroom.queries.sessions import people_invited
from training.classroom.views.session_pages import BelowSession
from training.teams.forms.teams import ReasonForm

TICKED = {AttendanceState.PRESENT, AttendanceState.RECORDED, AttendanceState.KNOWN}


class TakeAttendance(BelowSession, TemplateView):
    """Asks who came, says what that means, and records it once confirmed."""

    page_title = gettext_lazy("Take attendance")
    template_name = "training/classroom/attendance.html"

    @cached_property
    def people(self):
        mine = attendances_run_by(self.request.user).filter(session=self.session)
        return list(people_invited(mine))

    @property
    def is_early(self):
        """Whether the day of the session has not come yet."""
        return self.session.held_on > day_in(self.at, self.session.time_zone)

    def get_context_data(self, **kwargs):
        ticks_all = "all" in self.request.GET
        ticked = {row.pk for row in self.people if ticks_all or row.state in TICKED}
        return super().get_context_data(
            people=self.people,
            ticked=ticked,
            ticks_all=ticks_all,
            session=self.session,
            is_early=self.is_early,
            back=self.session_url,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if self.is_early:
            return redirect(request.path)
        posted = set(request.POST.getlist("came"))
        ticked = {row.pk for row in self.people if str(row.pk) in posted}
        plan = plan_attendance(
            session=self.session, rows=self.people, ticked=ticked, at=self.at
        )
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if request.POST.get("seen") != plan.fingerprint:
            if "seen" in request.POST:
                messages.warning(request, _("Something has changed. Look again."))
            return self._preview(plan, ticked, form)
        if plan.revoke and not form.is_valid():
            return self._preview(plan, ticked, form)
        return self._confirm(plan, form)

    def _preview(self, plan, ticked, form):
        context = self.get_context_data(
            plan=plan,
            came=sorted(ticked),
            form=form,
            lines=[(row, self._effects(plan, row)) for row in plan.record],
            again=self.request.path,
        )
        template = "training/classroom/attendance_plan.html"
        return TemplateResponse(self.request, template, context)

    def _effects(self, plan, row):
        return " ".join(effects_in_words(plan.effects.get(row.learner_id, ())))

    def _confirm(self, plan, form):
        reason = form.cleaned_data["reason"] if plan.revoke else ""
        terms = {"by": self.request.user, "at": self.at}
        try:
            confirm_attendance(session=self.session, plan=plan, reason=reason, **terms)
        except AttendanceHasChanged:
            text = _("Nothing was recorded: something has changed in the meantime.")
            messages.error(self.request, text)
            return redirect(self.request.path)
        number = len(plan.record)
        text = ngettext(
            "Attendance saved. %(n)d completion was recorded.",
            "Attendance saved. %(n)d completions were recorded.",
            number,
        )
        messages.success(self.request, text % {"n": number})
        return redirect(self.session_url)
