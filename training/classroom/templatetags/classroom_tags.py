from django import template
from django.utils import timezone

from accounts.identity import learner_for
from training.classroom.queries.checking_in import check_ins_ahead

register = template.Library()


@register.simple_tag(takes_context=True)
def own_sessions(context):
    """Return the sessions to come, and of today, that the reader is invited to."""
    learner = learner_for(context["request"])
    return check_ins_ahead(learner, timezone.now()) if learner else []
