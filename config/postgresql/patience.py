"""How long a connection waits for the response to a statement.

TCP notices within seconds that a cable was pulled (`config.stores`). It does not notice a
server that hangs, nor a proxy that holds a connection whose other end is gone.
"""

# Longer than any statement of a command, migrations included.
OF_COMMANDS = 300
# As on SQLite. Whoever waits in a browser has given up by then.
OF_REQUESTS = 20
# To ask whether a connection still works.
OF_CHECKS = 2
# What responded so lately is not asked: that would be one more way there and back for
# each request of a busy site. Half a second, as in HikariCP's `aliveBypassWindowMs`.
OF_TRUST = 0.5

seconds = OF_COMMANDS


def wait_as_requests_do() -> None:
    """Wait less in this process, because it serves people."""
    global seconds  # noqa: PLW0603 -- it is of the process, as gunicorn's settings are
    seconds = OF_REQUESTS
