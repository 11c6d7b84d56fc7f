"""Days to be careful about when sessions are laid out: the main days of the faiths, by the library's calendars."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from holidays import HolidayBase
from holidays.calendars.julian import JULIAN_CALENDAR
from holidays.groups.buddhist import BuddhistCalendarHolidays
from holidays.groups.christian import ChristianHolidays
from holidays.groups.hebrew import HebrewCalendarHolidays
from holidays.groups.hindu import HinduCalendarHolidays
from holidays.groups.islamic import IslamicHolidays


class _FaithDays(
    HolidayBase,
    ChristianHolidays,
    IslamicHolidays,
    HinduCalendarHolidays,
    HebrewCalendarHolidays,
    BuddhistCalendarHolidays,
):
    country = "GB"
    estimated_label = "%s (about this day)"  # the moon is sighted, or reckoned differently from place to place

    def __init__(self, year: int) -> None:
        ChristianHolidays.__init__(self)
        IslamicHolidays.__init__(self, show_estimated=True)
        HinduCalendarHolidays.__init__(self, show_estimated=True)
        HebrewCalendarHolidays.__init__(self)
        BuddhistCalendarHolidays.__init__(self, show_estimated=True)
        super().__init__(years=year)

    def _populate_public_holidays(self) -> None:
        self._add_good_friday("Good Friday")
        self._add_easter_sunday("Easter Sunday")
        self._add_easter_monday("Easter Monday")
        self._add_easter_sunday("Orthodox Easter", JULIAN_CALENDAR)
        self._add_ramadan_beginning_day("Ramadan begins")
        self._add_eid_al_fitr_day("Eid al-Fitr")
        self._add_eid_al_adha_day("Eid al-Adha")
        self._add_vaisakhi("Vaisakhi")
        self._add_diwali_india("Diwali")
        self._add_guru_nanak_jayanti("Guru Nanak’s birthday")
        self._add_passover("Passover, first day")
        self._add_rosh_hashanah("Rosh Hashanah")
        self._add_yom_kippur("Yom Kippur")
        # Where May has two full moons, communities differ by a month.
        self._add_vesak("Vesak")
        self._add_vesak_may("Vesak")


@lru_cache(maxsize=16)
def _faith_days(year: int) -> dict[dt.date, str]:
    return dict(sorted(_FaithDays(year).items()))


def main_faith_days(year: int) -> dict[dt.date, str]:
    """Date and name in the order of the year. The library knows Vaisakhi, Diwali and Guru Nanak up to 2035."""
    return dict(_faith_days(year))
