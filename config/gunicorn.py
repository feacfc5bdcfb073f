"""How gunicorn serves the site; `WEB_CONCURRENCY` sets the number of processes."""

import gc
import os
from pathlib import Path

_host = os.environ.get("HOST") or "127.0.0.1"
_port = os.environ.get("PORT") or "8000"

bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
# Loaded once and shared: starts sooner and needs less memory. What is loaded is never
# searched for rubbish, as Python's documentation of `gc.freeze` advises before forks.
preload_app = True
gc.disable()


def when_ready(server):
    gc.freeze()


def post_fork(server, worker):
    gc.enable()


# No access log: who read what about their health is nobody's business.
accesslog = None
# At "warning" it complains of every HEAD request that Django answers.
loglevel = "error"
control_socket_disable = True
# By default a header SCRIPT_NAME from the server in front, which passes on what visitors
# send, would say where the site lives.
forwarder_headers = ""
# A heartbeat file on a slow disk can get a healthy process killed, see “excessively
# blocking in os.fchmod” in https://docs.gunicorn.org/en/latest/faq.html
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
