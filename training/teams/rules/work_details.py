"""What a team knows about somebody's work. Pure."""

from dataclasses import dataclass, fields

LONGEST_NUMBER = 64
LONGEST_DETAIL = 120


@dataclass(frozen=True)
class WorkDetails:
    """Staff number, job title and site; empty if unknown."""

    staff_number: str = ""
    job_title: str = ""
    site: str = ""

    @property
    def known(self) -> list[str]:
        """What is known, as trainers' lists show it below a name."""
        return [text for text in (self.job_title, self.site, self.staff_number) if text]

    def with_known(self, known: "WorkDetails") -> "WorkDetails":
        """Return these details, with what is known where one is empty."""
        return WorkDetails(
            **{name: getattr(self, name) or getattr(known, name) for name in DETAILS}
        )


UNKNOWN = WorkDetails()
DETAILS = tuple(field.name for field in fields(WorkDetails))


def details_of(holder: object) -> WorkDetails:
    """Return the details of something that has them as attributes."""
    return WorkDetails(**{name: getattr(holder, name) for name in DETAILS})
