"""Settings for gunicorn. `WEB_CONCURRENCY` sets the number of processes."""

import gc
import os
from pathlib import Path

from config.threads import THREADS

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


def when_ready(server):
    gc.freeze()


def post_fork(server, worker):
    gc.enable()


# No access log: what people read about their health is private.
accesslog = None
# At "warning", it logs every HEAD request that Django responds to.
loglevel = "error"
control_socket_disable = True
# By default, a SCRIPT_NAME header from a proxy, which may come from a visitor, would
# set the path of the site.
forwarder_headers = ""
# With a heartbeat file on a slow disk, a healthy process may be killed, see
# “excessively blocking in os.fchmod” in https://docs.gunicorn.org/en/latest/faq.html
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
