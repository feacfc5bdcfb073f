"""Removes personal data from a browser after signing out or deleting data."""

from django.http import HttpRequest, HttpResponse

from accounts.identity import drop_learner_cookie
from accounts.register import forgetting_follow_ups


def forget_person(request: HttpRequest, response: HttpResponse, mark: str) -> None:
    """Make the browser drop what it holds about the person with this mark.

    `mark` is read before they are signed out. Other people's data is kept. Pages that
    “Back” could still show go, too.
    """
    response.headers["Clear-Site-Data"] = '"cache"'
    drop_learner_cookie(response)
    for follow_up in forgetting_follow_ups():
        follow_up(request, response, mark)
