"""A source that only the meaning of a word cites is listed, too."""

import pytest

from course.models import GlossaryTerm, Source

pytestmark = pytest.mark.django_db


def test_a_source_cited_by_the_meaning_of_a_word_can_be_reached(client, course, lesson):
    Source.objects.create(course=course, handle="S77", title="Seen", sort_order=1)
    GlossaryTerm.objects.create(
        course=course,
        handle="bulge",
        term="Bulge",
        meaning="A part [S77].",
        sort_order=1,
    )
    lesson.body.append(("key_terms", {"terms": ["bulge"]}))
    lesson.save_revision().publish()

    html = client.get(lesson.url).text

    assert 'href="#source-S77"' in html
    assert 'id="source-S77"' in html
