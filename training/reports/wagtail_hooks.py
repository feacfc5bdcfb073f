from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

# In the menu's order: title, URL name, icon.
PAGES = [
    (_("Who is behind"), "reports:report_behind", "time"),
    (_("Team and lessons"), "reports:report_matrix", "table"),
    (_("Overdue"), "reports:report_overdue", "warning"),
    (_("Completion over time"), "reports:report_completion", "calendar-check"),
    (_("Drop-off by lesson"), "reports:report_drop_off", "order-down"),
    (_("Questions"), "reports:report_items", "help"),
    (_("Reports by e-mail"), "reports:report_mail", "mail"),
]


@hooks.register("register_admin_urls")
def serve_reports():
    return [path("training/", include("training.reports.urls.admin"))]


def _show_in_menu(label, url_name, icon, order):
    @hooks.register("register_training_menu_item")
    def show_report():
        return MenuItem(
            label,
            reverse_lazy(url_name),
            name=url_name.replace(":", "-"),
            icon_name=icon,
            order=order,
        )


for place, page in enumerate(PAGES):
    _show_in_menu(*page, order=30 + place)
