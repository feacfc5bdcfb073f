"""The way to a server, which can be shut, and whose cable can be pulled."""

import threading
from contextlib import suppress
from socket import create_connection, create_server, socket

from tests.redis_server import free_port


class Door:
    """Passes connections on to a server, until it is shut or its cable is pulled."""

    def __init__(self, host, port):
        self._behind = (host, port)
        self.port = free_port()
        self._open = set()
        self._listener = None
        self._is_shut = True
        self._passing = threading.Lock()
        self._plugged = threading.Event()
        self._plugged.set()

    def open(self):
        self._is_shut = False
        self._listener = create_server(("127.0.0.1", self.port), reuse_port=False)
        threading.Thread(target=self._accept, daemon=True).start()

    def shut(self):
        """Cut off what is connected, and let nobody in."""
        with self._passing:
            self._is_shut = True
            # Closing alone would let in one more: whoever waits in `accept` goes on.
            for one in (self._listener, *self._open):
                with suppress(OSError):
                    one.shutdown(2)
                one.close()
            self._open.clear()

    def pull(self):
        """Pass nothing on any more, and tell nobody: what is connected stays so."""
        self._plugged.clear()

    def plug(self):
        """Pass everything on again, also what came meanwhile."""
        self._plugged.set()

    def _accept(self):
        with suppress(OSError):
            while True:
                came, _address = self._listener.accept()
                threading.Thread(target=self._connect, args=[came], daemon=True).start()

    def _connect(self, came):
        self._plugged.wait()
        with suppress(OSError):
            behind = create_connection(self._behind)
            with self._passing:
                if self._is_shut:
                    came.close()
                    behind.close()
                    return
                self._open |= {came, behind}
            threading.Thread(
                target=self._pass_on, args=(behind, came), daemon=True
            ).start()
            self._pass_on(came, behind)

    def _pass_on(self, source: socket, target: socket):
        with suppress(OSError):
            while data := source.recv(65_536):
                self._plugged.wait()
                target.sendall(data)
            self._plugged.wait()
            target.shutdown(1)
