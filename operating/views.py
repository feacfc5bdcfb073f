"""Addresses for monitoring."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from operating.access import may_read_metrics
from operating.metrics import write_metrics
from operating.queries.health import WORKS, is_ready, state_of_parts


@never_cache
@require_safe
def healthz(request):
    """Respond with 200 if this process is alive. It asks nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def show_readiness(request):
    """Respond with 200 if the site can be used, or 503, listing each part."""
    states = state_of_parts(at=timezone.now())
    text = "ok"
    if any(state != WORKS for state in states.values()):
        text = "".join(f"{part}: {state}\n" for part, state in states.items())
    return _plain(text, works=is_ready(states))


@never_cache
@require_safe
def show_part(request, part):
    """Respond with 200 if this part works, or 503, with its state."""
    states = state_of_parts(at=timezone.now())
    if part not in states:
        raise Http404
    return _plain(states[part], works=states[part] == WORKS)


def _plain(text, *, works):
    status = 200 if works else 503
    return HttpResponse(text, status=status, content_type="text/plain")


@never_cache
@require_safe
def show_metrics(request):
    """Respond with the metrics to whoever has the token; without a token, with 404."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not may_read_metrics(request):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(write_metrics(), content_type=CONTENT_TYPE_PLAIN_0_0_4)
