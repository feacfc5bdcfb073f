"""Who may read the metrics."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare


def may_read_metrics(request: HttpRequest) -> bool:
    """Return whether the request carries the token, compared in constant time."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    is_bearer = scheme.lower() == "bearer"
    return constant_time_compare(token, settings.METRICS_TOKEN) and is_bearer
