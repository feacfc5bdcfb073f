"""What somebody is asked to learn, as they see it themself. Reads only."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Learner
from progress.models import Enrolment
from quizzes.outline import open_quizzes
from training import due
from training.certificates import ShownCertificate, certificates_of
from training.contents import CourseContent, course_contents
from training.models import ExceptionEntry, Obligation, Status
from training.queries import hand_overs, learning_in
from training.satisfaction import Learning, Requirement
from training.still_to_do import LessonStanding, lessons_standing

ORDER = (
    Status.OVERDUE,
    Status.DUE_SOON,
    Status.OPEN,
    Status.PAUSED,
    Status.UPCOMING,
    Status.WAIVED,
    Status.DONE,
    Status.EXPIRED,
)
OPEN = frozenset(ORDER[:5])


@dataclass(frozen=True)
class LessonLine:
    """A lesson that is asked for. `standing` says whether it is done, or why not."""

    key: str
    title: str
    url: str
    standing: LessonStanding
    has_attempt: bool
    is_paused: bool

    @property
    def is_done(self) -> bool:
        return self.standing == LessonStanding.DONE

    @property
    def must_be_repeated(self) -> bool:
        return self.standing in LessonStanding.repeated()


@dataclass
class Item:
    """One obligation: what is left of it, by when, and where to go on."""

    obligation: Obligation
    course_title: str
    course_url: str
    lessons: list[LessonLine]
    exceptions: list[ExceptionEntry]
    resume_url: str
    is_mine: bool
    completed_before: dt.datetime | None

    @property
    def status(self) -> Status:
        return Status(self.obligation.status)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def due_day(self) -> dt.date:
        return due.day_in(self.obligation.effective_due_at, self.obligation.time_zone)

    @property
    def opens_day(self) -> dt.date:
        return due.day_in(self.obligation.opens_at, self.obligation.time_zone)

    @property
    def done_day(self) -> dt.date:
        return due.day_in(self.obligation.satisfied_at, self.obligation.time_zone)

    @property
    def expires_day(self) -> dt.date | None:
        row = self.obligation
        return row.expires_at and due.day_in(row.expires_at, row.time_zone)

    @property
    def done(self) -> int:
        return len(self.lessons) - self.left

    @property
    def left(self) -> int:
        return sum(not lesson.is_done for lesson in self.lessons)

    @property
    def has_begun(self) -> bool:
        return self.done > 0 or self.resume_url.endswith("quiz/")

    @property
    def is_handed_over(self) -> bool:
        """Whether a deputy does it instead of the person whose page this is."""
        kinds = {entry.kind for entry in self.exceptions}
        return self.is_mine and ExceptionEntry.Kind.HAND_OVER in kinds


@dataclass
class MyLearning:
    """The obligations in the order in which to look at them, and the certificates."""

    items: list[Item] = field(default_factory=list)
    certificates: list[ShownCertificate] = field(default_factory=list)

    @property
    def sections(self) -> list[tuple[Status, list[Item]]]:
        """The statuses that occur, the most pressing first, with their items."""
        found = defaultdict(list)
        for item in self.items:
            found[item.status].append(item)
        return [(status, found[status]) for status in ORDER if status in found]

    @property
    def has_dates(self) -> bool:
        return any(item.is_open and not item.is_handed_over for item in self.items)


def obligations_of(learner: Learner, at: dt.datetime) -> list[Obligation]:
    """Return what the learner owes or does for others, with status, by due date."""
    standing_in = ExceptionEntry.objects.in_force(at).filter(
        kind=ExceptionEntry.Kind.HAND_OVER, deputy=learner
    )
    concerned = Obligation.objects.filter(
        Q(learner=learner) | Q(pk__in=standing_in.values("obligation"))
    )
    rows = concerned.with_status(at).exclude(status=Status.WITHDRAWN)
    named = rows.select_related("assignment", "learner__user")
    return list(named.order_by("effective_due_at", "pk"))


def open_obligations_of(learner: Learner | None, at: dt.datetime) -> list[Obligation]:
    """Return what the learner has to do themself, not what a deputy does for them."""
    if learner is None:
        return []
    rows = [row for row in obligations_of(learner, at) if row.status in OPEN]
    deputies = hand_overs([row.pk for row in rows], at)
    return [
        row for row in rows if row.learner_id != learner.pk or row.pk not in deputies
    ]


def my_learning(
    learner: Learner | None, at: dt.datetime, request: HttpRequest
) -> MyLearning:
    """Return all that the learner is asked to learn, in fifteen queries at most."""
    if learner is None:
        return MyLearning()
    rows = without_renewed(obligations_of(learner, at))
    return MyLearning(
        items=items_of(rows, learner, at, request),
        certificates=certificates_of(learner, at),
    )


def items_of(
    rows: list[Obligation], learner: Learner, at: dt.datetime, request: HttpRequest
) -> list[Item]:
    """Return what the learner has done of each, and what is left; 11 queries at most."""
    keys = {row.assignment.course_key for row in rows}
    reader = _Reader(
        learner=learner,
        contents=course_contents(keys, request, timezone.localdate(at)),
        learning=_learning(learner, keys),
        entries=_entries(rows, at),
        open_quizzes=open_quizzes(learner),
    )
    return [reader.item(row) for row in rows]


def without_renewed(rows: list[Obligation]) -> list[Obligation]:
    """Leave out cycles that expired and after which a later one was begun."""
    newest: dict[tuple[int, int], int] = defaultdict(int)
    for row in rows:
        key = (row.assignment_id, row.learner_id)
        newest[key] = max(newest[key], row.cycle)
    return [
        row
        for row in rows
        if row.status != Status.EXPIRED
        or row.cycle == newest[row.assignment_id, row.learner_id]
    ]


def _entries(rows, at):
    found = defaultdict(list)
    entries = ExceptionEntry.objects.in_force(at).filter(
        obligation__in=[row.pk for row in rows]
    )
    for entry in entries.select_related("deputy__user").order_by("starts_at", "pk"):
        found[entry.obligation_id].append(entry)
    return found


def _learning(learner, course_keys):
    enrolments = Enrolment.objects.filter(
        learner=learner, course_key__in=course_keys
    ).order_by("cycle")
    found = defaultdict(list)
    for enrolment, learning in learning_in(enrolments):
        found[enrolment.course_key].append((enrolment, learning))
    return found


@dataclass(frozen=True)
class _Reader:
    """All that was read at once, from which each item is put together."""

    learner: Learner
    contents: dict[uuid.UUID, CourseContent]
    learning: dict[uuid.UUID, list[tuple[Enrolment, Learning]]]
    entries: dict[int, list[ExceptionEntry]]
    open_quizzes: list[str]

    def item(self, row: Obligation) -> Item:
        content = self.contents.get(row.assignment.course_key)
        lessons = self._lessons(row, content) if content else []
        return Item(
            obligation=row,
            course_title=content.title if content else row.assignment.title,
            course_url=content.url if content else "",
            lessons=lessons,
            exceptions=self.entries[row.pk],
            resume_url=self._resume_url(lessons),
            is_mine=row.learner_id == self.learner.pk,
            completed_before=self._completed_before(row),
        )

    def _lessons(self, row, content):
        more = sum(entry.extra_attempts or 0 for entry in self.entries[row.pk])
        wanted = Requirement.from_json(row.requirement).with_more_attempts(more)
        history = self.learning[row.assignment.course_key]
        done = history[-1][1].lessons if history else {}
        asked = [
            page
            for page in content.lessons
            if not wanted.lesson_keys or page.key in wanted.lesson_keys
        ]
        standing = lessons_standing(
            wanted, done, [page.key for page in asked], self._asked_since(row)
        )
        return [
            LessonLine(
                key=page.key,
                title=page.title,
                url=page.url,
                standing=standing[page.key],
                has_attempt=bool(page.key in done and done[page.key].tries),
                is_paused=page.is_paused and standing[page.key] != LessonStanding.DONE,
            )
            for page in asked
        ]

    def _asked_since(self, row):
        """Return from when on it concerns the learner: a deputy, from the hand-over."""
        if row.learner_id == self.learner.pk:
            return row.opens_at
        taken = [e.starts_at for e in self.entries[row.pk] if e.deputy == self.learner]
        return max(taken)

    def _resume_url(self, lessons):
        """Return the quiz left open last, else the next lesson; empty if none waits."""
        waiting = {
            line.key: line for line in lessons if not (line.is_done or line.is_paused)
        }
        for key in self.open_quizzes:
            if key in waiting:
                return f"{waiting[key].url}quiz/"
        fresh = [line.url for line in waiting.values() if not line.must_be_repeated]
        return fresh[0] if fresh else ""

    def _completed_before(self, row):
        """Return when the course was completed before this cycle asked for it anew."""
        if row.requirement["prior_counts"]:
            return None
        done = [
            enrolment.completed_at
            for enrolment, _learning in self.learning[row.assignment.course_key]
            if enrolment.completed_at and enrolment.completed_at < row.opens_at
        ]
        return max(done, default=None)
