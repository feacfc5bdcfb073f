"""The pages of what can be done for many people: their words and their forms."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from training.people.forms.bulk import BulkForm, RemindForm
from training.people.forms.terms import (
    AskAgainForm,
    AssignForm,
    BulkExtensionForm,
    BulkWaiverForm,
    MoveForm,
    TakeOutForm,
)


@dataclass(frozen=True)
class BulkPage:
    """The page of one verb. What it sends `waits` for the end of quiet hours."""

    title: str | Promise
    lead: str | Promise
    button: str | Promise
    form_class: type[BulkForm] = BulkForm
    waits: bool = False
    is_serious: bool = False


PAGES: dict[str, BulkPage] = {
    "remind": BulkPage(
        _("Remind now"),
        _(
            "Everybody who still has something to do gets an e-mail that says what, and"
            " until when. Nobody gets two of these on one day."
        ),
        _("Send now"),
        RemindForm,
        waits=True,
    ),
    "invite": BulkPage(
        _("Invite again"),
        _(
            "Everybody who has never come in gets a new e-mail with a new link. The"
            " link in the earlier one stops working."
        ),
        _("Invite again"),
        waits=True,
    ),
    "assign": BulkPage(
        _("Give an assignment"),
        _("These people are asked for it one by one, whatever team they are in."),
        _("Give the assignment"),
        AssignForm,
    ),
    "ask-again": BulkPage(
        _("Ask again"),
        _(
            "For people who have done it: a certificate was revoked, or there is a doubt."
            " They do it anew. What they did is kept, and no longer counts from now on."
        ),
        _("Ask again"),
        AskAgainForm,
    ),
    "extend": BulkPage(
        _("Extend"),
        _("Sets a later due date, for this cycle only."),
        _("Extend"),
        BulkExtensionForm,
    ),
    "waive": BulkPage(
        _("Waive"),
        _(
            "While the waiver is in force, this is not required and no e-mails are sent."
        ),
        _("Waive"),
        BulkWaiverForm,
    ),
    "move": BulkPage(
        _("Move to another team"),
        _(
            "They are asked for what the new team has to do, and no longer for what only"
            " the old one has. What they have done is kept. Whoever has never come in is"
            " invited to the new team."
        ),
        _("Move"),
        MoveForm,
    ),
    "take-out": BulkPage(
        _("Take out of the team"),
        _(
            "They will no longer be asked for anything through this team. Their account,"
            " learning record, certificates and log entries are kept."
        ),
        _("Take out of the team"),
        TakeOutForm,
        is_serious=True,
    ),
}
"""In the order of the buttons."""
