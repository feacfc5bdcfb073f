"""Training → Mail: what was sent to whom and why, and sending it once more."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.forms import RadioSelect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_filters.filters import CharFilter, ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from training import mail, reminders
from training.actions.notices import UnableToQueueAgain, queue_again
from training.assignment_access import notices_run_by, notices_seen_by
from training.models import Notice
from training.notice_story import is_uncertain, story_of, zone_of
from training.room import InRoom, RoomPage

UNCERTAIN = "uncertain"


def _by_person(notices, name, value):
    return notices.filter(
        Q(recipient__email__icontains=value)
        | Q(recipient__first_name__icontains=value)
        | Q(recipient__last_name__icontains=value)
        | Q(address__icontains=value)
    )


def _by_state(notices, name, value):
    if value == UNCERTAIN:
        return notices.uncertain(timezone.now())
    return notices.filter(state=value)


class NoticeFilterSet(WagtailFilterSet):
    """What trainers ask of a list of mail."""

    person = CharFilter(label=_("Person"), method=_by_person)
    kind = ChoiceFilter(
        label=_("Kind"),
        choices=Notice.Kind.choices,
        empty_label=_("Any"),
        widget=RadioSelect,
    )
    state = ChoiceFilter(
        label=_("State"),
        method=_by_state,
        choices=[*Notice.State.choices, (UNCERTAIN, _("may have been sent"))],
        empty_label=_("Any"),
        widget=RadioSelect,
    )

    class Meta:
        model = Notice
        fields = []


class MailView(InRoom, IndexView):
    """The mail that the user may see, the newest first."""

    model = Notice
    page_title = _("Mail")
    header_icon = "mail"
    index_url_name = "training:mail"
    index_results_url_name = "training:mail_results"
    filterset_class = NoticeFilterSet
    default_ordering = ("-scheduled_for", "-pk")
    paginate_by = 50
    add_url = None
    columns = [
        TitleColumn(
            "kind",
            label=_("Mail"),
            accessor=lambda notice: capfirst(notice.get_kind_display()),
            url_name="training:notice",
        ),
        Column("recipient", label=_("To"), accessor="told"),
        Column("about", label=_("About"), accessor="about"),
        DateColumn("scheduled_for", label=_("Due"), sort_key="scheduled_for"),
        Column("state", label=_("State"), accessor="get_state_display"),
        DateColumn("sent_at", label=_("Sent"), sort_key="sent_at"),
    ]

    def get_base_queryset(self):
        seen = notices_seen_by(self.request.user)
        return seen.select_related("recipient", "team", "obligation__assignment")


class NoticeView(RoomPage, TemplateView):
    """Why somebody gets or got this mail, what it says, and sending it again."""

    template_name = "training/admin/notice.html"
    header_icon = "mail"

    @cached_property
    def notice(self):
        seen = notices_seen_by(self.request.user)
        whole = seen.select_related("recipient", "team", "obligation__assignment")
        return get_object_or_404(whole, pk=self.kwargs["pk"])

    def get_page_title(self):
        return capfirst(self.notice.get_kind_display())

    def get_way(self):
        return [{"url": reverse("training:mail"), "label": gettext("Mail")}]

    def get_context_data(self, **kwargs):
        at, notice = self.at, self.notice
        unsure = is_uncertain(notice, at)
        context = {
            "notice": notice,
            "story": story_of(notice, at),
            "zone": zone_of(notice),
            "letter": _letter(notice, at),
            "is_uncertain": unsure,
            "may_queue": self._may_run and (unsure or notice.state == "failed"),
        }
        return super().get_context_data(**kwargs) | context

    @property
    def _may_run(self):
        run = notices_run_by(self.request.user)
        return run.filter(pk=self.notice.pk).exists()

    def post(self, request, *arguments, **options):
        if not self._may_run:
            raise PermissionDenied
        try:
            queue_again(notice=self.notice, at=self.at, by=request.user)
        except UnableToQueueAgain:
            messages.warning(request, gettext("This mail needs no further try."))
        else:
            messages.success(
                request, gettext("It will be sent within minutes, if it is still true.")
            )
        return redirect("training:notice", self.notice.pk)


def _letter(notice, at):
    """Return what would be written now; None for what is over or says nothing now."""
    over = notice.state in ("sent", "dropped")
    if over or notice.kind not in mail.WRITERS or notice.kind == Notice.Kind.ACCOUNT:
        return None
    reminders.attach_standing([notice], at)
    return mail.write(notice, at)
