"""The people of a team in the admin: listing, adding, changing and removing them."""

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button, HeaderButton

from training.teams.access import may_correct_address, may_oversee
from training.teams.actions.addresses import UnableToCorrect, invite_at
from training.teams.actions.invitations import Newcomer, UnableToInvite, add_people
from training.teams.actions.memberships import join_team, leave_all
from training.teams.forms.teams import (
    AddressCorrectionForm,
    PeopleForm,
    ReasonForm,
    RoleForm,
)
from training.teams.models import Membership
from training.teams.queries.people import SEARCHED, search_people
from training.teams.queries.teams import with_invitation
from training.teams.views.member_columns import (
    COLUMNS,
    MemberActionsColumn,
    MemberFilterSet,
)
from training.teams.views.team_pages import CurrentTeamPage, TeamFormView, TeamPage

# Actions on a team: title, URL name, icon. Observers can only view.
LOOKS = [
    (gettext_lazy("One sheet for the auditor"), "evidence:team_sheet", "doc-full"),
    (gettext_lazy("Evidence (zip)"), "evidence:team", "download"),
]
ACTIONS = [
    (gettext_lazy("Upload a roster"), "teams:roster", "upload"),
    (
        gettext_lazy("Completions elsewhere from a file"),
        "elsewhere:upload",
        "link-external",
    ),
    (gettext_lazy("Join links"), "teams:join_links", "link"),
    (gettext_lazy("Edit team"), "teams:edit", "edit"),
    (gettext_lazy("Archive team"), "teams:archive", "folder-inverse"),
]


class TeamView(TeamPage, IndexView):
    """One team: its people, and links to everything that can be done with it."""

    model = Membership
    any_permission_required = None
    verbose_name_plural = gettext_lazy("people")
    template_name = "training/teams/team.html"
    results_template_name = "accounts/admin/list_results.html"
    filterset_class = MemberFilterSet
    search_fields = SEARCHED
    default_ordering = "learner__user__last_name"
    paginate_by = 50

    def get_page_title(self):
        return self.team.name

    def get_page_subtitle(self):
        return ""

    def get_parent_breadcrumbs(self):
        return super().get_parent_breadcrumbs()[:-1]

    def get_base_queryset(self):
        return with_invitation(self.team.memberships.filter(left_at=None))

    def search_queryset(self, queryset):
        return search_people(queryset, self.search_query)

    def order_queryset(self, queryset):
        ordered = super().order_queryset(queryset)
        return ordered.order_by(*ordered.query.order_by, "learner__user__email", "pk")

    @cached_property
    def columns(self):
        if not self.may_change or self.team.archived_at:
            return COLUMNS
        return [*COLUMNS, MemberActionsColumn("actions", label=gettext_lazy("Change"))]

    def get_index_url(self):
        return self.team_url

    def get_index_results_url(self):
        return reverse("teams:inspect_results", args=[self.team.pk])

    def get_add_url(self):
        return None

    def _url(self, name):
        return reverse(name, args=[self.team.pk])

    @cached_property
    def header_buttons(self):
        if not self.may_change:
            return []
        if self.team.archived_at:
            url = self._url("teams:bring_back")
            return [HeaderButton(_("Restore"), url=url, icon_name="undo")]
        url = self._url("teams:add_people")
        return [HeaderButton(_("Add people"), url=url, icon_name="plus")]

    @cached_property
    def header_more_buttons(self):
        actions = [*LOOKS]
        if self.may_change and not self.team.archived_at:
            actions += ACTIONS
        return [
            Button(label, url=self._url(name), icon_name=icon, priority=place)
            for place, (label, name, icon) in enumerate(actions)
        ]


class AddPeople(CurrentTeamPage, TeamFormView):
    page_title = gettext_lazy("Add people")
    form_class = PeopleForm
    lead = gettext_lazy(
        "People without an account get one, and an e-mail with a link to choose a "
        "password. People with an account get an e-mail saying that they are on the "
        "team."
    )
    button = gettext_lazy("Add people")

    def perform(self, form, at):
        role = form.cleaned_data["role"]
        people = [Newcomer(email, role) for email in form.cleaned_data["addresses"]]
        mine = self.request.user.email.lower()
        if mine in form.cleaned_data["addresses"] and not may_oversee(
            self.request.user
        ):
            form.add_error(
                "addresses", _("You cannot change your own role. Ask another trainer.")
            )
            return None
        brought = add_people(team=self.team, people=people, by=self.request.user, at=at)
        return invitation_message(brought)


def invitation_message(brought):
    """Return a sentence about who was added to a team."""
    invited = ngettext(
        "%(count)d person has been invited by e-mail.",
        "%(count)d people have been invited by e-mail.",
        brought.invited,
    ) % {"count": brought.invited}
    added = ngettext(
        "%(count)d person with an account has been added and notified.",
        "%(count)d people with an account have been added and notified.",
        brought.added,
    ) % {"count": brought.added}
    if not (brought.invited or brought.added):
        return _("They were all on the team already.")
    return " ".join(
        text
        for text, count in ((invited, brought.invited), (added, brought.added))
        if count
    )


class OfMember(CurrentTeamPage, TeamFormView):
    """An action on one person in the team."""

    @cached_property
    def membership(self):
        rows = self.team.memberships.filter(left_at=None)
        found = rows.filter(learner__uuid=self.kwargs["uuid"])
        membership = found.select_related("learner__user").first()
        if membership is None or membership.learner.user is None:
            raise Http404
        return membership

    @property
    def person(self):
        return self.membership.learner.user

    @property
    def has_left(self):
        """Whether somebody else has removed them from the team in the meantime."""
        rows = self.team.memberships.filter(learner__uuid=self.kwargs["uuid"])
        return rows.exists() and not rows.filter(left_at=None).exists()

    def dispatch(self, request, *args, **kwargs):
        if self.may_change and self.has_left:
            return self.refuse(_("This person is no longer on the team."))
        # Trainers cannot lock themselves out of their team.
        is_self = self.may_change and self.person == request.user
        if is_self and not may_oversee(request.user):
            return self.refuse(
                _("You cannot change your own membership. Ask another trainer.")
            )
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return str(self.person)


class ChangeRole(OfMember):
    page_title = gettext_lazy("Change role")
    form_class = RoleForm

    def get_initial(self):
        return {"role": self.membership.role}

    def perform(self, form, at):
        join_team(
            team=self.team,
            learner=self.membership.learner,
            role=form.cleaned_data["role"],
            at=at,
            by=self.request.user,
        )
        return _("Role of %(person)s changed.") % {"person": self.person}


class RemovePerson(OfMember):
    page_title = gettext_lazy("Remove from the team")
    form_class = ReasonForm
    lead = gettext_lazy(
        "They will no longer be asked for anything through this team. Their account, "
        "learning record, certificates and log entries are kept."
    )
    button = gettext_lazy("Remove from the team")
    is_serious = True

    def perform(self, form, at):
        leave_all(
            team=self.team,
            users=[self.person],
            at=at,
            by=self.request.user,
            facts={"reason": form.cleaned_data["reason"]},
        )
        return _("%(person)s removed from the team.") % {"person": self.person}


class InviteAgain(OfMember):
    """Send a new link, to the same address or a corrected one."""

    page_title = gettext_lazy("Invite again")
    lead = gettext_lazy(
        "We will send a new e-mail with a new link. The link in the earlier one will "
        "stop working."
    )
    button = gettext_lazy("Invite again")

    @cached_property
    def may_correct(self):
        return may_correct_address(self.request.user, self.membership.learner)

    def get_form_class(self):
        return AddressCorrectionForm if self.may_correct else forms.Form

    def get_initial(self):
        return {"email": self.person.email}

    def perform(self, form, at):
        email = form.cleaned_data.get("email", self.person.email)
        try:
            invite_at(
                team=self.team,
                learner=self.membership.learner,
                email=email,
                by=self.request.user,
                at=at,
            )
        except UnableToInvite:
            form.add_error(
                None, _("%(person)s has already signed in.") % {"person": self.person}
            )
        except UnableToCorrect:
            text = _(
                "Someone else already has this address. Add that person to the team "
                "instead, and remove %(person)s."
            )
            form.add_error("email", text % {"person": self.person})
        return _("Invitation sent to %(email)s.") % {"email": email}
