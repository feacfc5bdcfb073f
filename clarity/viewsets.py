"""What people said, in the admin's menu “Reports”."""

from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem

from accounts.viewsets.lists import ListViewSet
from clarity.views import ClarityReportView


class ClarityMenuItem(MenuItem):
    """Shown to everyone with permissions on pages."""

    def is_shown(self, request):
        return user_has_any_page_permission(request.user)


class ClarityViewSet(ListViewSet):
    name = "clarity"
    url_prefix = "reports/was-this-clear"
    index_view_class = ClarityReportView
    menu_hook = "register_reports_menu_item"
    menu_name = "was-this-clear"
    menu_order = 110
    menu_item_class = ClarityMenuItem
