"""What a browser keeps of somebody ends with their signing out or deleting it."""

from django.http import HttpRequest, HttpResponse

from accounts.identity import drop_learner_cookie
from accounts.register import forgetting_follow_ups


def forget_person(request: HttpRequest, response: HttpResponse, mark: str) -> None:
    """Have the browser drop what it keeps of the person with this mark.

    `mark` is taken before they are signed out. What waits for others stays.
    """
    drop_learner_cookie(response)
    for follow_up in forgetting_follow_ups():
        follow_up(request, response, mark)
