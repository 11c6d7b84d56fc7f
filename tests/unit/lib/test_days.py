"""The main days of the faiths, against dates from published calendars."""

import datetime as dt

import pytest

from pqs_portal.lib.days import main_faith_days

ABOUT = " (about this day)"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-09-12", "Rosh Hashanah"),
        ("2027-03-26", "Good Friday"),
        ("2027-03-28", "Easter Sunday"),
        ("2027-03-29", "Easter Monday"),
        ("2027-04-22", "Passover, first day"),
        ("2027-05-02", "Orthodox Easter"),
        ("2027-10-02", "Rosh Hashanah"),
        ("2027-10-11", "Yom Kippur"),
        ("2028-04-16", "Easter Sunday; Orthodox Easter"),
    ],
)
def test_days_that_are_certain(day, name):
    date = dt.date.fromisoformat(day)
    assert main_faith_days(date.year)[date] == name


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-02-18", "Ramadan begins"),
        ("2026-03-20", "Eid al-Fitr"),
        ("2026-05-27", "Eid al-Adha"),
        ("2026-11-08", "Diwali"),
        ("2026-11-24", "Guru Nanak’s birthday"),
        ("2027-02-08", "Ramadan begins"),
        ("2027-03-10", "Eid al-Fitr"),
        ("2027-04-14", "Vaisakhi"),
        ("2027-05-16", "Eid al-Adha"),
        ("2027-05-20", "Vesak"),
        ("2027-10-29", "Diwali"),
        ("2028-10-17", "Diwali"),
    ],
)
def test_days_of_the_moon_are_near_and_said_to_be_about(day, name):
    date = dt.date.fromisoformat(day)
    found = [on for on, words in main_faith_days(date.year).items() if words == name + ABOUT]
    assert any(abs(on - date) <= dt.timedelta(days=1) for on in found), found


@pytest.mark.parametrize("year", range(2026, 2036))
def test_each_year_has_them_all_in_order(year):
    days = main_faith_days(year)
    assert list(days) == sorted(days)
    assert {on.year for on in days} == {year}
    names = {name.removesuffix(ABOUT) for words in days.values() for name in words.split("; ")}
    assert names == {
        "Good Friday", "Easter Sunday", "Easter Monday", "Orthodox Easter", "Ramadan begins", "Eid al-Fitr",
        "Eid al-Adha", "Vaisakhi", "Diwali", "Guru Nanak’s birthday", "Passover, first day", "Rosh Hashanah",
        "Yom Kippur", "Vesak",
    }  # fmt: skip


def test_the_lunar_year_is_shorter_so_some_years_have_two():
    assert list(main_faith_days(2030).values()).count("Ramadan begins" + ABOUT) == 2


def test_nobody_can_change_what_the_next_one_gets():
    main_faith_days(2027).clear()
    assert main_faith_days(2027)
