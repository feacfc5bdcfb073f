"""A read-only panel of the lesson editor with the effects of a changed key."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from course.models import LessonPage
from course.models.lessons import GivenAnswers
from quizzes.queries.attempts import paper_of
from quizzes.queries.regrade_plan import RegradePlan, plan_regrade
from quizzes.rules.regrading import RegradeCounts, change_between


@dataclass(frozen=True)
class ChoiceLine:
    """The effects of one choice. `is_made` is true for the choice in the draft."""

    label: str
    counts: RegradeCounts
    is_made: bool


class RegradePanel(Panel):
    """Shown if a right answer, an option or the pass rule differs from the live one."""

    def __init__(self, **kwargs):
        super().__init__(**{"heading": _("Earlier answers"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "quizzes/admin/regrade_panel.html"

        def is_shown(self):
            return self.plan is not None

        @cached_property
        def papers(self):
            """The live paper and the draft's paper."""
            live = LessonPage.objects.get(pk=self.instance.pk)
            return paper_of(live), paper_of(self.instance)

        @cached_property
        def plan(self) -> RegradePlan | None:
            if not self.instance.pk:
                return None
            before, now = self.papers
            if not change_between(before, now):
                return None
            return plan_regrade(self.instance, now, before)

        @property
        def changed_questions(self) -> list[str]:
            before, now = self.papers
            changed = change_between(before, now).questions
            return [q.stem for q in before.questions if q.key in changed]

        @property
        def rule_changed(self) -> bool:
            return change_between(*self.papers).rule

        @cached_property
        def lines(self) -> list[ChoiceLine]:
            return [
                ChoiceLine(
                    label=choice.label,
                    counts=self.plan.counts(choice.value),
                    is_made=choice == self.instance.given_answers,
                )
                for choice in GivenAnswers
            ]

        @property
        def made(self) -> ChoiceLine:
            return next(line for line in self.lines if line.is_made)
