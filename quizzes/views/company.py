"""“I am answering with someone”: a page of its own, which nobody has to open."""

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.identity import identity_for, learner_for
from quizzes.actions.company import note_company
from quizzes.forms.company import CompanyForm
from quizzes.queries.attempts import newest_attempt
from quizzes.views.showing import quiz_address, render_quiz_page


@require_http_methods(["GET", "HEAD", "POST"])
def answer_with_someone(request, lesson):
    """Ask with whom the learner answers, and lead on in the quiz.

    Before the first answer there is no attempt to say it of.
    """
    learner = learner_for(request)
    attempt = learner and newest_attempt(learner, lesson.translation_key)
    if attempt is None:
        return redirect(quiz_address(request, lesson, "quiz/"))
    if request.method == "POST":
        return _note(request, lesson, attempt)
    return render_quiz_page(
        request,
        lesson,
        "quizzes/with_someone.html",
        choices=CompanyForm.base_fields["company"].choices,
        company=attempt.answered_with,
        opened_for=identity_for(request).mark,
        is_not_saved="not-saved" in request.GET,
    )


def _note(request, lesson, attempt):
    form = CompanyForm(request.POST)
    is_own = request.POST.get("opened_for") == identity_for(request).mark
    if not (is_own and form.is_valid()):
        return redirect(quiz_address(request, lesson, "quiz/with-someone/?not-saved"))
    note_company(attempt=attempt, answered_with=form.cleaned_data["company"])
    return redirect(quiz_address(request, lesson, "quiz/"))
