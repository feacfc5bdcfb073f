"""Composes a message from a template: the subject in the first line, then paragraphs.

Both plain text and HTML are made from it.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from languages.addresses import path_in
from mail.kinds import AttachedFile, MessageText, StopAddress


def compose_message(
    template: str,
    *,
    path: str,
    link: str | Promise,
    footer: str | Promise,
    language: str | None = None,
    stop: StopAddress | None = None,
    attachments: Sequence[AttachedFile] = (),
    **context: Any,
) -> MessageText:
    """Return the message from the template, with one link to a page of the site.

    It is in the site's language, unless another is given, and so is the page, whoever
    asks for it or runs the worker.
    """
    language = language or settings.LANGUAGE_CODE
    with translation.override(language):
        words = render_to_string(f"{template}.txt", {"stop": stop, **context}).strip()
        subject, _end, body = words.partition("\n")
        frame = {
            "subject": subject.strip(),
            "body": re.sub(r"\n{3,}", "\n\n", body).strip(),
            "url": settings.SITE_URL + path_in(path, language),
            "link": link,
            "footer": footer,
            "language": language,
        }
        return MessageText(
            subject=subject.strip(),
            text=render_to_string("mail/frame.txt", frame).strip() + "\n",
            html=render_to_string("mail/frame.html", frame),
            stop=stop,
            attachments=attachments,
        )


def compose_both(
    template: str, subject: str, *, stop: StopAddress | None = None, **context: Any
) -> MessageText:
    """Return the message of a kind with templates for both plain text and HTML."""
    subject = " ".join(subject.split())
    context |= {"subject": subject, "stop": stop}
    return MessageText(
        subject=subject,
        text=render_to_string(f"{template}.txt", context),
        html=render_to_string(f"{template}.html", context),
        stop=stop,
    )
