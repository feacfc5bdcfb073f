"""Plan an article with an outline, and change the outline of a plan. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from authoring.articles.rules.document import ArticleFaq, ArticleSection, Document
from authoring.articles.rules.outline import (
    AUTOMATIC,
    Outline,
    choose_outline,
    find_outline,
)
from authoring.articles.rules.plan import (
    SET_ASIDE,
    ArticlePlan,
    PlannedFaq,
    PlannedSection,
    make_plan,
)


def plan_document(
    document: Document, outline_name: str, own: Sequence[Outline] = ()
) -> ArticlePlan:
    """Return a plan made with the named outline, or with the best one for AUTOMATIC.

    `own` are the outlines of this site, besides those we ship.
    """
    if outline_name != AUTOMATIC:
        return make_plan(document, find_outline(outline_name, own))
    headings = [part.heading for part in document.sections if not part.set_aside]
    choice = choose_outline(document.title, headings, own)
    reason = ((choice.word,) if choice.word else ()) + choice.headings
    return replace(make_plan(document, choice.outline), reason=reason)


def change_outline(
    plan: ArticlePlan, outline_name: str, own: Sequence[Outline] = ()
) -> ArticlePlan:
    """Return the plan with every part placed again, in the lessons of another outline.

    Parts that are left out stay so; headings and divisions are kept.
    """
    document = Document(
        title=plan.title,
        sections=tuple(map(_section, plan.sections)),
        faq=tuple(map(_entry, plan.faq)),
        warnings=plan.warnings,
        language=plan.language,
    )
    again = plan_document(document, outline_name, own)
    left_out = {entry.id for entry in plan.faq_at(SET_ASIDE)}
    faq = tuple(
        replace(entry, place=SET_ASIDE) if entry.id in left_out else entry
        for entry in again.faq
    )
    return replace(again, faq=faq)


def _section(part: PlannedSection) -> ArticleSection:
    is_left_out = part.place == SET_ASIDE
    return ArticleSection(
        id=part.id,
        heading=part.heading,
        level=part.level,
        blocks=part.blocks,
        certainty=part.certainty,
        set_aside=(part.why or "left out by the author") if is_left_out else "",
    )


def _entry(entry: PlannedFaq) -> ArticleFaq:
    return ArticleFaq(entry.id, entry.question, entry.answer, entry.certainty)
