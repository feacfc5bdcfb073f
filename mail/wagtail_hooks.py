from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from mail.viewsets import MessageViewSet


@hooks.register("register_admin_viewset")
def serve_mail():
    return MessageViewSet()


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action(
        "mail.queued_again", _("Send a message again"), _("Message queued again")
    )
