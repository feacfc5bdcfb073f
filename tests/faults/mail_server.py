"""A mail server that takes its time and counts what it accepted."""

import asyncio
import re
from collections import Counter
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from tests.redis_server import free_port

MESSAGE_ID = re.compile(rb"^Message-ID: <([^@>]+)@", re.MULTILINE | re.IGNORECASE)
TAKES = 0.02  # seconds for each mail, so that it meets a kill


class CountedMail:
    """The mail that was accepted, by the uuid of its message."""

    def __init__(self):
        self.accepted = Counter()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- its name
        await asyncio.sleep(TAKES)
        found = MESSAGE_ID.search(envelope.content)
        self.accepted[found[1].decode()] += 1
        return "250 Accepted"

    @property
    def twice(self):
        return [name for name, count in self.accepted.items() if count > 1]


@contextmanager
def mail_server():
    """Give the server's address as a setting, and what it accepted."""
    mail, port = CountedMail(), free_port()
    controller = Controller(mail, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}", mail
    finally:
        controller.stop()
