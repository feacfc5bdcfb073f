"""Read a file and plan its course in one call, which can run in its own process."""

from collections.abc import Sequence

from authoring.articles.readers.reading import UnableToReadArticle, read_article
from authoring.articles.rules.outline import Outline
from authoring.articles.rules.plan import ArticlePlan
from authoring.articles.rules.plan_outlines import plan_document

MOST_WORDS = 60_000
MOST_PARTS = 1_000
"""The largest plan that its pages can show within two seconds."""


def read_and_plan(
    data: bytes, filename: str, outline_name: str, own: Sequence[Outline] = ()
) -> ArticlePlan:
    """Return a plan for the article, made with the outline or with the best one.

    `own` are the outlines of this site, besides those we ship.

    Raises UnableToReadArticle if the file is not an article, or too long for a course.
    """
    plan = plan_document(read_article(data, filename), outline_name, own)
    words = sum(len(text.split()) for part in plan.parts for text in part.sentences)
    if words > MOST_WORDS or len(plan.parts) > MOST_PARTS:
        raise UnableToReadArticle(
            f"{filename} is too long for a course. Words: {words:,} (the limit is "
            f"{MOST_WORDS:,}). Parts: {len(plan.parts):,} (the limit is "
            f"{MOST_PARTS:,}). Split it in two."
        )
    return plan
