from django.templatetags.static import static
from django.urls import include, path, reverse_lazy
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from training import log
from training.access import may_enter, works_only_here
from training.actions.readdressing import invite_at_new_addresses
from training.home_panel import TeamPausesPanel, TeamsPanel, UndecidedPanel

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


# The menu, in its order: title, URL name, icon.
PAGES = [
    (_("Teams"), "training:teams", "group"),
    (_("Assignments"), "training:assignments", "tasks"),
    (_("Who is behind"), "training:report_behind", "time"),
    (_("Team and lessons"), "training:report_matrix", "table"),
    (_("Overdue"), "training:report_overdue", "warning"),
    (_("Completion over time"), "training:report_completion", "calendar-check"),
    (_("Drop-off by lesson"), "training:report_drop_off", "order-down"),
    (_("Questions"), "training:report_items", "help"),
    (_("Reports by e-mail"), "training:report_mail", "mail"),
    (_("Certificates"), "training:certificates", "tick-inverse"),
    (_("Mail"), "mail:messages", "mail"),
]


def _lead_to(label, url_name, icon, order):
    @hooks.register("register_training_menu_item")
    def lead_to_page():
        return MenuItem(
            label,
            reverse_lazy(url_name),
            name=url_name.replace(":", "-"),
            icon_name=icon,
            order=order,
        )


for place, page in enumerate(PAGES):
    _lead_to(*page, order=10 * place)


@hooks.register("insert_global_admin_css")
def add_training_styles():
    return format_html(
        '<link rel="stylesheet" href="{}">', static("training/admin.css")
    )


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
        text = _("The address changed, so a new invitation was sent to %(email)s.")
        messages.success(request, text % {"email": user.email})


@hooks.register("construct_homepage_panels")
def greet_trainers_with_their_teams(request, panels):
    if works_only_here(request.user):
        panels[:] = [TeamsPanel(request.user)]
    if may_enter(request.user):
        panels += [UndecidedPanel(request.user), TeamPausesPanel(request.user)]
