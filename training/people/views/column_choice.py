"""Choosing the columns of the list of people."""

from django.shortcuts import redirect
from django.views.generic import View

from training.people.actions.columns import choose_columns
from training.people.views.choosing import list_url
from training.people.views.list_columns import columns_named
from training.teams.views.admin_mixins import TrainingAdminMixin


class ChooseColumns(TrainingAdminMixin, View):
    """Remembers the columns that were ticked, and goes back to the list as it was."""

    http_method_names = ["post"]

    def post(self, request):
        names = [each.name for each in columns_named(request.POST.getlist("column"))]
        choose_columns(user=request.user, columns=names)
        return redirect(list_url(request.POST))
