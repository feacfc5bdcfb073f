"""The mail log: what was sent to whom and why, and sending it again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import RadioSelect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_filters.filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mail import access
from mail.actions.sending import UnableToQueueAgain, queue_again
from mail.explanation import (
    due_day_of,
    explain_why_sent,
    is_uncertain,
    state_in_words,
)
from mail.kinds import kind_choices, kind_of
from mail.models import Message
from mail.queries import SEARCHED, load_about, preview_message, search_messages

UNCERTAIN = "uncertain"
BOUNCED = "bounced"


def _by_state(rows, name, value):
    if value == UNCERTAIN:
        return rows.uncertain(timezone.now())
    if value == BOUNCED:
        return rows.bounced()
    return rows.filter(state=value)


def _kind_label(message):
    return capfirst(kind_of(message).label)


class MessageFilterSet(WagtailFilterSet):
    """The filters in the mail log."""

    kind = ChoiceFilter(
        label=_("Kind"),
        choices=kind_choices,
        empty_label=_("Any"),
        widget=RadioSelect,
    )
    state = ChoiceFilter(
        label=_("State"),
        method=_by_state,
        choices=[
            *Message.State.choices,
            (UNCERTAIN, _("may have been sent")),
            (BOUNCED, _("came back")),
        ],
        empty_label=_("Any"),
        widget=RadioSelect,
    )

    class Meta:
        model = Message
        fields = []


class MailReaderMixin:
    """A view for users to whom some room shows mail."""

    # `access` says who sees what; Wagtail 8 would require permissions on the model.
    permission_policy = None

    def dispatch(self, request, *args, **kwargs):
        if not access.may_read_mail(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class MessageList(MailReaderMixin, IndexView):
    """The mail that the user may see, newest first."""

    model = Message
    page_title = _("Mail")
    header_icon = "mail"
    filterset_class = MessageFilterSet
    results_template_name = "accounts/admin/list_results.html"
    search_fields = SEARCHED
    default_ordering = ("-scheduled_for", "-pk")
    paginate_by = 50
    add_url = None
    columns = [
        TitleColumn(
            "kind", label=_("Mail"), accessor=_kind_label, url_name="mail:inspect"
        ),
        Column("recipient", label=_("To"), accessor="recipient_name"),
        Column("about", label=_("About"), accessor="title"),
        Column("due", label=_("Due"), accessor=due_day_of),
        DateColumn(
            "scheduled_for",
            label=_("Planned"),
            accessor="planned_for",
            sort_key="scheduled_for",
        ),
        Column("state", label=_("State"), accessor=state_in_words),
        DateColumn("sent_at", label=_("Sent"), sort_key="sent_at"),
    ]

    def get_base_queryset(self):
        seen = access.messages_seen_by(self.request.user)
        return seen.select_related("recipient")

    def search_queryset(self, queryset):
        return search_messages(queryset, self.search_query)

    def paginate_queryset(self, queryset, page_size):
        found = super().paginate_queryset(queryset, page_size)
        # Dates are shown in the zone of what each message is about.
        load_about(found[1].object_list)
        return found


class MessagePage(MailReaderMixin, WagtailAdminTemplateMixin, TemplateView):
    """Why this message is or was sent, what it says, and sending it again."""

    template_name = "mail/message.html"
    header_icon = "mail"

    @cached_property
    def at(self):
        """The moment that everything on the page refers to."""
        return timezone.now()

    @cached_property
    def message(self):
        seen = access.messages_seen_by(self.request.user)
        whole = seen.select_related("recipient")
        return get_object_or_404(whole, pk=self.kwargs["pk"])

    def get_page_title(self):
        return _kind_label(self.message)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("mail:index"), "label": gettext("Mail")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        at, message = self.at, self.message
        kind, unsure = kind_of(message), is_uncertain(message, at)
        context = {
            "message": message,
            "state": state_in_words(message),
            "explanation": explain_why_sent(message, at),
            "about": kind.page_about(message),
            "preview": preview_message(message, at),
            "hides_text": not kind.shows_text,
            "is_uncertain": unsure,
            "may_queue": self._may_run and (unsure or message.state == "failed"),
        }
        return super().get_context_data(**kwargs) | context

    @property
    def _may_run(self):
        run = access.messages_run_by(self.request.user)
        return run.filter(pk=self.message.pk).exists()

    def post(self, request, *arguments, **options):
        if not self._may_run:
            raise PermissionDenied
        try:
            queue_again(message=self.message, at=self.at, by=request.user)
        except UnableToQueueAgain:
            messages.warning(
                request, gettext("This message does not need to be sent again.")
            )
        else:
            messages.success(
                request, gettext("It will be sent within minutes if it still applies.")
            )
        return redirect("mail:inspect", self.message.pk)
