"""Where sessions fall: local times across clock changes, working days, days of four."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pqs_portal.lib.dates import is_working_day
from sessions_catalogue.layout import LONDON, Rhythm, Wanted, at_local, day_minutes, lay_out

pytestmark = pytest.mark.unit

TEN = dt.time(10, 0)
HALF_PAST_NINE = dt.time(9, 30)
FORTNIGHT_CLOSED = frozenset(dt.date(2027, 5, 3) + dt.timedelta(days=days) for days in range(14))


def some(count):
    return [Wanted(number, (number - 1) // 4 + 1) for number in range(1, count + 1)]


TWELVE, EIGHT = some(12), some(8)


def laid(wanted, shape, first_on, starts_at=TEN, closed=(), **more):
    return lay_out(wanted, Rhythm(shape, first_on, starts_at, **more), closed)


def local(slot):
    return slot.starts_at.astimezone(LONDON)


def times(slots):
    return [(local(slot).strftime("%H:%M"), slot.ends_at.astimezone(LONDON).strftime("%H:%M")) for slot in slots]


def test_monthly_keeps_the_day_of_the_month_or_the_next_working_day():
    slots = laid(TWELVE, "monthly", dt.date(2027, 1, 5))
    assert [slot.held_on for slot in slots] == [
        dt.date(2027, 1, 5),
        dt.date(2027, 2, 5),
        dt.date(2027, 3, 5),
        dt.date(2027, 4, 5),
        dt.date(2027, 5, 5),
        dt.date(2027, 6, 7),  # the 5th is a Saturday
        dt.date(2027, 7, 5),
        dt.date(2027, 8, 5),
        dt.date(2027, 9, 6),  # a Sunday
        dt.date(2027, 10, 5),
        dt.date(2027, 11, 5),
        dt.date(2027, 12, 6),  # a Sunday
    ]
    assert [slot.key for slot in slots if slot.is_moved] == [6, 9, 12]
    assert [slot.key for slot in slots] == list(range(1, 13))


def test_weekly_from_good_friday_moves_past_easter_and_stays_in_order():
    slots = laid(TWELVE, "weekly", dt.date(2027, 3, 26))
    assert [slot.held_on for slot in slots[:3]] == [dt.date(2027, 3, 30), dt.date(2027, 4, 2), dt.date(2027, 4, 9)]


def test_eight_fortnightly_over_easter_and_the_spring_clock_change():
    slots = laid(EIGHT, "fortnightly", dt.date(2027, 3, 12))
    assert [(slot.held_on, slot.starts_at.hour) for slot in slots] == [
        (dt.date(2027, 3, 12), 10),
        (dt.date(2027, 3, 30), 9),  # from Good Friday past Easter Monday; the clocks went forward on the 28th
        (dt.date(2027, 4, 9), 9),
        (dt.date(2027, 4, 23), 9),
        (dt.date(2027, 5, 7), 9),
        (dt.date(2027, 5, 21), 9),
        (dt.date(2027, 6, 4), 9),
        (dt.date(2027, 6, 18), 9),
    ]


def test_twelve_weekly_over_the_october_clock_change_christmas_and_new_year():
    slots = laid(TWELVE, "weekly", dt.date(2026, 10, 16))
    assert [(slot.held_on, slot.starts_at.hour) for slot in slots] == [
        (dt.date(2026, 10, 16), 9),
        (dt.date(2026, 10, 23), 9),
        (dt.date(2026, 10, 30), 10),  # the clocks went back on the 25th
        (dt.date(2026, 11, 6), 10),
        (dt.date(2026, 11, 13), 10),
        (dt.date(2026, 11, 20), 10),
        (dt.date(2026, 11, 27), 10),
        (dt.date(2026, 12, 4), 10),
        (dt.date(2026, 12, 11), 10),
        (dt.date(2026, 12, 18), 10),
        (dt.date(2026, 12, 29), 10),  # Christmas Day is a Friday, Boxing Day is kept on the Monday
        (dt.date(2027, 1, 4), 10),  # and New Year's Day a Friday
    ]
    assert {local(slot).time() for slot in slots} == {TEN}


@pytest.mark.parametrize(
    ("first_on", "before", "after"),
    [
        (dt.date(2027, 3, 24), 10, 9),  # the clocks go forward on 28 March 2027
        (dt.date(2027, 10, 27), 9, 10),  # and back on 31 October 2027
    ],
)
def test_the_local_time_stays_across_a_clock_change(first_on, before, after):
    slots = laid(TWELVE, "weekly", first_on)
    assert [slot.starts_at.hour for slot in slots[:2]] == [before, after]
    assert [slot.starts_at.tzinfo for slot in slots[:2]] == [dt.UTC, dt.UTC]
    assert {local(slot).time() for slot in slots} == {TEN}


def test_three_days_of_four_with_breaks_and_lunch():
    slots = laid(TWELVE, "three_days", dt.date(2027, 2, 1), HALF_PAST_NINE)
    assert times(slots[:4]) == [("09:30", "11:00"), ("11:15", "12:45"), ("13:30", "15:00"), ("15:15", "16:45")]
    assert [slot.held_on for slot in slots] == (
        [dt.date(2027, 2, 1)] * 4 + [dt.date(2027, 3, 1)] * 4 + [dt.date(2027, 3, 30)] * 4  # 29 March: Easter Monday
    )


def test_days_of_four_with_breaks_of_ones_own_over_the_october_clock_change():
    rhythm = Rhythm("three_days", dt.date(2027, 10, 28), TEN, days_apart=7, break_minutes=20, lunch_minutes=60)
    wanted = [Wanted(key, (key - 1) // 4 + 1, 60 if key == 2 else 90) for key in range(1, 9)]
    slots = lay_out(wanted, rhythm)
    first = [("10:00", "11:30"), ("11:50", "12:50"), ("13:50", "15:20"), ("15:40", "17:10")]
    second = [("10:00", "11:30"), ("11:50", "13:20"), ("14:20", "15:50"), ("16:10", "17:40")]
    assert times(slots) == first + second
    assert [slot.held_on for slot in slots] == [dt.date(2027, 10, 28)] * 4 + [dt.date(2027, 11, 4)] * 4
    assert [slots[0].starts_at.hour, slots[4].starts_at.hour] == [9, 10]
    assert [day_minutes(wanted[:4], rhythm), day_minutes(wanted[4:], rhythm), day_minutes(wanted[:1], rhythm)] == [
        430, 460, 90,
    ]  # fmt: skip


def test_the_days_of_what_is_left_keep_their_sessions_together():
    slots = laid(TWELVE[5:], "three_days", dt.date(2027, 2, 1), HALF_PAST_NINE, days_apart=7)
    assert [(slot.key, slot.held_on.day) for slot in slots] == [
        (6, 1), (7, 1), (8, 1), (9, 8), (10, 8), (11, 8), (12, 8),
    ]  # fmt: skip


def test_two_closed_weeks_are_left_out_and_what_they_take_stays_in_order():
    slots = laid(TWELVE[:5], "weekly", dt.date(2027, 4, 27), closed=FORTNIGHT_CLOSED)
    assert [(slot.held_on, slot.wanted_on) for slot in slots] == [
        (dt.date(2027, 4, 27), dt.date(2027, 4, 27)),
        (dt.date(2027, 5, 17), dt.date(2027, 5, 4)),
        (dt.date(2027, 5, 18), dt.date(2027, 5, 11)),  # the 17th is taken
        (dt.date(2027, 5, 19), dt.date(2027, 5, 18)),
        (dt.date(2027, 5, 25), dt.date(2027, 5, 25)),
    ]


def test_ones_own_rhythm_of_ten_days_over_new_year():
    slots = laid(EIGHT, "own", dt.date(2026, 12, 1), days_apart=10)
    assert [slot.held_on for slot in slots] == [
        dt.date(2026, 12, 1),
        dt.date(2026, 12, 11),
        dt.date(2026, 12, 21),
        dt.date(2026, 12, 31),
        dt.date(2027, 1, 11),  # from Sunday the 10th
        dt.date(2027, 1, 20),
        dt.date(2027, 2, 1),  # from Saturday 30 January
        dt.date(2027, 2, 9),
    ]


def test_a_session_keeps_its_own_length_over_the_end_of_summer_time():
    (slot,) = lay_out([Wanted(1, 1, 120)], Rhythm("weekly", dt.date(2027, 11, 1), TEN))
    assert (slot.starts_at.hour, slot.ends_at - slot.starts_at) == (10, dt.timedelta(hours=2))


def test_nothing_chosen_is_nothing_laid_out():
    assert laid([], "monthly", dt.date(2027, 1, 5)) == laid([], "three_days", dt.date(2027, 1, 5)) == []


def test_a_time_the_clocks_skip_is_refused():
    with pytest.raises(ValueError, match="does not exist"):
        at_local(dt.date(2027, 3, 28), dt.time(1, 30))
    assert at_local(dt.date(2027, 10, 31), dt.time(1, 30)) == dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)


@given(
    shape=st.sampled_from(["monthly", "fortnightly", "weekly", "three_days", "own"]),
    first_on=st.dates(dt.date(2025, 1, 1), dt.date(2031, 12, 31)),
    starts_at=st.times(dt.time(7, 0), dt.time(13, 0)).map(lambda time: time.replace(second=0, microsecond=0)),
    days_apart=st.integers(1, 180),
    closed=st.sets(st.dates(dt.date(2025, 1, 1), dt.date(2033, 12, 31)), max_size=60),
    count=st.integers(1, 16),
)
def test_every_layout_is_in_order_on_working_days_at_its_local_time(
    shape, first_on, starts_at, days_apart, closed, count
):
    slots = laid(some(count), shape, first_on, starts_at, closed, days_apart=days_apart)
    assert all(is_working_day(slot.held_on, closed) for slot in slots)
    assert all(slot.ends_at - slot.starts_at == dt.timedelta(minutes=90) for slot in slots)
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(slots))
    first_of_each_day = slots[::4] if shape == "three_days" else slots
    assert {local(slot).time() for slot in first_of_each_day} == {starts_at}
    assert len({slot.held_on for slot in slots}) == len(first_of_each_day)
    assert all(slot.wanted_on <= slot.held_on for slot in slots)


def test_from_every_day_of_four_years_no_two_meet_on_one_day_and_never_while_closed():
    """Closed over Christmas and for two weeks in spring, whatever the day and rhythm one begins with."""
    closed = FORTNIGHT_CLOSED | {dt.date(year, 12, day) for year in range(2026, 2034) for day in range(22, 32)}
    for days in range(4 * 365):
        first_on = dt.date(2026, 6, 1) + dt.timedelta(days=days)
        shape = ("monthly", "fortnightly", "weekly", "own")[days % 4]
        dates = [slot.held_on for slot in laid(TWELVE, shape, first_on, closed=closed, days_apart=days % 30 + 1)]
        assert dates == sorted(set(dates))
        assert all(is_working_day(on, closed) for on in dates)
