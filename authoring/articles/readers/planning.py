"""Read a file and plan its course, in one call that can run in its own process."""

from authoring.articles.readers.reading import UnableToReadArticle, read_article
from authoring.articles.rules import outline
from authoring.articles.rules.plan import ArticlePlan, make_plan

MOST_WORDS = 60_000
MOST_PARTS = 1_000
"""As much as the pages that show a plan answer for in a second or two."""


def read_and_plan(data: bytes, filename: str, outline_name: str) -> ArticlePlan:
    """Return the plan that the outline gives the article.

    Raises UnableToReadArticle, also for an article that is too long for a course.
    """
    plan = make_plan(read_article(data, filename), outline.outline_named(outline_name))
    words = sum(len(text.split()) for part in plan.parts for text in part.sentences)
    if words > MOST_WORDS or len(plan.parts) > MOST_PARTS:
        raise UnableToReadArticle(
            f"{filename} is too long for a course. Words: {words:,}, at most "
            f"{MOST_WORDS:,}; its parts: {len(plan.parts):,}, at most {MOST_PARTS:,}. "
            "Split it in two."
        )
    return plan
