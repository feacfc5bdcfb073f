"""Each claim has a source, and each source a link to its very page."""

from authoring.review.queries.measures import has_own_page
from tests.content.conftest import reading_of


def test_every_source_links_to_a_page_of_its_own(folder):
    sources = reading_of(folder).sources.sources
    assert sources, "this test finds no source at all"
    assert [each.id for each in sources if not has_own_page(each.url)] == []
