"""From a file to the plan of a course, as one call that can run in its own process."""

from authoring.article import outline
from authoring.article.plan import Plan, make_plan
from authoring.article.reading import read


def read_and_plan(data: bytes, filename: str, outline_name: str) -> Plan:
    """Return the plan that the outline gives the article. Raises UnableToRead."""
    return make_plan(read(data, filename), outline.named(outline_name))
