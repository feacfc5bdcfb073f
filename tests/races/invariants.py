"""What is true of all rows whenever no action is under way."""

from django.db.models import Count, Q

from accounts.models import Learner
from mail.models import Message
from progress.actions.certificates import ERASED
from progress.models import Certificate, Enrolment, RecallCard, RecallReminder
from quizzes.models import Answer, Attempt
from training.assignments.models import Obligation
from training.teams.models import Membership


def broken_rules():
    """Return each rule that some row breaks, with the rows."""
    return {rule.__name__: rows for rule in RULES if (rows := list(rule()))}


def attempts_are_whole_when_submitted_and_only_then():
    given = Count("answers__question_key", distinct=True)
    for attempt in Attempt.objects.annotate(given=given):
        is_whole = attempt.given >= len(attempt.asked)
        is_submitted = attempt.state == Attempt.State.SUBMITTED
        is_open = attempt.state == Attempt.State.OPEN
        if is_submitted > is_whole or (is_open and is_whole):
            yield attempt.pk, attempt.state, attempt.given


def attempts_are_numbered_without_gaps():
    counted = Attempt.objects.values("learner", "lesson_key").annotate(
        count=Count("pk"), numbers=Count("number", distinct=True)
    )
    return [row for row in counted if row["count"] != row["numbers"]]


def completed_courses_have_one_certificate():
    """A revoked one counts until another replaces it."""
    current = Q(certificate__replaced_at=None)
    completed = Enrolment.objects.exclude(completed_at=None).exclude(
        learner__user=None, learner__token=None
    )
    counted = completed.annotate(held=Count("certificate", filter=current))
    return counted.exclude(held=1).values_list("pk", "held")


def certificates_are_replaced_by_one():
    current = Q(certificate__replaced_at=None)
    counted = Enrolment.objects.annotate(held=Count("certificate", filter=current))
    return counted.filter(held__gt=1).values_list("pk", "held")


def erased_people_have_no_reasons():
    gone = Certificate.objects.exclude(enrolment__learner__erased_at=None)
    reasons = Q(issue_reason__in=NO_REASON, revoked_reason__in=NO_REASON)
    return gone.exclude(reasons).values_list("pk", "issue_reason", "revoked_reason")


def a_form_is_saved_once():
    counted = Answer.objects.values("client_uuid").annotate(count=Count("pk"))
    return counted.filter(count__gt=1)


def certificates_are_of_completed_courses():
    return Certificate.objects.filter(enrolment__completed_at=None).values_list("pk")


def erased_people_are_nobody():
    gone = Learner.objects.exclude(erased_at=None)
    named = gone.exclude(user=None, token=None)
    return named.values_list("pk", "user", "token")


def erased_people_are_in_no_team():
    gone = Learner.objects.exclude(erased_at=None)
    return Membership.objects.filter(learner__in=gone, left_at=None).values_list("pk")


def nobody_is_in_a_team_twice():
    current = Membership.objects.filter(left_at=None)
    counted = current.values("team", "learner").annotate(count=Count("pk"))
    return counted.filter(count__gt=1)


def erased_people_are_not_asked_to_look_back():
    for rows in (RecallCard.objects, RecallReminder.objects):
        yield from rows.exclude(learner__erased_at=None).values_list("pk", "learner")


def nobody_is_asked_twice_in_a_cycle():
    counted = Obligation.objects.values("assignment", "learner", "cycle")
    return counted.annotate(count=Count("pk")).filter(count__gt=1)


def nobody_gets_a_message_twice():
    counted = Message.objects.values(
        "kind", "recipient_key", "topic_key", "scheduled_for"
    )
    return counted.annotate(count=Count("pk")).filter(count__gt=1)


NO_REASON = ["", ERASED]
RULES = [
    certificates_are_replaced_by_one,
    erased_people_have_no_reasons,
    a_form_is_saved_once,
    attempts_are_whole_when_submitted_and_only_then,
    attempts_are_numbered_without_gaps,
    completed_courses_have_one_certificate,
    certificates_are_of_completed_courses,
    erased_people_are_nobody,
    erased_people_are_in_no_team,
    erased_people_are_not_asked_to_look_back,
    nobody_is_in_a_team_twice,
    nobody_is_asked_twice_in_a_cycle,
    nobody_gets_a_message_twice,
]
