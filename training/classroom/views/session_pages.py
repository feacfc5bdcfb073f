"""The base of every page about a classroom session."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from training.assignments.queries.contents import titles_of
from training.classroom.access import sessions_run_by, sessions_seen_by
from training.teams.views.admin_mixins import TrainingAdminPage


class AboutSession(TrainingAdminPage):
    """A page about a session that the user can see; `changes`: that they run."""

    header_icon = "calendar-alt"
    changes = False

    @cached_property
    def session(self):
        allowed = sessions_run_by if self.changes else sessions_seen_by
        return get_object_or_404(allowed(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def course(self):
        """The title of the course."""
        key = self.session.course_key
        return titles_of([key]).get(str(key), "")

    @property
    def session_url(self):
        return reverse("classroom:inspect", args=[self.session.pk])

    @property
    def title(self):
        day = date_format(self.session.held_on, "DATE_FORMAT")
        return f"{self.course}, {day}"

    def get_parent_breadcrumbs(self):
        return [{"url": reverse("classroom:index"), "label": _("Classroom sessions")}]


class BelowSession(AboutSession):
    """A page that leads back to the page of the session."""

    changes = True

    def get_page_subtitle(self):
        return self.title

    def get_parent_breadcrumbs(self):
        here = {"url": self.session_url, "label": self.title}
        return [*super().get_parent_breadcrumbs(), here]
