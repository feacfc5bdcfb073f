"""The buttons beside the questions of a list."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.identity import learner_for
from visit import actions
from visit.forms import ChangeForm
from visit.views.whose import is_of_somebody_else

_STEPS = {"up": -1, "down": 1}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_list(request):
    """Move, strike out or remove a question, and show the list again."""
    if request.method != "POST":
        return redirect("my_visit")
    form = ChangeForm(request.POST)
    learner = learner_for(request)
    if not form.is_valid() or learner is None:
        return _say("unreadable")
    if is_of_somebody_else(request, form.cleaned_data["opened_for"]):
        return _say("somebody-else")
    change, key, place = form.cleaned_data["do"]
    _change(learner, change, key, place)
    if change == "remove":
        return redirect(reverse("my_visit", query={"removed": key}))
    return redirect(f"{reverse('my_visit')}#question-{key}")


def _change(learner, change, key, place):
    if change == "remove":
        actions.remove_question(learner=learner, key=key)
    elif change in _STEPS:
        actions.move_question(learner=learner, key=key, by=_STEPS[change], seen=place)
    else:
        actions.strike_out_question(
            learner=learner, key=key, is_struck_out=change == "strike-out"
        )


def _say(problem):
    return redirect(reverse("my_visit", query={"problem": problem}))
