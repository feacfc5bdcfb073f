"""The simulation says what the rules will do, for every rule that can be made."""

import datetime as dt
from itertools import islice, pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.training.reminding import ladder_of
from training.assignments.kinds.steps import forecast_rules
from training.assignments.rules import due, forecast
from training.assignments.rules.reminder_steps import Mailing

TODAY = dt.date(2026, 3, 2)
ZONE = "Europe/Madrid"
YEAR = TODAY + dt.timedelta(days=365)


def timing(**fields):
    usual = {
        "starts_on": TODAY,
        "due_on": TODAY + dt.timedelta(days=30),
        "due_after_days": None,
        "recurs_every_months": None,
        "recurs_from": "",
        "recurs_on": None,
        "window_days": 30,
    }
    return due.Timing(**usual | fields)


def yearly(base="completion", **fields):
    return timing(recurs_every_months=12, recurs_from=base, **fields)


def a_start(rule, **fields):
    joined_at = due.start_of_day(TODAY, ZONE)
    return forecast.Start(due.first_cycle(rule, joined_at, ZONE), ZONE, **fields)


def a_forecast(rule, mailing):
    return forecast.Forecast(rule, mailing, forecast_rules(), TODAY, YEAR)


def due_days(rule, *, promptly, number=4):
    found = forecast.forecast_cycles(rule, a_start(rule), TODAY, promptly=promptly)
    return [due.day_in(cycle.due_at, ZONE) for cycle in islice(found, number)]


RECURRENCES = st.sampled_from(["completion", "previous_expiry", "fixed_date"])
RULES = st.builds(
    lambda months, base, window, days: timing(
        recurs_every_months=months,
        recurs_from=base,
        recurs_on=dt.date(2026, 1, 31),
        window_days=min(window, months * 28 - 1),
        due_on=TODAY + dt.timedelta(days=days),
    ),
    st.integers(1, 60),
    RECURRENCES,
    st.integers(0, 90),
    st.integers(0, 400),
)
MAILINGS = st.builds(
    Mailing,
    st.lists(st.integers(1, 60), max_size=4).map(tuple),
    st.none() | st.integers(1, 60),
)


def test_what_does_not_recur_has_one_cycle():
    assert due_days(timing(), promptly=True) == [dt.date(2026, 4, 1)]


def test_done_on_the_due_date_it_comes_again_that_day():
    days = due_days(yearly(), promptly=False)
    assert [day.isoformat() for day in days] == [
        "2026-04-01",
        "2027-04-01",
        "2028-04-01",
        "2029-04-01",
    ]


def test_done_today_it_comes_sooner_each_time_unless_counted_from_expiry():
    from_completion = due_days(yearly(), promptly=True)
    assert [day.isoformat() for day in from_completion[1:3]] == [
        "2027-03-02",
        "2028-01-31",
    ]
    from_expiry = due_days(yearly("previous_expiry"), promptly=True)
    assert [day.isoformat() for day in from_expiry[1:3]] == ["2027-03-02", "2028-03-02"]


def test_what_is_overdue_is_done_today_at_the_earliest():
    rule = yearly(starts_on=dt.date(2026, 1, 1), due_on=dt.date(2026, 2, 1))
    start = forecast.Start(
        due.first_cycle(rule, due.start_of_day(dt.date(2026, 1, 1), ZONE), ZONE), ZONE
    )
    for promptly in (True, False):
        found = forecast.forecast_cycles(rule, start, TODAY, promptly=promptly)
        _first, second = islice(found, 2)
        assert due.day_in(second.due_at, ZONE) == dt.date(2027, 3, 2)


@given(RULES, st.booleans())
def test_cycles_follow_one_another(rule, promptly):
    found = islice(
        forecast.forecast_cycles(rule, a_start(rule), TODAY, promptly=promptly), 6
    )
    for one, after in pairwise(found):
        assert one.opens_at < after.due_at
        assert after.opens_at <= after.due_at
        if not promptly:
            assert one.due_at < after.due_at


@given(RULES, MAILINGS)
def test_mails_are_those_of_the_rules_in_order_and_in_the_year(rule, mailing):
    start = a_start(rule)
    found = a_forecast(rule, mailing).mails(start)
    assert found == sorted(found)
    assert all(TODAY <= mail.day <= YEAR for mail in found)
    assert found[0] == forecast.ForecastMail(TODAY, "assigned", 0, 0)
    first = {(m.kind, m.day, m.days) for m in found if m.turn == 0}
    _assigned, *ruled = ladder_of(start.cycle, ZONE, mailing.days_before)
    assert {(s.kind, s.day, s.days) for s in ruled if s.day <= YEAR} <= first


@given(RULES, MAILINGS)
def test_whoever_was_told_is_not_told_again_in_that_cycle(rule, mailing):
    told = a_forecast(rule, mailing).mails(a_start(rule, notified_on=TODAY))
    untold = a_forecast(rule, mailing).mails(a_start(rule))
    assert told == untold[1:]


@given(RULES, MAILINGS, st.integers(1, 40))
def test_people_who_stand_alike_are_counted_together(rule, mailing, people):
    counted = a_forecast(rule, mailing).count_mails([a_start(rule)] * people)
    assert {number for _mail, number in counted} == {people}
    alone = a_forecast(rule, mailing).mails(a_start(rule))
    assert [mail for mail, _number in counted] == sorted(set(alone))


def test_a_year_of_mail_for_one_person():
    mailing = Mailing([14, 3], escalate_after=10)
    found = a_forecast(yearly(), mailing).mails(a_start(yearly()))
    said = [(m.day.isoformat(), m.kind, m.days) for m in found]
    assert said == [
        ("2026-03-02", "assigned", 0),
        ("2026-03-18", "before", 14),
        ("2026-03-29", "before", 3),
        ("2026-04-01", "due_today", 0),
        ("2026-04-02", "overdue", 1),
        ("2026-04-05", "overdue", 4),
        ("2026-04-08", "overdue", 7),
        ("2026-04-11", "escalation", 10),
        ("2026-04-15", "overdue", 14),
        ("2026-05-01", "overdue", 30),
        ("2026-05-08", "overdue", 37),
        ("2027-03-02", "assigned", 0),
    ]
    assert [m.kind for m in found if m.if_late].count("overdue") == 6


def test_whoever_is_long_overdue_sees_the_next_weekly_mail_once():
    rule = timing(starts_on=dt.date(2025, 12, 1), due_on=dt.date(2026, 1, 1))
    begun = dt.date(2025, 12, 1)
    cycle = due.first_cycle(rule, due.start_of_day(begun, ZONE), ZONE)
    start = forecast.Start(cycle, ZONE, notified_on=begun)
    found = a_forecast(rule, Mailing()).mails(start)
    # 30 days after New Year, and every week from then on: 58, 65 and so on.
    assert [(m.day.isoformat(), m.kind, m.days) for m in found] == [
        ("2026-03-07", "overdue", 65)
    ]
