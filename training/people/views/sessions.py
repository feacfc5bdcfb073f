"""From people chosen in the list to a new classroom session that invites them."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from training.people.views.choosing import chosen_people, list_url
from training.teams.views.admin_mixins import TrainingAdminMixin

# More would make the address too long for some servers.
MOST_PEOPLE = 200


class InviteToSession(TrainingAdminMixin, View):
    """Leads to the form of a new session with these people in it."""

    def get(self, request, *args, **kwargs):
        keys = list(
            chosen_people(request).values_list("pk", flat=True)[: MOST_PEOPLE + 1]
        )
        if not keys:
            messages.error(request, _("You did not select anyone."))
            return redirect(list_url(request.GET))
        if len(keys) > MOST_PEOPLE:
            text = _(
                "Too many people: the limit is %(most)d. Create a classroom session for"
                " whole teams instead."
            )
            messages.error(request, text % {"most": MOST_PEOPLE})
            return redirect(list_url(request.GET))
        query = urlencode({"person": keys}, doseq=True)
        return redirect(f"{reverse('classroom:add')}?{query}")
