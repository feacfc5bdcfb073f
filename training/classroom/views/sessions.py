"""Classroom sessions: the list, a new one, and the page of one."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.models import IndexView

from training.assignments.queries.contents import titles_of
from training.classroom.access import (
    attendances_run_by,
    attendances_seen_by,
    can_change_session,
)
from training.classroom.actions.sessions import UnableToInviteToSession, create_session
from training.classroom.forms.sessions import ClassroomSessionForm
from training.classroom.models import ClassroomSession
from training.classroom.queries.inviting import people_named
from training.classroom.queries.sessions import (
    people_invited,
    sessions_with_counts,
    team_names_of,
)
from training.classroom.queries.sheets import address_of_session
from training.classroom.rules.check_in import check_in_closes
from training.classroom.views.session_pages import AboutSession
from training.classroom.wording import hours_in_words
from training.teams.access import may_enter, teams_run_by
from training.teams.views.admin_mixins import TrainingAdminPage
from training.teams.views.team_pages import TeamFormView


def _day(session):
    return date_format(session.held_on, "DATE_FORMAT")


class SessionList(TrainingAdminPage, IndexView):
    """The sessions of teams that the user can see, the latest first."""

    results_template_name = "accounts/admin/list_results.html"
    model = ClassroomSession
    page_title = gettext_lazy("Classroom sessions")
    header_icon = "calendar-alt"
    any_permission_required = None
    add_item_label = gettext_lazy("New session")
    default_ordering = ("-held_on", "-start_time", "-pk")
    paginate_by = 25
    columns = [
        TitleColumn(
            "day",
            label=gettext_lazy("Date"),
            accessor=_day,
            url_name="classroom:inspect",
        ),
        Column("course_title", label=gettext_lazy("Course")),
        Column("teams_shown", label=gettext_lazy("Teams")),
        Column("place", label=gettext_lazy("Place")),
        Column("invited", label=gettext_lazy("Invited")),
        Column("present", label=gettext_lazy("Entered the code")),
        Column("attended", label=gettext_lazy("Attended")),
    ]

    def get_base_queryset(self):
        return sessions_with_counts(self.request.user)

    def get_add_url(self):
        if teams_run_by(self.request.user).exists():
            return reverse("classroom:add")
        return None

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = context["object_list"]
        titles = titles_of([row.course_key for row in rows])
        teams = team_names_of(rows, self.request.user)
        for row in rows:
            row.course_title = titles.get(str(row.course_key), "")
            row.teams_shown = ", ".join(teams[row.pk])
        return context


class NewSession(TeamFormView):
    """Course, people, day and time, place and who teaches."""

    page_title = gettext_lazy("New session")
    header_icon = "calendar-alt"
    template_name = "training/classroom/form.html"
    form_class = ClassroomSessionForm
    button = gettext_lazy("Create session")

    def dispatch(self, request, *args, **kwargs):
        if may_enter(request.user) and not teams_run_by(request.user).exists():
            return self.refuse(_("Only trainers can create classroom sessions."))
        return super().dispatch(request, *args, **kwargs)

    def get_parent_breadcrumbs(self):
        return [{"url": self.get_back_url(), "label": _("Classroom sessions")}]

    def get_initial(self):
        keys = self.request.GET.getlist("person")
        return {"people": people_named(keys, self.request.user)} if keys else {}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def perform(self, form, at):
        terms = {"people": form.invited, "by": self.request.user, "at": at}
        try:
            self.made = create_session(session=form.session, **terms)
        except UnableToInviteToSession as error:
            form.add_error("teams", str(error))
            return None
        return _("Session created. Print the sheet, or show the code in the room.")

    def get_back_url(self):
        return reverse("classroom:index")

    def get_success_url(self):
        return reverse("classroom:inspect", args=[self.made.pk])


class SessionPage(AboutSession, TemplateView):
    """What, when and where; the code, and who was invited and came."""

    template_name = "training/classroom/session.html"

    def get_page_title(self):
        return self.title

    def get_context_data(self, **kwargs):
        user, session = self.request.user, self.session
        seen = attendances_seen_by(user).filter(session=session)
        is_recorded = session.attendances.filter(completion__isnull=False).exists()
        return super().get_context_data(
            session=session,
            course=self.course,
            hours=hours_in_words(session),
            address=address_of_session(session),
            closes_at=check_in_closes(session.held_on, session.time_zone),
            people=people_invited(seen),
            may_edit=can_change_session(user, session) and not is_recorded,
            may_run=attendances_run_by(user).filter(session=session).exists(),
            **kwargs,
        )
