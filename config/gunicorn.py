"""Settings for gunicorn. `WEB_CONCURRENCY` sets the number of processes."""

import gc
import os
import shutil
from pathlib import Path

from config.postgresql.patience import wait_as_requests_do
from config.threads import THREADS
from operating.running_lock import RunningLockTaken, hold_running_lock

VAR = Path(__file__).resolve().parent.parent / "var"
# Where each process counts its requests, so that any of them can add them up.
METRICS = VAR / "metrics" if os.environ.get("METRICS_TOKEN") else None
if METRICS:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS)
    # Here, because the application is loaded before `on_starting`.
    shutil.rmtree(METRICS, ignore_errors=True)
    METRICS.mkdir(parents=True)

_host = os.environ.get("HOST") or "127.0.0.1"
_port = os.environ.get("PORT") or "8000"

bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = THREADS
# Loading the app once and sharing it is faster and needs less memory. Its objects are
# excluded from garbage collection, as Python's documentation of `gc.freeze` recommends.
preload_app = True
gc.disable()


def on_starting(server):
    """Keep backups from being restored while a process of this server runs."""
    try:
        hold_running_lock(VAR)
    except RunningLockTaken:
        raise SystemExit("A backup is being restored. Try again later.") from None


def when_ready(server):
    gc.freeze()


def post_fork(server, worker):
    gc.enable()
    wait_as_requests_do()


# No access log: what people read about their health is private.
accesslog = None
# At "warning", it logs every HEAD request that Django responds to.
loglevel = "error"
if os.environ.get("LOG_FORMAT") == "json":
    # What gunicorn itself reports, in the same lines as the site.
    logconfig_dict = {
        "root": {"handlers": []},
        "loggers": {
            "gunicorn.error": {
                "level": loglevel.upper(),
                "handlers": ["lines"],
                "propagate": False,
            }
        },
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
        "formatters": {"json": {"()": "config.json_log.JsonLines"}},
    }
control_socket_disable = True
# By default, a SCRIPT_NAME header from a proxy, which may come from a visitor, would
# set the path of the site.
forwarder_headers = ""
# With a heartbeat file on a slow disk, a healthy process may be killed, see
# “excessively blocking in os.fchmod” in https://docs.gunicorn.org/en/latest/faq.html
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
