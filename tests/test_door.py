"""A door that was shut lets nobody in, and nobody who came before goes on."""

import threading
from contextlib import suppress
from socket import create_connection, create_server

import pytest

from tests.door import Door


@pytest.fixture
def door():
    """A door to a server that sends back what it gets."""
    server = create_server(("127.0.0.1", 0))

    def serve():
        with suppress(OSError):
            while True:
                connection, _address = server.accept()
                with connection:
                    connection.sendall(connection.recv(10))

    threading.Thread(target=serve, daemon=True).start()
    door = Door(*server.getsockname())
    door.open()
    yield door
    server.close()


def ask(door):
    """Return what comes back, or b"" where nothing does."""
    with suppress(OSError), create_connection(("127.0.0.1", door.port), 2) as asking:
        asking.sendall(b"word")
        return asking.recv(10)
    return b""


def test_a_door_is_shut_for_the_first_who_comes_and_opens_again(door):
    assert ask(door) == b"word"
    door.shut()
    assert [ask(door) for _time in range(2)] == [b"", b""]
    door.open()
    assert ask(door) == b"word"
    door.shut()
