"""Working days in England, and months."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pqs_portal.lib import dates

pytestmark = pytest.mark.unit

days = st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (dt.date(2027, 3, 3), True),  # a Wednesday
        (dt.date(2027, 3, 6), False),  # a Saturday
        (dt.date(2027, 3, 26), False),  # Good Friday
        (dt.date(2027, 3, 29), False),  # Easter Monday
        (dt.date(2027, 12, 27), False),  # Christmas Day, substituted
        (dt.date(2027, 12, 28), False),  # Boxing Day, substituted
        (dt.date(2027, 3, 17), True),  # no holiday in England
    ],
)
def test_working_days_of_england(on, expected):
    assert dates.is_working_day(on) is expected


def test_closed_days_are_no_working_days():
    assert dates.is_working_day(dt.date(2027, 3, 3), closed=[dt.date(2027, 3, 3)]) is False


def test_next_working_day_passes_easter():
    assert dates.next_working_day(dt.date(2027, 3, 26)) == dt.date(2027, 3, 30)
    assert dates.next_working_day(dt.date(2027, 3, 25)) == dt.date(2027, 3, 25)


def test_five_working_days_before_passes_a_weekend_and_easter():
    assert dates.working_days_before(dt.date(2027, 3, 12), 5) == dt.date(2027, 3, 5)
    assert dates.working_days_before(dt.date(2027, 4, 1), 5) == dt.date(2027, 3, 23)


def test_the_working_day_before_a_monday_is_friday():
    assert dates.working_day_before(dt.date(2027, 3, 8)) == dt.date(2027, 3, 5)


@pytest.mark.parametrize(
    ("on", "months", "expected"),
    [
        (dt.date(2027, 1, 31), 1, dt.date(2027, 2, 28)),
        (dt.date(2027, 1, 31), 2, dt.date(2027, 3, 31)),
        (dt.date(2027, 11, 30), 3, dt.date(2028, 2, 29)),
        (dt.date(2027, 12, 15), 12, dt.date(2028, 12, 15)),
    ],
)
def test_months_end_where_the_month_ends(on, months, expected):
    assert dates.add_months(on, months) == expected


@given(days)
def test_the_next_working_day_is_near_and_works(on):
    found = dates.next_working_day(on)
    assert dates.is_working_day(found)
    assert dt.timedelta(0) <= found - on <= dt.timedelta(days=5)


@given(days, st.integers(1, 20))
def test_counting_back_passes_exactly_that_many_working_days(on, number):
    found = dates.working_days_before(on, number)
    between = [found + dt.timedelta(days=n) for n in range((on - found).days)]
    assert sum(dates.is_working_day(day) for day in between) == number


@given(days, st.integers(0, 36))
def test_months_between_undoes_add_months_or_is_one_short_at_a_months_end(on, months):
    later = dates.add_months(on, months)
    assert dates.months_between(on, later) == months - (later.day < on.day)


def test_months_between_is_never_negative():
    assert dates.months_between(dt.date(2027, 3, 3), dt.date(2027, 1, 1)) == 0
