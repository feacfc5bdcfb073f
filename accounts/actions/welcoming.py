"""The first e-mail to somebody for whom an administrator made an account."""

from urllib.parse import urljoin

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.urls import reverse
from wagtail.admin.utils import get_user_display_name

from accounts.models import User


def welcome_user(*, user: User, by: User) -> None:
    """Tell the user who made the account, and where to choose a password."""
    context = {
        "user": user,
        "by": get_user_display_name(by),
        "password_url": urljoin(settings.SITE_URL, reverse("account_reset_password")),
        "sign_in_url": urljoin(settings.SITE_URL, reverse("account_login")),
    }
    get_adapter().send_mail("account/email/welcome", user.email, context)
