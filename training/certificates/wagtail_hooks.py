from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def serve_certificates():
    return [
        path(
            "training/",
            include("training.certificates.urls.admin"),
        )
    ]


@hooks.register("register_training_menu_item")
def show_certificates():
    return MenuItem(
        _("Certificates"),
        reverse_lazy("certificates:certificates"),
        icon_name="tick-inverse",
        order=80,
    )
