"""What becomes of the mail when a person is forgotten.

The rows stay, for counts; what could name somebody goes.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from accounts.mentions import mentioning
from accounts.models import Learner, User
from training.models import Notice
from training.personal_record import notices_to


def forget_mail_of_learner(learner: Learner, at: dt.datetime) -> None:
    """Blank the mail about what the learner was asked, and what names them."""
    _blank_mail(Notice.objects.filter(obligation__learner=learner))
    Notice.objects.filter(mentioning("why", learner.user)).update(why={})


@transaction.atomic
def forget_mail_of_account(user: User, at: dt.datetime) -> None:
    """Take the account's address and name from all mail."""
    notices = notices_to(user)
    _blank_mail(notices)
    notices.update(address="", recipient=None)
    # To others: that somebody asks for deletion, who does something instead of whom.
    _blank_mail(Notice.objects.filter(mentioning("text", user)))


def _blank_mail(notices):
    """Send none that waits; what a mail server answered may hold the address.

    One that is being sent loses its claim, so that its words are not kept after all.
    """
    waiting = Q(state__in=[Notice.State.QUEUED, Notice.State.FAILED])
    notices.filter(waiting).update(state=Notice.State.DROPPED)
    notices.update(why={}, error="", subject="", text="", claimed_by=None)
