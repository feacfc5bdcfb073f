from django import template

from accounts.identity import signed_in_user
from training.my_learning import is_in_training

register = template.Library()


@register.simple_tag(takes_context=True)
def learning_as(context):
    """Return who is learning here for their team, or None.

    Nothing is asked of the database about visitors who never signed in.
    """
    user = signed_in_user(context["request"])
    return user if user and is_in_training(user) else None
