"""Wagtail's user pages, which apply our rules for names, addresses and roles."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users.views.users import (
    CreateView,
    EditView,
    IndexView,
    UserFilterSet,
    UserViewSet,
)

from accounts.actions.address_proposals import note_changed_address
from accounts.forms.people import EditUserForm, NewUserForm


class UserRolesFilterSet(UserFilterSet):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["is_superuser"].label = _("Operator")
        self.filters["group"].label = _("Role")


class UsersView(IndexView):
    """Shows the roles of each person, where Wagtail says “Admin” or nothing."""

    @property
    def columns(self):
        ours = {
            "is_superuser": Column("roles", label=_("Roles"), accessor=roles_of),
            "email": Column("email", label=_("E-mail address"), sort_key="email"),
        }
        return [ours.get(each.name, each) for each in super().columns]

    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("groups")


def roles_of(user) -> str:
    """Return the names of the user's roles, separated by commas."""
    names = [_("Operator")] if user.is_superuser else []
    return ", ".join(map(str, [*names, *user.groups.all()]))


class OperatorsByOperators:
    """Keeps the right to do everything from people who only have a role."""

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        if not self.request.user.is_superuser:
            form.fields.pop("is_superuser", None)
        return form


class NewUserView(OperatorsByOperators, CreateView):
    success_message = _(
        "Account of %(object)s made. An e-mail tells them how to sign in and choose a"
        " password."
    )


class EditUserView(OperatorsByOperators, EditView):
    """Writes to the old and the new address if an administrator changes it."""

    @transaction.atomic
    def save_instance(self):
        user = super().save_instance()
        if self.form.has_new_address:
            note_changed_address(
                user=user,
                old=self.form.initial["email"],
                reason=self.form.cleaned_data["reason"],
                by=self.request.user,
                at=timezone.now(),
            )
        return user


class PeopleViewSet(UserViewSet):
    index_view_class = UsersView
    add_view_class = NewUserView
    edit_view_class = EditUserView
    filterset_class = UserRolesFilterSet
    edit_template_name = "accounts/admin/edit_user.html"

    def get_form_class(self, for_update=False):  # noqa: FBT002 -- Wagtail calls it
        return EditUserForm if for_update else NewUserForm
