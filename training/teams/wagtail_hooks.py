from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from training.teams import log
from training.teams.access import may_enter, works_only_here
from training.teams.actions.addresses import invite_at_new_addresses
from training.teams.panels import TeamsPanel
from training.teams.viewsets import TeamViewSet

# Every room of training registers its pages with this hook.
training_menu = Menu(register_hook_name="register_training_menu_item")


class TrainingMenuItem(SubmenuMenuItem):
    """Shown to people who may use the training area."""

    def is_shown(self, request):
        return may_enter(request.user) and super().is_shown(request)


@hooks.register("register_admin_menu_item")
def show_training():
    return TrainingMenuItem(
        _("Training"), training_menu, name="training", icon_name="group", order=120
    )


@hooks.register("register_training_menu_item")
def show_mail():
    return MenuItem(_("Mail"), reverse_lazy("mail:index"), icon_name="mail", order=90)


@hooks.register("register_admin_viewset")
def serve_teams():
    return TeamViewSet()


@hooks.register("register_log_actions")
def name_log_actions(actions):
    for name, (label, message) in log.ACTIONS.items():
        actions.register_action(name, label, message)


@hooks.register("insert_global_admin_css")
def add_training_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("teams/admin.css"))


@hooks.register("construct_main_menu")
def show_trainers_their_room_only(request, menu_items):
    if works_only_here(request.user):
        menu_items[:] = [item for item in menu_items if item.name == "training"]


@hooks.register("construct_homepage_summary_items")
def count_no_pages_for_trainers(request, items):
    if works_only_here(request.user):
        items.clear()


@hooks.register("after_edit_user")
def invite_at_corrected_address(request, user):
    sent = invite_at_new_addresses(at=timezone.now(), users=[user], actor=request.user)
    if sent:
        text = _("The address has changed, so a new invitation was sent to %(email)s.")
        messages.success(request, text % {"email": user.email})


# Comes before the panels of rooms above, which are added later.
@hooks.register("construct_homepage_panels", order=-1)
def greet_trainers_with_their_teams(request, panels):
    if works_only_here(request.user):
        panels[:] = [TeamsPanel(request.user)]
