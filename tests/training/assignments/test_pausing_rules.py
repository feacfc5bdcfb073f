"""What a paused quiz does to due dates. Pure."""

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from training.assignments.rules import due
from training.assignments.rules.pauses import (
    LastDayRecord,
    Span,
    days_paused,
    join_spans,
    moved_due,
    pauses_of_duty,
    pauses_of_quiz,
    span_without,
)

ZONES = ["UTC", "Europe/Madrid", "America/Santiago", "Africa/Cairo", "Asia/Kolkata"]
zones = st.sampled_from(ZONES)
moments = st.datetimes(
    dt.datetime(2026, 1, 1),  # noqa: DTZ001
    dt.datetime(2028, 12, 31),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)


def on(month, day, hour=0):
    return dt.datetime(2027, month, day, hour, tzinfo=dt.UTC)


def said(month, day, since):
    return LastDayRecord(dt.date(2027, month, day), since)


@st.composite
def spans(draw):
    found = draw(st.lists(st.tuples(moments, moments), max_size=6))
    return [Span(min(pair), max(pair)) for pair in found if pair[0] != pair[1]]


def test_a_quiz_pauses_after_its_last_day():
    assert pauses_of_quiz([said(8, 20, on(1, 1))], "UTC") == [Span(on(8, 21), None)]


def test_a_date_renewed_in_time_leaves_no_pause():
    rows = [said(8, 20, on(1, 1)), said(12, 20, on(8, 20, 23))]
    assert pauses_of_quiz(rows, "UTC") == [Span(on(12, 21), None)]


def test_a_date_renewed_late_keeps_the_days_of_then():
    rows = [said(8, 20, on(1, 1)), said(12, 20, on(9, 5, 14))]
    assert pauses_of_quiz(rows, "UTC") == [
        Span(on(8, 21), on(9, 5, 14)),
        Span(on(12, 21), None),
    ]


def test_a_date_that_is_past_when_it_is_written_pauses_from_then():
    rows = [said(8, 20, on(1, 1)), said(8, 25, on(9, 5)), said(12, 20, on(9, 9))]
    assert pauses_of_quiz(rows, "UTC")[0] == Span(on(8, 21), on(9, 9))


def test_days_begin_in_the_zone_of_the_site():
    (pause,) = pauses_of_quiz([said(8, 20, on(1, 1))], "America/Lima")
    assert pause.starts_at == on(8, 21, 5)


PAUSE = Span(on(8, 21), on(9, 20, 14))


OPENS, LATER = on(6, 1), on(12, 1)


def duty(done, opens_at=OPENS, at=LATER, pause=PAUSE):
    return pauses_of_duty(done, {"a": [pause]}, opens_at, at)


def test_a_lesson_passed_before_its_pause_does_not_matter():
    assert duty({"a": on(8, 20), "b": None}) == []
    assert duty({"b": None}) == []


def test_a_lesson_passed_after_its_pause_keeps_the_days():
    assert duty({"a": on(9, 21)}) == duty({"a": None}) == [PAUSE]


def test_what_opens_during_a_pause_is_paused_from_then():
    opens = on(9, 1)
    assert duty({"a": None}, opens_at=opens) == [Span(opens, PAUSE.ends_at)]
    assert duty({"a": None}, opens_at=on(10, 1)) == []


def test_a_pause_that_is_to_come_is_not_there_yet():
    assert duty({"a": None}, at=on(8, 20), pause=Span(on(8, 21), None)) == []


def test_each_day_on_which_it_was_paused_is_added():
    # 21 August to 20 September, the last one in part: 31 days.
    assert days_paused([PAUSE], "UTC", on(6, 1)) == 31
    due_at = due.end_of_day(dt.date(2027, 9, 1), "UTC")
    moved = moved_due(due_at, [PAUSE], "UTC", on(6, 1))
    assert due.day_in(moved, "UTC") == dt.date(2027, 10, 2)


def test_an_extension_given_in_a_pause_gets_the_days_after_it():
    assert days_paused([PAUSE], "UTC", on(9, 19, 9)) == 2
    assert days_paused([PAUSE], "UTC", on(9, 20, 15)) == 0


def test_days_are_given_back_over_a_change_of_the_clocks():
    zone = "Europe/Madrid"
    pause = Span(on(10, 20), on(11, 10))
    due_at = due.end_of_day(dt.date(2027, 10, 25), zone)
    moved = moved_due(due_at, [pause], zone, on(6, 1))
    assert moved == due.end_of_day(dt.date(2027, 11, 16), zone)


def test_what_is_noted_already_is_left_out():
    whole = Span(on(8, 21), None)
    assert span_without(whole, []) == whole
    assert span_without(whole, [whole]) is None
    assert span_without(whole, [Span(on(8, 21), on(8, 25))]) == Span(on(8, 25), None)
    assert span_without(PAUSE, [Span(on(8, 21), PAUSE.ends_at)]) is None
    assert span_without(PAUSE, [Span(on(1, 1), on(1, 2))]) == PAUSE


@given(spans(), zones, moments)
def test_due_dates_only_move_to_later_whole_days(some, zone, since):
    due_at = due.end_of_day(due.day_in(since, zone), zone)
    moved = moved_due(due_at, some, zone, since)
    days = (due.day_in(moved, zone) - due.day_in(due_at, zone)).days
    assert days == days_paused(some, zone, since) >= 0
    assert moved == due.end_of_day(due.day_in(moved, zone), zone)


@given(spans(), zones, moments)
def test_nobody_is_later_after_a_pause_than_before_it(some, zone, since):
    """Of the days that pass while it is paused none counts as late."""
    for pause in join_spans(some):
        due_at = due.end_of_day(due.day_in(since, zone), zone)
        moved = moved_due(due_at, [pause], zone, since)
        begins = max(pause.starts_at, since)
        if pause.ends_at > begins:
            late_before = due.day_in(begins, zone) - due.day_in(due_at, zone)
            late_after = due.day_in(pause.ends_at, zone) - due.day_in(moved, zone)
            assert late_after <= late_before


@given(spans())
def test_joined_spans_neither_touch_nor_lose_a_moment(some):
    found = join_spans(some)
    assert all(a.ends_at < b.starts_at for a, b in pairwise(found))
    for span in some:
        assert any(each.covers(span.starts_at) for each in found)
    assert join_spans(found) == found
