"""What trainers learn and do about addresses from which e-mail comes back.

Every action is safe to call again.
"""

import datetime as dt

from django.db import transaction

from accounts.actions.learners import lock_learners
from accounts.models import Learner, User
from mail.actions.bounces import try_address_again
from mail.actions.planning import queue_messages
from mail.models import Message
from training.teams import log
from training.teams.kinds.failing_mail import FailingMail
from training.teams.models import Membership, Team
from training.teams.queries.teams import trainers_in


def notify_trainers(*, message: Message, at: dt.datetime) -> None:
    """Queue an e-mail to the trainers of whoever the message did not reach.

    Those who have one of the same moment get no other.
    """
    teams = Membership.objects.current().filter(
        learner__user__email=message.sent_to, team__archived_at=None
    )
    keys = set(teams.values_list("team", flat=True))
    if message.recipient is None and isinstance(message.about, Team):
        keys.add(message.about.pk)
    trainers = User.objects.filter(
        is_active=True, learner__memberships__in=trainers_in(team__in=keys)
    ).exclude(email=message.sent_to)
    queue_messages([_message(trainer, at) for trainer in trainers.distinct()])


def _message(trainer, at):
    return Message(
        kind=FailingMail.code,
        recipient=trainer,
        recipient_key=f"user:{trainer.pk}",
        topic_key="failing",
        scheduled_for=at,
        created_at=at,
    )


@transaction.atomic
def try_mail_again(*, learner: Learner, by: User) -> bool:
    """Send reminders to the person again; return False if nothing was marked.

    What was not sent meanwhile and still applies is sent in the next round. The caller
    checks `access.learners_run_by` first.
    """
    if not lock_learners([learner.pk]) or not try_address_again(user=learner.user):
        return False
    log.log_action(learner, "training.mail_tried_again", learner=learner, user=by)
    return True
