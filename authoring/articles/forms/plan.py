"""The forms of the import wizard: upload an article, then edit its plan."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy

from accounts.forms.plain import PlainForm
from authoring.articles.queries import own_outlines
from authoring.articles.rules import outline, plan_edits, report
from authoring.articles.rules.document import Block
from authoring.articles.rules.flags import Flag, flags_of
from authoring.articles.rules.plan import (
    SET_ASIDE,
    UNPLACED,
    ArticlePlan,
    PlannedFaq,
    PlannedSection,
)
from authoring.articles.rules.plan_outlines import change_outline
from course.rules.digests import digest_json
from course.rules.prose import split_words


def outline_choices() -> list[tuple[str, str]]:
    """Return the name and the title of each outline, those of this site first."""
    shipped = map(outline.outline_named, outline.outline_names())
    return [(held.name, held.title) for held in (*own_outlines(), *shipped)]


class ArticleForm(PlainForm):
    """The file to import, and the lessons to make from it."""

    file = forms.FileField(
        label=gettext_lazy("Article"),
        help_text=gettext_lazy("Upload a .txt, .md, .html or .docx file, up to 10 MB."),
    )
    outline = forms.ChoiceField(
        label=gettext_lazy("Lessons"),
        choices=lambda: [
            (outline.AUTOMATIC, gettext("Choose for me, from the headings")),
            *outline_choices(),
        ],
        initial=outline.AUTOMATIC,
        widget=forms.RadioSelect,
    )


@dataclass(frozen=True)
class PlanRow:
    """A section or question of the plan, with the form fields that edit it."""

    part: PlannedSection | PlannedFaq
    blocks: tuple[Block, ...]
    words: int
    flags: list[Flag]
    place: forms.BoundField
    heading: forms.BoundField | None
    join: forms.BoundField | None
    split: forms.BoundField | None


@dataclass(frozen=True)
class PlanGroup:
    """A lesson of the plan, or the parts without a lesson, with rows and fields."""

    slug: str
    title: forms.BoundField | None
    remove: forms.BoundField | None
    rows: list[PlanRow]
    words: int


class PlanForm(PlainForm):
    """Everything an author can change in a plan, in one form that needs no JavaScript."""

    title = forms.CharField(
        label=gettext_lazy("Title of the course"),
        max_length=255,
        widget=forms.TextInput({"dir": "auto"}),
    )
    new_lesson = forms.CharField(
        label=gettext_lazy("Add a lesson called"), max_length=255, required=False
    )
    outline = forms.ChoiceField(
        label=gettext_lazy("Lessons"), choices=outline_choices, required=False
    )
    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, plan: ArticlePlan, data=None):
        initial = {"title": plan.title, "version": plan_version(plan)}
        initial["outline"] = plan.outline
        super().__init__(data, initial=initial)
        self.plan = plan
        places = [(lesson.slug, lesson.title) for lesson in plan.lessons]
        places += [
            (UNPLACED, gettext("No lesson yet")),
            (SET_ASIDE, gettext("Leave out")),
        ]
        for lesson in plan.lessons:
            self._add_lesson(lesson)
        for part in plan.parts:
            self._add_part(part, places)

    def _add_lesson(self, lesson):
        self.fields[f"title-{lesson.slug}"] = forms.CharField(
            label=gettext("Title of the lesson"),
            max_length=255,
            initial=lesson.title,
            widget=forms.TextInput({"dir": "auto"}),
        )
        self.fields[f"remove-{lesson.slug}"] = forms.BooleanField(
            label=gettext("Remove this lesson"), required=False
        )

    def _add_part(self, part, places):
        name = _name(part)
        self.fields[f"place-{part.id}"] = forms.ChoiceField(
            label=gettext("Lesson for “%(name)s”") % {"name": name},
            choices=places,
            initial=part.place,
        )
        if isinstance(part, PlannedFaq):
            return
        self.fields[f"heading-{part.id}"] = forms.CharField(
            label=gettext("Heading of “%(name)s”") % {"name": name},
            initial=part.heading,
            required=False,
            widget=forms.TextInput(
                {"placeholder": gettext("no heading"), "dir": "auto"}
            ),
        )
        self.fields[f"join-{part.id}"] = forms.BooleanField(
            label=gettext("Join to the section above"), required=False
        )
        if len(part.blocks) > 1:
            self.fields[f"split-{part.id}"] = forms.IntegerField(
                label=gettext("Split after paragraph"),
                min_value=1,
                max_value=len(part.blocks) - 1,
                required=False,
            )

    def clean_version(self):
        """Raise ValidationError if the plan was changed after this form was shown."""
        if self.cleaned_data["version"] != plan_version(self.plan):
            raise forms.ValidationError(
                gettext(
                    "This plan was changed in another window. Check what you see "
                    "here, then save again."
                )
            )
        return self.cleaned_data["version"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                self.edited = self._edited(cleaned)
            except plan_edits.UnableToEdit as error:
                self.add_error(None, str(error))
        return cleaned

    def _edited(self, data) -> ArticlePlan:
        plan = plan_edits.rename_course(self.plan, data["title"])
        if data["new_lesson"].strip():
            plan = plan_edits.add_lesson(plan, data["new_lesson"])
        for part in self.plan.parts:
            plan = plan_edits.move_part(plan, part.id, data[f"place-{part.id}"])
        for section in self.plan.sections:
            plan = plan_edits.rename_section(
                plan, section.id, data[f"heading-{section.id}"]
            )
        for lesson in self.plan.lessons:
            plan = plan_edits.rename_lesson(
                plan, lesson.slug, data[f"title-{lesson.slug}"]
            )
            if data[f"remove-{lesson.slug}"]:
                plan = plan_edits.remove_lesson(plan, lesson.slug)
        for section in self.plan.sections:
            plan = self._cut_or_joined(plan, section.id, data)
        return self._turned(plan, data)

    @property
    def turned(self) -> str:
        """The id of the part whose button was pressed to turn it into the other kind."""
        return self.data.get("make-question") or self.data.get("make-section") or ""

    def _turned(self, plan, data):
        """Return the plan as the button pressed changes it."""
        if "change-outline" in self.data:
            return change_outline(plan, data["outline"] or plan.outline, own_outlines())
        if "make-question" in self.data:
            return plan_edits.make_question(plan, self.turned)
        if "make-section" in self.data:
            return plan_edits.make_section(plan, self.turned)
        return plan

    def _cut_or_joined(self, plan, part, data):
        if data.get(f"split-{part}"):
            plan = plan_edits.split_section(plan, part, data[f"split-{part}"])
        return (
            plan_edits.merge_with_previous(plan, part) if data[f"join-{part}"] else plan
        )

    def for_current_plan(self) -> "PlanForm":
        """Return a form with the same input and errors, for the plan as it is now."""
        data = self.data.copy()
        data["version"] = plan_version(self.plan)
        again = PlanForm(self.plan, data)
        again._errors = self.errors
        return again

    def groups(self) -> Iterator[PlanGroup]:
        """Yield the lessons, then the parts without a lesson, then those left out."""
        by_part: dict[str, list[Flag]] = {}
        for flag in flags_of(self.plan):
            by_part.setdefault(flag.part, []).append(flag)
        slugs = [lesson.slug for lesson in self.plan.lessons]
        for slug in (*slugs, UNPLACED, SET_ASIDE):
            parts = [part for part in self.plan.parts if part.place == slug]
            yield PlanGroup(
                slug=slug,
                title=self._field(f"title-{slug}"),
                remove=self._field(f"remove-{slug}"),
                rows=[self._row(part, by_part.get(part.id, [])) for part in parts],
                words=report.word_count(self.plan, slug),
            )

    def _row(self, part, flags: list[Flag]) -> PlanRow:
        return PlanRow(
            part=part,
            blocks=part.answer if isinstance(part, PlannedFaq) else part.blocks,
            words=sum(len(split_words(sentence)) for sentence in part.sentences),
            flags=flags,
            place=self[f"place-{part.id}"],
            heading=self._field(f"heading-{part.id}"),
            join=self._field(f"join-{part.id}"),
            split=self._field(f"split-{part.id}"),
        )

    def _field(self, name):
        return self[name] if name in self.fields else None


def plan_version(plan: ArticlePlan) -> str:
    """Return a short digest of the plan, which changes when the plan does."""
    return digest_json(report.to_payload(plan))[:16]


def _name(part: PlannedSection | PlannedFaq) -> str:
    return Truncator(part.name).chars(60)
