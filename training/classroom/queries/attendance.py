"""What taking attendance would record and revoke, for its preview. Reads only."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from training.assignments.models import CompletionElsewhere, Obligation
from training.assignments.rules.elsewhere import (
    CompletedElsewhere,
    CompletionEffect,
    judge_completion,
)
from training.assignments.rules.satisfaction import Requirement
from training.classroom.models import Attendance, AttendanceState, ClassroomSession


@dataclass
class AttendancePlan:
    """What would become of whom.

    `record`: people who get the completion. `known`: those who completed the course on
    this day already, so that only their attendance is noted. `kept`: those whose
    attendance is confirmed as it is. `revoke`: those whose completion goes. `clear`:
    those whose attendance was noted and goes. `gone`: people who left their team, so
    that nothing can be recorded. `effects`: learner id → what the completion does.
    """

    session: ClassroomSession
    record: list[Attendance] = field(default_factory=list)
    known: list[Attendance] = field(default_factory=list)
    kept: list[Attendance] = field(default_factory=list)
    revoke: list[Attendance] = field(default_factory=list)
    clear: list[Attendance] = field(default_factory=list)
    gone: list[Attendance] = field(default_factory=list)
    effects: dict[int, list[CompletionEffect]] = field(default_factory=dict)

    @property
    def changed(self) -> list[Attendance]:
        """Everybody for whom something would change."""
        return [*self.record, *self.known, *self.revoke, *self.clear]

    @property
    def fingerprint(self) -> str:
        """A text that is the same as long as the plan is."""
        parts = (self.record, self.known, self.kept, self.revoke, self.clear, self.gone)
        keys = [sorted(row.pk for row in part) for part in parts]
        whose = f"{self.session.course_key} {self.session.held_on} {keys}"
        return hashlib.sha256(whose.encode()).hexdigest()


def plan_attendance(
    *,
    session: ClassroomSession,
    rows: Iterable[Attendance],
    ticked: Collection[int],
    at: dt.datetime,
) -> AttendancePlan:
    """Return what it means that exactly the ticked rows came. Two queries."""
    rows = list(rows)
    held = _completed_on_the_day(session, rows)
    plan = AttendancePlan(session)
    for row in rows:
        came = row.pk in ticked
        part = _if_came(plan, row, held) if came else _if_not(plan, row)
        if part is not None:
            part.append(row)
    plan.effects = _effects(session, {row.learner_id for row in plan.record}, at)
    return plan


def _if_came(plan, row, held):
    if row.state == AttendanceState.RECORDED:
        return plan.kept
    if row.learner_id in held:
        return plan.kept if row.is_confirmed else plan.known
    return plan.record if row.is_current else plan.gone


def _if_not(plan, row):
    parts = {AttendanceState.RECORDED: plan.revoke, AttendanceState.KNOWN: plan.clear}
    return parts.get(row.state)


def _completed_on_the_day(session, rows):
    held = CompletionElsewhere.objects.in_force().filter(
        learner__in=[row.learner_id for row in rows],
        course_key=session.course_key,
        done_on=session.held_on,
    )
    return set(held.values_list("learner", flat=True))


def _effects(session, learners, at):
    """Return learner id → what the completion would do for each thing asked of them."""
    asked = (
        Obligation.objects.in_force()
        .newest_cycle()
        .filter(learner__in=learners, assignment__course_key=session.course_key)
    )
    completion = CompletedElsewhere(0, session.held_on, at)
    found = defaultdict(list)
    for row in asked.select_related("assignment").order_by("assignment__title", "pk"):
        requirement = Requirement.from_json(row.requirement)
        verdict = (
            None
            if row.satisfied_at
            else judge_completion(requirement, completion, row.opens_at, row.time_zone)
        )
        effect = CompletionEffect(row.assignment.title, verdict)
        found[row.learner_id].append(effect)
    return dict(found)
