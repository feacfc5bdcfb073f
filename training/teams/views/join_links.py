"""Join links in the admin: creating, displaying and closing them."""

import datetime as dt

import segno
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.widgets import AdminDateInput

from accounts.forms.plain import PlainForm
from progress.rules.days import end_of_day
from training.teams.actions.join_links import (
    UnableToMakeLink,
    close_join_link,
    make_join_link,
)
from training.teams.models import JoinLink
from training.teams.views.team_pages import CurrentTeamPage, TeamFormView

LASTS = dt.timedelta(days=14)
LONGEST = dt.timedelta(days=366)


class JoinLinkForm(PlainForm):
    """The last day on which people can join."""

    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=AdminDateInput,
        help_text=gettext_lazy(
            "People can join until the end of this day. At most a year from now."
        ),
    )

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        today = timezone.localdate()
        if not today <= day <= today + LONGEST:
            raise forms.ValidationError(
                _("Choose a date from today up to a year from now.")
            )
        return day


class JoinLinks(CurrentTeamPage, TeamFormView):
    """The open links, and a form to create another."""

    page_title = gettext_lazy("Join links")
    template_name = "training/teams/join_links.html"
    form_class = JoinLinkForm
    button = gettext_lazy("Create a link")
    lead = gettext_lazy(
        "Anyone with the link or the code can join as a member until it expires or you "
        "close it."
    )

    def get_initial(self):
        return {"last_day": timezone.localdate() + LASTS}

    def get_context_data(self, **kwargs):
        links = self.team.join_links.filter(
            closed_at=None, expires_at__gt=timezone.now()
        )
        shown = [(link, address_of(link)) for link in links.order_by("expires_at")]
        return super().get_context_data(links=shown, **kwargs)

    def get_success_url(self):
        return reverse("teams:join_links", args=[self.team.pk])

    def perform(self, form, at):
        ends = end_of_day(form.cleaned_data["last_day"], self.team.time_zone)
        try:
            make_join_link(team=self.team, expires_at=ends, by=self.request.user, at=at)
        except UnableToMakeLink:
            form.add_error(
                "last_day", _("This day has already ended in the team's time zone.")
            )
            return None
        return _("Link created.")


def address_of(link: JoinLink) -> str:
    """Return the full URL of the link."""
    return settings.SITE_URL + reverse("join_team", args=[link.code])


class OfJoinLink(CurrentTeamPage):
    @cached_property
    def link(self):
        return get_object_or_404(self.team.join_links, pk=self.kwargs["link_pk"])

    def get_page_subtitle(self):
        return self.link.code


class CloseJoinLink(OfJoinLink, TeamFormView):
    page_title = gettext_lazy("Close the link")
    form_class = forms.Form
    lead = gettext_lazy(
        "The link and code will stop working. People who have joined stay on the team."
    )
    button = gettext_lazy("Close the link")
    is_serious = True

    def get_back_url(self):
        return reverse("teams:join_links", args=[self.team.pk])

    def get_success_url(self):
        return self.get_back_url()

    def perform(self, form, at):
        close_join_link(link=self.link, by=self.request.user, at=at)
        return _("Link closed.")


class JoinLinkPicture(OfJoinLink, View):
    """QR code for the link, to show on a screen or print."""

    def get(self, request, *args, **kwargs):
        code = segno.make(address_of(self.link), micro=False)
        picture = code.svg_inline(scale=6, border=4, light="#fff", dark="#000")
        return HttpResponse(
            picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1),
            content_type="image/svg+xml",
        )
