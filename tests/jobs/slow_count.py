"""A kind of job for tests with a real worker."""

from jobs.kinds import JobKind, PartOutcome
from jobs.models import RecurringRun
from tests.jobs.made_up import take_long


class SlowCount(JobKind):
    """Lists five numbers, two a part; the second part takes long the first time."""

    code, label = "slow_count", "counting"

    def do_part(self, job, at, prepared):
        left = 5 - job.done
        for number in range(job.done, job.done + min(2, left)):
            RecurringRun.objects.create(command=f"number {number}", listed_at=at)
        if job.part == 1:
            take_long(job.part)
        return PartOutcome(min(2, left), is_last=left <= 2)

    def title_of(self, job):
        return ""

    def page_of(self, job):
        return ""

    def describe_result(self, job):
        return ""
