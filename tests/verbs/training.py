"""What trainers do with one person, and the person with a team."""

import datetime as dt
import uuid
from contextlib import suppress

from django.utils import timezone

from mail.actions.sending import send_due_messages
from progress.models import Certificate
from tests.training.staff import Role
from training.assignments.actions import exceptions
from training.assignments.actions.asking_again import AskingAgain, ask_people_again
from training.assignments.actions.completions import (
    CompletionFacts,
    UnableToRecord,
    record_completion,
    revoke_completion,
)
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.actions.reminding import remind_people
from training.assignments.models import CompletionElsewhere, ExceptionEntry
from training.certificates.actions.certificates import (
    reissue_certificate,
    revoke_certificate,
)
from training.teams.actions import rosters, teams
from training.teams.actions.correcting import (
    CorrectedDetails,
    UnableToRename,
    correct_person,
)
from training.teams.actions.invitations import (
    accept_invitation,
    ask_to_join,
    invite_again,
    send_invitations,
)
from training.teams.actions.join_links import join_by_link
from training.teams.actions.many import (
    invite_all_again,
    move_people,
    take_out_people,
)
from training.teams.actions.memberships import join_team, leave_team
from training.teams.actions.roster_reviews import is_address
from training.teams.models import Invitation, Membership
from training.teams.readers.rosters import read_roster
from training.teams.rules.rosters import rows
from training.teams.rules.work_details import WorkDetails


class BeingTrained:
    """Verbs about teams, dates and certificates."""

    def send_mail(self):
        send_due_messages(at=timezone.now())

    def _before_send_mail(self):
        self._invite()

    def extend(self):
        exceptions.extend_due_date(
            obligation=self._obligation,
            due_on=timezone.localdate() + dt.timedelta(days=60),
            **self._by_the_trainer(),
        )

    def hand_over(self):
        deputy = self._place.deputy
        exceptions.hand_over(
            obligation=self._obligation, deputy=deputy, **self._by_the_trainer()
        )

    def waive(self):
        exceptions.waive_obligation(
            obligation=self._obligation, **self._by_the_trainer()
        )

    def take_back(self):
        entry = ExceptionEntry.objects.filter(obligation=self._obligation).first()
        # Of what is done already there is nothing to except.
        if entry:
            exceptions.revoke_exception(
                entry=entry, at=timezone.now(), by=self._place.trainer
            )

    def _before_take_back(self):
        with suppress(exceptions.UnableToExcept):
            self.extend()

    def _by_the_trainer(self):
        return {
            "reason": "Ill",
            "key": uuid.uuid4(),
            "at": timezone.now(),
            "by": self._place.trainer,
        }

    def record_elsewhere(self):
        terms = {"learner": self._learner, "team": self._place.team}
        day, key = timezone.localdate(), uuid.uuid4()
        facts = CompletionFacts(self._place.course.translation_key, day, "Here", "HR")
        by, at = self._place.trainer, timezone.now()
        # Another of this day is refused, and so is anything after they left.
        with suppress(UnableToRecord):
            record_completion(facts=facts, key=key, by=by, at=at, **terms)

    def revoke_elsewhere(self):
        made = CompletionElsewhere.objects.filter(learner=self._learner).latest("pk")
        by, at = self._place.trainer, timezone.now()
        revoke_completion(completion=made, reason="Forged", by=by, at=at)

    def _before_revoke_elsewhere(self):
        self.record_elsewhere()

    def join(self):
        team = self._place.second_team
        join_team(team=team, learner=self._learner, role=Role.MEMBER, at=timezone.now())

    def come_by_roster(self):
        team, by = self._place.second_team, self._place.trainer
        table = read_roster(f"email\n{self._learner.user.email}\n".encode())
        parsed = rows.parse_roster(table, timezone.localdate(), is_address)
        fingerprint = rosters.plan_roster(team=team, parsed=parsed, by=by).fingerprint
        terms = {"team": team, "parsed": parsed, "fingerprint": fingerprint, "by": by}
        rosters.apply_roster(**terms, at=timezone.now())

    def come_in(self):
        invitation = Invitation.objects.filter(learner=self._learner).last()
        accept_invitation(
            invitation=invitation, password="a long phrase", at=timezone.now()
        )

    def _before_come_in(self):
        self._invite()

    def _invite(self):
        """Invite them as somebody who has no password yet."""
        user = self._learner.user
        user.set_unusable_password()
        user.save()
        at = timezone.now()
        send_invitations(self._place.team, [self._learner], by=None, at=at)

    def invite_again(self):
        invite_again(
            team=self._place.team,
            learner=self._learner,
            by=self._place.trainer,
            at=timezone.now(),
        )

    def _before_invite_again(self):
        self._invite()

    def invite_all_again(self):
        invite_all_again(**self._in_bulk())

    def _before_invite_all_again(self):
        self._invite()

    def remind(self):
        remind_people(words="", **self._in_bulk())

    def move(self):
        terms = {"team": self._place.second_team, "reason": "New post"}
        move_people(**terms, **self._in_bulk())

    def take_out(self):
        take_out_people(reason="Gone", **self._in_bulk())

    def ask_again(self):
        due_on = timezone.localdate() + dt.timedelta(days=14)
        ask_people_again(
            assignment=self._place.assignment.pk,
            terms=AskingAgain(due_on, "A doubt", uuid.uuid4()),
            **self._in_bulk(),
        )

    def _before_ask_again(self):
        self._complete()

    def correct_name(self):
        names, by = ("Anna", "Berg"), self._place.trainer
        terms = {"names": names, "email": None, "by": by, "at": timezone.now()}
        correct_person(learner=self._learner, **terms)

    def correct_details(self):
        people = Membership.objects.select_related("team")
        rows = people.filter(learner=self._learner, team=self._place.team)
        row = rows.order_by("pk").first()
        work = CorrectedDetails(row, WorkDetails(job_title="Nurse"))
        terms = {"names": None, "email": None, "by": self._place.trainer}
        # Somebody who left meanwhile has no details.
        with suppress(UnableToRename):
            correct_person(learner=self._learner, work=work, at=timezone.now(), **terms)

    def _in_bulk(self):
        people = Membership.objects.filter(learner=self._learner, team=self._place.team)
        return {"people": people, "by": self._place.trainer, "at": timezone.now()}

    def ask_to_join(self):
        email, at = self._learner.user.email, timezone.now()
        ask_to_join(link=self._place.link, email=email, at=at)

    def come_by_link(self):
        user, at = self._learner.user, timezone.now()
        join_by_link(link=self._place.link, user=user, at=at)

    def revoke_certificate(self):
        revoke_certificate(**self._certificate_by_the_trainer())

    def _before_revoke_certificate(self):
        self._complete()

    def reissue_certificate(self):
        reissue_certificate(**self._certificate_by_the_trainer())

    def _before_reissue_certificate(self):
        self._complete()

    def _complete(self):
        if not Certificate.objects.filter(enrolment__learner=self._learner):
            self._before_catch_up()
            self.catch_up()

    def _certificate_by_the_trainer(self):
        mine = Certificate.objects.filter(enrolment__learner=self._learner)
        by, at = self._place.trainer, timezone.now()
        return {"certificate": mine.latest("pk"), "reason": "Name", "by": by, "at": at}

    def archive(self):
        team = {"team": self._place.second_team, "by": self._place.trainer}
        teams.archive_team(**team, at=timezone.now())
        teams.bring_back_team(**team, at=timezone.now())

    def leave(self):
        leave_team(team=self._place.team, learner=self._learner, at=timezone.now())

    def reconcile(self):
        reconcile_obligations(at=timezone.now())
