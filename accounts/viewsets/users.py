"""Wagtail's user pages, which apply our rules for names and addresses."""

from wagtail.users.views.users import UserViewSet

from accounts.forms.people import EditUserForm, NewUserForm


class PeopleViewSet(UserViewSet):
    def get_form_class(self, for_update=False):  # noqa: FBT002 -- Wagtail calls it
        return EditUserForm if for_update else NewUserForm
