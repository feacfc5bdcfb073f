"""The mail about an account that was kept because the mail server took none.

The room accounts is below this one and writes it itself (`accounts.actions.sending`), so its
kind is here.
"""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mail.kinds import MailKind, MessageText
from mail.models import Message


class AccountMail(MailKind):
    """An e-mail of the sign-in pages, which waits in the outbox with its words."""

    code = "account"
    label = _("signing in and account")
    words_come_with_it = True
    waits_for_quiet_hours = False
    shows_text = False

    def write_message(
        self, message: Message, at: dt.datetime, facts: object
    ) -> MessageText | None:
        """Return the words as they were kept; None when their time is over."""
        if at >= dt.datetime.fromisoformat(message.why["until"]):
            return None
        return MessageText(message.subject, message.text)

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "Somebody asked for it at the sign-in pages, and the mail server did not take"
            " it."
        )
