import segno
from django import template
from django.utils import timezone
from django.utils.safestring import mark_safe

from accounts.identity import learner_for
from training.certificates.queries import certificates

register = template.Library()


@register.simple_tag(takes_context=True)
def own_certificates(context, course=None):
    """Return the reader's certificates in force, newest first."""
    learner = learner_for(context["request"])
    found = certificates.certificates_of(learner, timezone.now()) if learner else []
    if course is None:
        return found
    key = course.translation_key
    return [each for each in found if each.row.enrolment.course_key == key]


@register.simple_tag
def qr_code(text):
    """Return the text as a QR code: an SVG without styles or scripts."""
    code = segno.make(text, error="m", micro=False)
    # Written by segno; it contains nothing of the text itself.
    return mark_safe(code.svg_inline(omitsize=True, border=2))  # noqa: S308
