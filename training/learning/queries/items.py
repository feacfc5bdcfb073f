"""What My learning shows, as plain values that need no further queries."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from training.assignments.models import UNFINISHED, ExceptionEntry, Obligation, Status
from training.assignments.queries.completions import CompletionLine
from training.assignments.rules import due
from training.assignments.rules.lesson_status import LessonStatus
from training.certificates.queries.certificates import ShownCertificate

ORDER = (*UNFINISHED, Status.WAIVED, Status.DONE, Status.EXPIRED)


@dataclass(frozen=True)
class LearningLesson:
    """A required lesson. `status` says whether it is done, or why not.

    `came_later` says whether it was added after everything required had been done.
    """

    key: str
    title: str
    url: str
    status: LessonStatus
    has_attempt: bool
    is_paused: bool
    came_later: bool

    @property
    def is_done(self) -> bool:
        return self.status == LessonStatus.DONE

    @property
    def must_be_repeated(self) -> bool:
        return self.status in LessonStatus.repeated()

    @property
    def needs_a_word(self) -> bool:
        """Whether it was finished but does not count, or has no attempts left."""
        return self.must_be_repeated or self.status is LessonStatus.USED_UP


@dataclass
class LearningItem:
    """One obligation: what is left to do, by when, and where to continue.

    Its `title` is the assignment's, which is mostly the course's in its first language.
    """

    obligation: Obligation
    title: str
    course_title: str
    course_url: str
    lessons: list[LearningLesson]
    exceptions: list[ExceptionEntry]
    resume_url: str
    is_mine: bool
    completed_before: dt.datetime | None

    @property
    def status(self) -> Status:
        return Status(self.obligation.status)

    @property
    def is_open(self) -> bool:
        return self.status in UNFINISHED

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
        is_begun = any(lesson.is_done or lesson.has_attempt for lesson in self.lessons)
        return is_begun or self.resume_url.endswith("quiz/")

    @property
    def paused(self) -> list[LearningLesson]:
        """The lessons that cannot be done until they have been reviewed."""
        return [lesson for lesson in self.lessons if lesson.is_paused]

    @property
    def is_handed_over(self) -> bool:
        """Whether a deputy does it instead of the page's owner."""
        kinds = {entry.kind for entry in self.exceptions}
        return self.is_mine and ExceptionEntry.Kind.HAND_OVER in kinds


@dataclass
class MyLearning:
    """The obligations in order of urgency, certificates, and what was done elsewhere."""

    items: list[LearningItem] = field(default_factory=list)
    certificates: list[ShownCertificate] = field(default_factory=list)
    elsewhere: list[CompletionLine] = field(default_factory=list)

    @property
    def sections(self) -> list[tuple[Status, list[LearningItem]]]:
        """The statuses in use, most urgent first, with their items."""
        found = defaultdict(list)
        for item in self.items:
            found[item.status].append(item)
        return [(status, found[status]) for status in ORDER if status in found]

    @property
    def has_dates(self) -> bool:
        return any(item.is_open and not item.is_handed_over for item in self.items)
