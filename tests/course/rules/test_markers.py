"""Citations are ids in square brackets, in any text."""

import re

from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from course.rules.citations import link_back
from course.rules.markers import handles_in, without_markers
from course.templatetags.course_tags import cited, icon_rows

handles = st.from_regex(r"[A-Z]{1,2}[1-9][0-9]{0,2}", fullmatch=True)


@given(st.lists(handles, min_size=1, max_size=5))
def test_every_id_in_a_marker_is_found_once_in_order(ids):
    assert handles_in(f"A claim [{', '.join(ids)}].") == list(dict.fromkeys(ids))


def test_other_brackets_are_left_alone():
    text = "See [1], [s1], [S1 S2] and [word]."
    assert handles_in(text) == []
    assert cited(text) == text


def test_the_markers_of_a_text_become_one_superscript_at_its_end():
    assert cited("So [S1, S2]. And so [S2].") == (
        'So. And so.<sup class="app-cite"><a href="#source-S1">S1</a>, '
        '<a href="#source-S2">S2</a></sup>'
    )


def test_each_paragraph_and_point_has_its_own_superscript():
    text = mark_safe("<p>One [S1]. Two [S2].</p><ul><li>Three [S3]</li></ul>")
    assert re.sub(r"</?a[^>]*>", "", cited(text)) == (
        '<p>One. Two.<sup class="app-cite">S1, S2</sup></p>'
        '<ul><li>Three<sup class="app-cite">S3</sup></li></ul>'
    )


def test_a_claim_shows_how_much_is_known_after_its_sources():
    html = cited("Small studies lean towards a gain [S1, S2, rung 3].")

    assert html.startswith("Small studies lean towards a gain.<sup")
    assert html.index("#source-S2") < html.index("app-ladder--rung-3")
    assert "Evidence 3 of 5: small or mixed trials" in html


def test_claims_of_one_paragraph_on_one_rung_share_a_sign():
    html = cited("A gain [S1, rung 3]. It fades [S2, rung 3]. In rats [S3, rung 1].")

    assert html.count("app-ladder--rung-3") == html.count("app-ladder--rung-1") == 1


def test_a_source_leads_back_to_where_it_is_cited_first():
    text = cited("One [S1].") + cited("Two [S1].")
    back = '<a class="app-back" href="#cited-{}">Back</a>'

    page = link_back(text + back.format("S1") + back.format("S2"))

    assert page.count('id="cited-S1"') == 1
    assert page.index('id="cited-S1"') < page.index("Two")
    assert back.format("S1") in page
    assert "cited-S2" not in page


def test_what_an_author_types_is_escaped():
    assert cited("<script> [S1]").startswith("&lt;script&gt;<sup")


def test_a_text_read_aloud_has_no_markers():
    assert (
        without_markers("It may help [S1, S2, rung 3]. Or not [S3].")
        == "It may help. Or not."
    )


@given(st.integers(min_value=0, max_value=100))
def test_as_many_figures_are_filled_as_the_number_says(count):
    rows = icon_rows(count)
    assert [len(row) for row in rows] == [10] * 10
    assert sum(figure["filled"] for row in rows for figure in row) == count
