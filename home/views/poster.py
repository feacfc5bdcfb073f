"""A poster that leads people in a waiting room to the site."""

from django.conf import settings
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe


@require_safe
def show_poster(request):
    context = {"address": settings.SITE_URL}
    return TemplateResponse(request, "home/poster.html", context)
