import datetime as dt

import pytest

from pqs_portal.lib.year import Shift, months_long, step_date

START = dt.date(2026, 9, 1)


def day(month, on=1, year=2027):
    return dt.date(year, month, on)


def pause(since, until):
    return Shift(since, (until - since).days, until)


def test_nothing_has_changed():
    assert [step_date(START, months) for months in (0, 3, 12)] == [START, day(12, 1, 2026), day(9)]


def test_a_pause_moves_what_falls_on_its_first_day_and_later():
    off = pause(day(12, 1, 2026), day(3, 2))

    assert step_date(START, 2, shifts=[off]) == day(11, 1, 2026)
    assert step_date(START, 3, shifts=[off]) == day(12, 1, 2026) + dt.timedelta(days=91)
    assert step_date(START, 12, shifts=[off]) == day(12, 1)


def test_a_second_pause_is_reckoned_from_where_the_first_has_moved_things():
    first, second = pause(day(1), day(2)), pause(day(4), day(5))

    # Due on 1 March, moved to 1 April by the first, and so caught by the second, in whatever order they come.
    assert step_date(START, 6, shifts=[second, first]) == day(3) + dt.timedelta(days=31 + 30)


@pytest.mark.parametrize(("months", "expected"), [(0, START), (6, day(8, 29)), (12, day(8, 31, 2028))])
def test_half_the_hours_take_twice_as_long(months, expected):
    assert step_date(START, months, pace=50) == expected


def test_a_pause_before_a_new_start_no_longer_counts():
    gone, begun = pause(day(1), day(3)), pause(day(1), day(5))

    assert step_date(day(4), 1, shifts=[gone]) == day(5)
    assert step_date(day(4), 1, shifts=[begun]) == day(5, 31)
    assert step_date(day(4), 1, shifts=[Shift(day(3), 28)]) == day(5)


@pytest.mark.parametrize(("end", "months"), [(day(9), 12), (day(9, 2), 13), (day(12), 15), (START, 0)])
def test_how_long_a_year_is(end, months):
    assert months_long(START, end) == months
