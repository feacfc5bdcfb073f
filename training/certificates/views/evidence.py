"""A person's log for trainers, and exporting evidence."""

from datetime import UTC

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.models import IndexView
from wagtail.models import ModelLogEntry

from training.certificates.access import log_about
from training.certificates.actions.evidence import evidence_of_person, evidence_of_team
from training.certificates.actions.evidence_jobs import is_long, pack_evidence
from training.certificates.wording.facts import details_in_words
from training.teams import access
from training.teams.queries.people import name_of, person_breadcrumb
from training.teams.views.admin_mixins import TrainingAdminPage
from training.teams.views.team_pages import TeamFormView, TeamPage


class MomentColumn(Column):
    """A time to the second, in UTC as in the evidence, because the order can matter."""

    def get_value(self, instance):
        return f"{instance.timestamp.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


class ActorColumn(Column):
    def get_value(self, instance):
        return str(instance.user) if instance.user else _("the system")


class DetailsColumn(Column):
    """The facts of an entry in one line; the person is named above the list."""

    def get_value(self, instance):
        return details_in_words(instance.data, known=["learner"])


class PersonLog(TrainingAdminPage, IndexView):
    """All changes to a person's record, newest first."""

    model = ModelLogEntry
    page_title = _("Log")
    header_icon = "history"
    verbose_name_plural = _("entries")
    paginate_by = 50
    default_ordering = None
    columns = [
        MomentColumn("timestamp", label=_("When")),
        Column("message", label=_("What")),
        ActorColumn("user", label=_("By")),
        DetailsColumn("data", label=_("Details")),
    ]

    @cached_property
    def learner(self):
        seen = access.learners_seen_by(self.request.user).select_related("user")
        return get_object_or_404(seen, uuid=self.kwargs["uuid"])

    def get_base_queryset(self):
        return log_about(self.learner, self.request.user)

    def order_queryset(self, queryset):
        return queryset

    def get_page_subtitle(self):
        return name_of(self.learner)

    def get_index_url(self):
        return reverse("evidence:person_log", args=[self.learner.uuid])

    def get_parent_breadcrumbs(self):
        return person_breadcrumb(self.learner)


class TeamPack(TeamPage, TeamFormView):
    """Asks whether to prepare the evidence of a large team in the background."""

    page_title = _("Evidence")
    header_icon = "download"
    form_class = Form
    button = _("Prepare the evidence")
    lead = _(
        "This team has had many people or assignments, so the evidence is prepared in the "
        "background. You get a page that shows how far it is, which you can leave and "
        "reopen, and from which you download the file."
    )

    def form_valid(self, form):
        job = pack_evidence(team=self.team, by=self.request.user, at=self.at)
        return redirect("job", job.pk)


def _enter(request):
    if not access.may_enter(request.user):
        raise PermissionDenied


@require_safe
def person_evidence(request, uuid):
    _enter(request)
    learner = get_object_or_404(access.learners_seen_by(request.user), uuid=uuid)
    file = evidence_of_person(learner=learner, by=request.user, at=timezone.now())
    return zip_response(file, str(learner.uuid))


@require_safe
def team_evidence(request, pk):
    _enter(request)
    team = get_object_or_404(access.teams_seen_by(request.user), pk=pk)
    if is_long(team, at=timezone.now()):
        return redirect("evidence:team_pack", team.pk)
    file = evidence_of_team(team=team, by=request.user, at=timezone.now())
    return zip_response(file, slugify(team.name) or str(pk))


def zip_response(file, about):
    """Return the pack as a download."""
    name = f"evidence-{about}-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(
        file, as_attachment=True, filename=name, content_type="application/zip"
    )
