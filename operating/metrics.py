"""Metrics in the format of Prometheus: the site's numbers, and this machine's requests.

Each process counts its requests. With several, they write to files in
`PROMETHEUS_MULTIPROC_DIR`, which `config/gunicorn.py` sets, and any of them adds them up.
"""

import os

from django.utils import timezone
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from operating.queries.gauges import SiteGauge, read_gauges

PREFIX = "anteroom_"
METHODS = {"GET", "HEAD", "POST"}
_here = CollectorRegistry()
REQUESTS = Counter(
    f"{PREFIX}requests", "Requests.", ["method", "status"], registry=_here
)
SECONDS = Histogram(
    f"{PREFIX}request_seconds",
    "Seconds until a request was answered.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=_here,
)


def count_request(method: str, status: int, seconds: float) -> None:
    """Count a request by its method and the class of its status, such as 2xx."""
    method = method if method in METHODS else "other"
    REQUESTS.labels(method, f"{status // 100}xx").inc()
    SECONDS.observe(seconds)


def write_metrics() -> bytes:
    """Return all metrics as text."""
    registry = _here
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry) + generate_latest(_Site())


class _Site(Collector):
    """The numbers that are the same on every machine, read when they are asked for."""

    def collect(self):
        return map(_family_of, read_gauges(at=timezone.now()))


def _family_of(gauge: SiteGauge):
    family = GaugeMetricFamily(PREFIX + gauge.name, gauge.help, labels=gauge.labels)
    for label, value in gauge.values.items():
        family.add_metric([label] if gauge.labels else [], value)
    return family
