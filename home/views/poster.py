"""A poster that leads people in a waiting room to the site."""

from django.conf import settings
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def show_poster(request):
    address = settings.SITE_URL + reverse("wagtail_serve", args=[""]).rstrip("/")
    context = {"address": address}
    return TemplateResponse(request, "home/poster.html", context)
