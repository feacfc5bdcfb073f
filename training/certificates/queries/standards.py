"""The standards that evidence can be limited to: courses, and assignments."""

from django.db.models import QuerySet

from training.assignments.models import Assignment
from training.assignments.queries.contents import titles_of
from training.certificates.queries.evidence_scope import EvidenceChoice
from training.teams.models import Team


def standards_of(teams: QuerySet[Team]) -> tuple[list[Assignment], dict[str, str]]:
    """Return what was asked through the teams: assignments, and course key → title.

    Two queries.
    """
    asked = Assignment.objects.filter(obligations__team__in=teams).distinct()
    assignments = list(asked.order_by("title", "pk"))
    titles = titles_of({row.course_key for row in assignments})
    courses = {str(row.course_key): str(row.course_key) for row in assignments} | titles
    return assignments, dict(sorted(courses.items(), key=lambda item: item[1]))


def standard_in_words(choice: EvidenceChoice) -> str:
    """Return the title of what was chosen; empty for everything."""
    if choice.assignment:
        rows = Assignment.objects.filter(pk=choice.assignment)
        return rows.values_list("title", flat=True).first() or ""
    return (
        titles_of([choice.course]).get(str(choice.course), "") if choice.course else ""
    )
