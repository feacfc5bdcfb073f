from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def is_sign_up_open():
    return settings.SIGN_UP_OPEN
