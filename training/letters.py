"""What is written in a mail: subject, plain text and HTML."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str
