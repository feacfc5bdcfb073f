"""Offers to undo what the user did last for many people."""

from django import template
from django.utils import timezone

from training.people.queries.acts import last_undoable
from training.people.wording import describe_act

register = template.Library()


@register.inclusion_tag("training/people/undo_offer.html", takes_context=True)
def offer_undo(context):
    """Show what the user did last, and a way to undo it, if it can be undone."""
    act = last_undoable(context["request"].user, timezone.now())
    return {"done": act and describe_act(act)}
