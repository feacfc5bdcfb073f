from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_admin_urls")
def serve_mail():
    return [path("mail/", include("mail.urls"))]


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action(
        "mail.queued_again", _("Send a mail again"), _("Mail queued again")
    )
