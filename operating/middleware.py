"""Counting requests for the metrics."""

from time import perf_counter

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed

from operating.metrics import count_request


class RequestMetricsMiddleware:
    """Counts each request and its time; not there without `METRICS_TOKEN`."""

    def __init__(self, get_response):
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        began = perf_counter()
        response = self.get_response(request)
        count_request(request.method, response.status_code, perf_counter() - began)
        return response
