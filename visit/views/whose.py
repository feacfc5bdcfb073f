"""Whose list a page is about, and whether a form was opened for the same person."""

from django.http import HttpRequest

from accounts.identity import identity_for, signed_in_user, token_in


def mark_for(request: HttpRequest) -> str:
    """Return a mark of who a form is shown to, or "" for a browser not known yet."""
    is_known = signed_in_user(request) or token_in(request)
    return identity_for(request).mark if is_known else ""


def is_of_somebody_else(request: HttpRequest, opened_for: str) -> bool:
    """Return whether the form was opened for somebody else than who sends it."""
    return bool(opened_for) and opened_for != identity_for(request).mark
