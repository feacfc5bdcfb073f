from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from training import log
from training.access import may_enter

# Items are added with the hook of this name.
training_menu = Menu(register_hook_name="register_training_menu_item")


class TrainingMenuItem(SubmenuMenuItem):
    """Shown to whoever may work in the training room."""

    def is_shown(self, request):
        return may_enter(request.user) and super().is_shown(request)


@hooks.register("register_admin_menu_item")
def show_training():
    return TrainingMenuItem(
        _("Training"), training_menu, name="training", icon_name="group", order=120
    )


@hooks.register("register_admin_urls")
def serve_training():
    return [path("training/", include("training.admin_urls"))]


@hooks.register("register_log_actions")
def name_log_actions(actions):
    for name, (label, message) in log.ACTIONS.items():
        actions.register_action(name, label, message)


@hooks.register("register_training_menu_item")
def show_certificates():
    return MenuItem(
        _("Certificates"),
        reverse_lazy("training:certificates"),
        name="certificates",
        icon_name="tick-inverse",
        order=400,
    )
