"""Who may translate, and what."""

from wagtail.models import Page

from accounts.models import User
from languages.content import has_several_languages

SUBMIT = "wagtail_localize.submit_translation"


def may_translate(user: User, page: Page | None = None) -> bool:
    """Return whether the user may translate (the page), on a site in several languages."""
    if not (has_several_languages() and user.has_perm(SUBMIT)):
        return False
    return page is None or page.permissions_for_user(user).can_edit()
