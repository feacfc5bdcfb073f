"""Machines of their own in one network: namespaces of Linux, joined by a bridge.

They cannot reach this machine's 127.0.0.1, nor each other's. Needs root and `ip`.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from functools import cache

from tests.served import ServedSite


def why_not():
    """Return why there can be no machines here; "" if there can be."""
    if os.geteuid() != 0:
        return "Needs root: several machines are NOT tested."
    if not shutil.which("ip"):
        return "No ip here (apt install iproute2): several machines are NOT tested."
    if not _may_make_networks():
        return "No networks can be made here: several machines are NOT tested."
    return ""


@cache
def _may_make_networks():
    """A container's root often may not."""
    name = f"arprobe{os.getpid()}"
    made = [
        ("link", "add", name, "type", "bridge"),
        ("netns", "add", name),
        ("netns", "exec", name, "true"),
    ]
    may = all(_succeeds(*words) for words in made)
    _succeeds("netns", "del", name)
    _succeeds("link", "del", name)
    return may


def _succeeds(*words):
    command = [shutil.which("ip"), *words]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode == 0


class Network:
    """A bridge with this machine at .1, and a namespace for each other machine."""

    def __init__(self):
        self._name = f"ar{os.getpid()}"
        self._prefix = f"10.231.{os.getpid() % 250 + 1}."
        self._machines = []
        self.address = self.address_of(1)

    def address_of(self, number):
        return f"{self._prefix}{number}"

    def __enter__(self):
        _ip("link", "add", self._name, "type", "bridge")
        _ip("addr", "add", f"{self.address}/24", "dev", self._name)
        _ip("link", "set", self._name, "up")
        return self

    def add_machine(self, number):
        """Return its namespace."""
        name = f"{self._name}-{number}"
        outside, inside = f"{self._name}o{number}", f"{self._name}i{number}"
        _ip("netns", "add", name)
        self._machines.append(name)
        _ip("link", "add", outside, "type", "veth", "peer", "name", inside)
        _ip("link", "set", inside, "netns", name)
        _ip("link", "set", outside, "master", self._name, "up")
        _ip("-n", name, "addr", "add", f"{self.address_of(number)}/24", "dev", inside)
        _ip("-n", name, "link", "set", inside, "up")
        _ip("-n", name, "link", "set", "lo", "up")
        return name

    def __exit__(self, *error):
        for name in self._machines:
            _ip("netns", "del", name)
        _ip("link", "del", self._name)


def _ip(*arguments):
    subprocess.run([shutil.which("ip"), *arguments], check=True)


def _wait_for(address):
    """Return once something listens there. Raises OSError."""
    host, port = address.split(":")
    until = time.monotonic() + 30
    while True:
        try:
            return socket.create_connection((host, int(port))).close()
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
        time.sleep(0.1)


class Forwarder:
    """Passes on what comes to `address` to a server at this machine's 127.0.0.1."""

    def __init__(self, address, port):
        self._to = ("127.0.0.1", port)
        self._listening = socket.create_server((address, 0), backlog=100)
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _from = self._listening.accept()
                far = socket.create_connection(self._to)
            except OSError:
                return
            for pair in ((near, far), (far, near)):
                threading.Thread(target=_pass_on, args=pair, daemon=True).start()

    def stop(self):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


def _pass_on(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    for one in (source, target):
        # The other direction may have ended first.
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()


class Machine(ServedSite):
    """A site's project on a machine of its own: a web server, a worker, or both."""

    def __init__(self, network, number, project, **told):
        self.inside = ("ip", "netns", "exec", network.add_machine(number))
        super().__init__(project, HOST=network.address_of(number), **told)
        self.worker = None

    def start_worker(self):
        with self.log.open("a") as log:
            self.worker = subprocess.Popen(
                [*self.inside, ".venv/bin/python", "manage.py", "run_worker"],
                cwd=self.project,
                env=self.environment
                | {"DJANGO_SETTINGS_MODULE": "config.settings.production"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def cut_power(self):
        """Kill all of its processes at once."""
        for process in filter(None, (self.process, self.worker)):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)
        self.process = self.worker = None


class Nginx:
    """Debian's nginx with `deploy/nginx.conf`, changed as its first lines ask for."""

    def __init__(self, folder, certificate):
        self._folder, self._certificate = folder, certificate
        self._sites = {}
        self._process = None

    def add_site(self, name, conf, listens, servers):
        """Serve at this address by these servers; call `reload` if it runs."""
        self._sites[name] = (conf, listens, servers)

    def start(self):
        self._write()
        command = [shutil.which("nginx"), "-p", str(self._folder), "-c", "nginx.conf"]
        self._process = subprocess.Popen([*command, "-g", "daemon off;"])
        for _conf, listens, _servers in self._sites.values():
            _wait_for(listens)

    def reload(self):
        self._write()
        self._process.send_signal(signal.SIGHUP)

    def stop(self):
        if self._process:
            self._process.terminate()
            self._process.wait(20)

    def _write(self):
        sites = "\n".join(self._text(*site) for site in self._sites.items())
        (self._folder / "nginx.conf").write_text(
            "user root; worker_processes 1; pid nginx.pid; error_log error.log;\n"
            "events { worker_connections 512; }\n"
            "http { client_body_temp_path body; proxy_temp_path proxy;"
            " fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;\n"
            f"{sites}\n}}\n"
        )

    def _text(self, name, site):
        conf, listens, servers = site
        lines = []
        for line in conf.splitlines():
            if line.strip().startswith("server 10.0.0.11:8000"):
                lines += [line.replace("10.0.0.11:8000", each) for each in servers]
            elif not line.strip().startswith("server 10.0.0.12:8000"):
                lines.append(line)
        text = "\n".join(lines).replace("listen 443", f"listen {listens}")
        text = text.replace("upstream anteroom", f"upstream {name}")
        text = text.replace("http://anteroom", f"http://{name}")
        return text.replace("/etc/ssl/anteroom", str(self._certificate))
