"""Citations are ids in square brackets, in any text."""

from hypothesis import given
from hypothesis import strategies as st

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


def test_a_marker_becomes_links_to_the_sources():
    assert cited("So [S1, S2].") == (
        'So <span class="app-cite">[<a href="#source-S1">S1</a>, '
        '<a href="#source-S2">S2</a>]</span>.'
    )


def test_what_an_author_types_is_escaped():
    assert cited("<script> [S1]").startswith("&lt;script&gt; <span")


def test_a_text_read_aloud_has_no_markers():
    assert (
        without_markers("It may help [S1, S2]. Or not [S3].") == "It may help. Or not."
    )


@given(st.integers(min_value=0, max_value=100))
def test_as_many_figures_are_filled_as_the_number_says(count):
    rows = icon_rows(count)
    assert [len(row) for row in rows] == [10] * 10
    assert sum(figure["filled"] for row in rows for figure in row) == count
