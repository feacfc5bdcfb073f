"""Print the URL the site will be served at, then the one to open on a phone.

This is called with a host and port before anything else. If the port is not available,
it prints a message and exits with status 1.
"""

import errno
import socket
import sys
import time

# The workers of a killed server keep the port until they notice.
PATIENCE = 5  # seconds


def family_of(host):
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def claim(host, port):
    with socket.socket(family_of(host)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def claim_soon(host, port):
    """Bind the port, waiting a little if it is in use. Raises OSError."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return claim(host, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() >= until:
                raise
        time.sleep(0.2)


def refusal(error, host, port):
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is in use by another program, perhaps a second"
            " script/server.\n"
            f"Stop that program, or choose another port: PORT={port + 1} script/server"
        )
    return f"Cannot serve on {host}, port {port}: {error.strerror or error}."


def own_address():
    """Return this machine's address in its network. Connecting sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return probe.getsockname()[0]


def url(host, port):
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def main(host, port):
    if not port.isdecimal() or not 0 < int(port) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {port!r}.")
    try:
        claim_soon(host, int(port))
    except OSError as error:
        sys.exit(refusal(error, host, int(port)))
    for_phones = url(own_address(), port)
    served = for_phones if host in {"0.0.0.0", "::"} else url(host, port)  # noqa: S104
    sys.stdout.write(f"{served}\n{for_phones}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
