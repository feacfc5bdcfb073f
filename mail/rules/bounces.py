"""What an e-mail that came back says: pure rules over a parsed message.

RFC 3464 is the form of such reports; `flufl.bounce` also knows those of servers that
have forms of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.iterators import typed_subpart_iterator
from email.message import Message
from uuid import UUID

from flufl.bounce import all_failures

from accounts.rules.names import clean_address, without_control_characters

LONGEST_REASON = 200
# Of the form that the outbox gives to its messages, whatever the site's address was.
_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^<>\s]+>", re.I)
# Servers without a form of their own quote the headers of the message in their text.
_QUOTED = re.compile(r"^Message-ID:\s*(<\S+>)\s*$", re.I | re.M)
# What the parser and the detectors raise for broken messages, and for nested ones.
_BROKEN = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
_RECIPIENTS = ("Original-Recipient", "Final-Recipient")
_IN_TEXT = ("text/rfc822-headers", "text/plain")


@dataclass(frozen=True)
class Bounce:
    """A message that says that others did not arrive.

    `failed` are addresses that get nothing, `delayed` those that may still get it, as
    they are stored. `named` are the ids of the messages that it names; `reason` is what the
    server said, in short.
    """

    failed: frozenset[str]
    delayed: frozenset[str]
    named: frozenset[UUID]
    reason: str = ""


def parse_bounce(content: bytes) -> Bounce | None:
    """Return what the message says has not arrived; None if it says no such thing."""
    try:
        return read_bounce(message_from_bytes(content))
    except _BROKEN:
        return None


def read_bounce(message: Message) -> Bounce | None:
    """Return what the parsed message says, as `parse_bounce` does."""
    try:
        return _read(message)
    except _BROKEN:
        return None


def _read(message: Message) -> Bounce | None:
    delayed, failed = (
        {clean_address(address.decode("ascii")) for address in found}
        for found in all_failures(message)
    )
    reason = ""
    for block in _reports(message):
        about = _recipients(block) & failed
        if _text(block, "Status").startswith("4"):
            # It was given up, but the address may work: RFC 3463, 2.
            failed, delayed = failed - about, delayed | about
        elif about:
            reason = reason or _reason(block)
    if not (failed or delayed):
        return None
    named = frozenset(
        UUID(found) for text in _naming(message) for found in _ID.findall(text)
    )
    return Bounce(frozenset(failed), frozenset(delayed), named, reason)


def _reports(message: Message) -> Iterator[Message]:
    """Yield what the report says of each recipient."""
    for part in typed_subpart_iterator(message, "message", "delivery-status"):
        yield from (each for each in part.get_payload() if isinstance(each, Message))


def _recipients(block: Message) -> set[str]:
    found = (_text(block, name).rpartition(";")[2] for name in _RECIPIENTS)
    return {clean_address(each.strip().strip("<>")) for each in found}


def _reason(block: Message) -> str:
    """Return what the server said, or its code, as one line."""
    words = _text(block, "Diagnostic-Code")
    words = words.partition(";")[2] or words or _text(block, "Status")
    return " ".join(without_control_characters(words).split())[:LONGEST_REASON]


def _naming(message: Message) -> Iterator[str]:
    """Yield the texts that may name a message that did not arrive."""
    yield _text(message, "In-Reply-To")
    yield _text(message, "References")
    for part in message.walk():
        if part is not message:
            yield _text(part, "Message-ID")
        if part.get_content_type() in _IN_TEXT:
            yield from _QUOTED.findall(_words(part))


def _words(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("ascii", "replace") if isinstance(content, bytes) else ""


def _text(message: Message, name: str) -> str:
    return str(message.get(name, "")).strip()
