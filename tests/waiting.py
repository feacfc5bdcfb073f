"""Waiting for what another process does.

A busy machine is no failed test, and half of something is not yet the thing: wait for what
the test is about to read, never for its first sign.
"""

import time

PATIENCE = 180  # seconds
END_OF_MAIL = "-" * 79  # what Django's file backend writes below each message


def wait_until(condition, within=PATIENCE):
    """Return what `condition` returns once it is true; AssertionError if it never is."""
    until = time.monotonic() + within
    while not (found := condition()):
        assert time.monotonic() < until, "It did not come to that."
        time.sleep(0.05)
    return found


def whole_mails(folder):
    """Return the messages in a folder of mail, without one that is still being written."""
    files = folder.iterdir() if folder.is_dir() else []
    return [
        message
        for file in files
        for message in file.read_text().split(f"\n{END_OF_MAIL}\n")[:-1]
    ]


def mails_to(address, folder):
    """Return the whole messages to an address, as soon as there is one in the folder."""
    line = f"\nTo: {address}\n"
    return wait_until(lambda: [mail for mail in whole_mails(folder) if line in mail])
