"""Mail about accounts that was kept because the mail server was down.

The room accounts is below this one and writes it itself (`accounts.actions.sending`),
so its kind is defined here.
"""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actions.sending import frame_email
from mail.kinds import MailKind, MessageText
from mail.models import Message


class AccountMail(MailKind):
    """An e-mail from the sign-in pages that waits in the outbox with its text."""

    code = "account"
    label = _("sign-in and account")
    words_come_with_it = True
    waits_for_quiet_hours = False
    tries_failing_addresses = True
    shows_text = False

    def write_message(
        self, message: Message, at: dt.datetime, facts: object
    ) -> MessageText | None:
        """Return the message as it was kept, or None if it has expired."""
        if at >= dt.datetime.fromisoformat(message.why["until"]):
            return None
        framed = frame_email(subject=message.subject, text=message.text)
        return MessageText(message.subject, message.text, framed)

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "Someone asked for it on the sign-in pages, and the mail server did not accept"
            " it."
        )
