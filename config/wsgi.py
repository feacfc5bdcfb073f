import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()
# Load this before the server forks, so that its processes share it.
get_resolver().url_patterns  # noqa: B018
