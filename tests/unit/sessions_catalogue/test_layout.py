"""Where sessions fall: local times across clock changes, working days, days of four."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pqs_portal.lib.dates import is_working_day
from sessions_catalogue.layout import LONDON, Wanted, at_local, lay_out

pytestmark = pytest.mark.unit

TWELVE = [Wanted(number, (number - 1) // 4 + 1) for number in range(1, 13)]
TEN = dt.time(10, 0)


def local(slot):
    return slot.starts_at.astimezone(LONDON)


def test_monthly_keeps_the_day_of_the_month_or_the_next_working_day():
    slots = lay_out(TWELVE, shape="monthly", first_on=dt.date(2027, 1, 5), starts_at=TEN)
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
    assert [slot.number for slot in slots if slot.is_moved] == [6, 9, 12]
    assert [slot.number for slot in slots] == list(range(1, 13))


def test_weekly_from_good_friday_moves_past_easter_and_stays_in_order():
    slots = lay_out(TWELVE, shape="weekly", first_on=dt.date(2027, 3, 26), starts_at=TEN)
    assert [slot.held_on for slot in slots[:3]] == [dt.date(2027, 3, 30), dt.date(2027, 4, 2), dt.date(2027, 4, 9)]


@pytest.mark.parametrize(
    ("first_on", "before", "after"),
    [
        (dt.date(2027, 3, 24), 10, 9),  # the clocks go forward on 28 March 2027
        (dt.date(2027, 10, 27), 9, 10),  # and back on 31 October 2027
    ],
)
def test_the_local_time_stays_across_a_clock_change(first_on, before, after):
    slots = lay_out(TWELVE, shape="weekly", first_on=first_on, starts_at=TEN)
    assert [slot.starts_at.hour for slot in slots[:2]] == [before, after]
    assert [slot.starts_at.tzinfo for slot in slots[:2]] == [dt.UTC, dt.UTC]
    assert {local(slot).time() for slot in slots} == {TEN}


def test_three_days_of_four_with_breaks_and_lunch():
    slots = lay_out(TWELVE, shape="three_days", first_on=dt.date(2027, 2, 1), starts_at=dt.time(9, 30), days_apart=28)
    assert [
        (local(slot).strftime("%H:%M"), slot.ends_at.astimezone(LONDON).strftime("%H:%M")) for slot in slots[:4]
    ] == [
        ("09:30", "11:00"),
        ("11:15", "12:45"),
        ("13:30", "15:00"),
        ("15:15", "16:45"),
    ]
    assert [slot.held_on for slot in slots] == (
        [dt.date(2027, 2, 1)] * 4 + [dt.date(2027, 3, 1)] * 4 + [dt.date(2027, 3, 30)] * 4  # 29 March: Easter Monday
    )


def test_the_days_of_what_is_left_keep_their_sessions_together():
    slots = lay_out(
        TWELVE[5:], shape="three_days", first_on=dt.date(2027, 2, 1), starts_at=dt.time(9, 30), days_apart=7
    )
    assert [(slot.number, slot.held_on.day) for slot in slots] == [
        (6, 1), (7, 1), (8, 1), (9, 8), (10, 8), (11, 8), (12, 8),
    ]  # fmt: skip


def test_a_time_the_clocks_skip_is_refused():
    with pytest.raises(ValueError, match="does not exist"):
        at_local(dt.date(2027, 3, 28), dt.time(1, 30))
    assert at_local(dt.date(2027, 10, 31), dt.time(1, 30)) == dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)


@given(
    shape=st.sampled_from(["monthly", "fortnightly", "weekly", "three_days"]),
    first_on=st.dates(dt.date(2025, 1, 1), dt.date(2031, 12, 31)),
    starts_at=st.times(dt.time(7, 0), dt.time(13, 0)).map(lambda time: time.replace(second=0, microsecond=0)),
    days_apart=st.integers(1, 180),
)
def test_every_layout_is_in_order_on_working_days_at_its_local_time(shape, first_on, starts_at, days_apart):
    slots = lay_out(TWELVE, shape=shape, first_on=first_on, starts_at=starts_at, days_apart=days_apart)
    assert all(is_working_day(slot.held_on) for slot in slots)
    assert all(slot.ends_at - slot.starts_at == dt.timedelta(minutes=90) for slot in slots)
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(slots))
    first_of_each_day = slots[::4] if shape == "three_days" else slots
    assert {local(slot).time() for slot in first_of_each_day} == {starts_at}
    assert len({slot.held_on for slot in slots}) == (3 if shape == "three_days" else 12)
    assert all(slot.wanted_on <= slot.held_on for slot in slots)
