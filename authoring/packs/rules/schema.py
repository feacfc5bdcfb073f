"""The schema of a pack: front matter, blocks, FAQ entries and questions."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
)

from authoring.packs.rules.field_types import (
    Blank,
    BlankLine,
    Key,
    Line,
    Name,
    Percent,
    Points,
    Prose,
    QuestionKindName,
    ShortLine,
    SourceId,
    Text,
)

Rung = Literal["", "rung-0", "rung-1", "rung-2", "rung-3", "rung-4", "rung-5"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PackReview(Strict):
    """Who wrote and checked a page, and when."""

    written_by: Line
    funded_by: Line
    conflicts: Line
    clinically_reviewed_by: BlankLine = ""
    last_checked: dt.date
    next_check: dt.date
    update_policy: Text

    def differing(self, own: "OwnReview") -> "PackReview":
        """Return this review with the lesson's own values in place of the course's."""
        return self.model_copy(update=own.model_dump(exclude_none=True))


class OwnReview(Strict):
    """The review data of a lesson; None means the course's value."""

    written_by: Line | None = None
    funded_by: Line | None = None
    conflicts: Line | None = None
    clinically_reviewed_by: BlankLine | None = None
    last_checked: dt.date | None = None
    next_check: dt.date | None = None
    update_policy: Text | None = None


class PackAnswer(Strict):
    question: Line
    answer: Line
    text: Text
    sign: Annotated[
        str, StringConstraints(pattern=r"^(stamp|choices|rung-[0-5])?$")
    ] = ""


class CourseMeta(Strict):
    pack: Name
    key: Key = None
    slug: Name
    title: Line
    locale: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z]+)?$")]
    summary: Text
    answers: Annotated[tuple[PackAnswer, ...], Field(max_length=3)] = ()
    grace_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    certificate_valid_months: Annotated[int, Field(ge=1, le=120)] | None = None
    cpd_hours: Annotated[float, Field(ge=0.25, le=1000)] | None = None
    review: PackReview


class LessonMeta(Strict):
    slug: Name
    key: Key = None
    title: Line
    minutes: Annotated[int, Field(ge=1, le=120)]
    audience: Line
    aim: Line
    main_message: Line
    call_to_action: Line
    in_short: Annotated[tuple[Line, ...], Field(min_length=3, max_length=5)]
    pass_share: Percent = 60
    review: OwnReview = OwnReview()


class KeyTerms(Strict):
    terms: Annotated[tuple[Name, ...], Field(min_length=1)]


class KeyFact(Strict):
    title: BlankLine = ""
    text: Prose
    evidence: Rung = ""


class WarningBox(Strict):
    title: Line
    text: Prose


class Unknowns(Strict):
    title: BlankLine = ""
    points: Points


class CareCard(Strict):
    level: Literal["non-urgent", "urgent", "emergency"]
    title: Line
    points: Points
    after: Blank = ""


class DangerSignsNote(Strict):
    note: Blank = ""
    same_day: bool = False


class DoList(Strict):
    kind: Literal["do", "do-not"]
    points: Points


class PackTable(Strict):
    caption: Line
    columns: Annotated[tuple[Line, ...], Field(min_length=2)]
    rows: Annotated[tuple[tuple[Text, ...], ...], Field(min_length=1)]


class IconGroup(Strict):
    label: Line
    count: Percent


class IconArray(Strict):
    title: Line
    groups: Annotated[tuple[IconGroup, ...], Field(min_length=1)]
    meaning: Text
    evidence: Rung = ""


class OptionsTable(Strict):
    caption: Line
    extent: Literal["short", "whole"]


class EvidenceLadder(Strict):
    note: Blank = ""


class ListedStep(Strict):
    title: Line
    text: Text


class ListedSteps(Strict):
    title: BlankLine = ""
    steps: Annotated[tuple[ListedStep, ...], Field(min_length=2)]


class TimelineEvent(Strict):
    when: Line
    what: Text


class Timeline(Strict):
    title: Line
    events: Annotated[tuple[TimelineEvent, ...], Field(min_length=2)]


class Illustration(Strict):
    drawing: Literal[
        "follicle",
        "three-kinds",
        "three-steps",
        "the-gap",
        "fading-gain",
        "three-places",
        "unseen-harm",
        "clinic-says",
        "many-doors",
    ]
    description: Text


class PackImage(Strict):
    file: Annotated[
        str, StringConstraints(pattern=r"^images/[A-Za-z0-9][A-Za-z0-9._-]*$")
    ]
    title: Line
    alt: Blank = ""
    decorative: bool = False
    caption: BlankLine = ""


class Checklist(Strict):
    title: Line
    points: Points


class Citation(Strict):
    statement: Text
    source: SourceId


class QuestionsToAsk(Strict):
    title: BlankLine = ""


class NextSteps(Strict):
    title: BlankLine = ""
    points: Points


class CheckYourself(Strict):
    question: Name


class PackFaqEntry(Strict):
    id: Name
    key: Key = None
    question: Line
    answer: Prose


class PackQuestionToAsk(Strict):
    id: Name
    key: Key = None
    text: Line


class PackOption(Strict):
    id: Name
    text: Blank = ""
    match: Blank = ""
    right: bool = False
    feedback: Blank = ""


class PackQuestion(Strict):
    id: Name
    key: Key = None
    kind: QuestionKindName
    stem: Text
    critical: bool = False
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    answered_in: Annotated[
        str, StringConstraints(pattern=r"^(#|faq:)[a-z0-9]+(-[a-z0-9]+)*$")
    ]
    options: Annotated[tuple[PackOption, ...], Field(min_length=1)]
    tolerance: ShortLine = ""
    unit: ShortLine = ""
    feedback: Blank = ""


BLOCKS: dict[str, type[Strict]] = {
    "key-terms": KeyTerms,
    "key-fact": KeyFact,
    "warning": WarningBox,
    "unknowns": Unknowns,
    "care-card": CareCard,
    "danger-signs": DangerSignsNote,
    "do-list": DoList,
    "table": PackTable,
    "icon-array": IconArray,
    "options-table": OptionsTable,
    "evidence-ladder": EvidenceLadder,
    "steps": ListedSteps,
    "timeline": Timeline,
    "illustration": Illustration,
    "image": PackImage,
    "checklist": Checklist,
    "citation": Citation,
    "questions-to-ask": QuestionsToAsk,
    "next-steps": NextSteps,
    "check-yourself": CheckYourself,
}
FENCES: dict[str, type[Strict]] = BLOCKS | {
    "faq": PackFaqEntry,
    "to-ask": PackQuestionToAsk,
    "question": PackQuestion,
}
