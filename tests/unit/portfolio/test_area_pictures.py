"""How long ago the last piece was, in words."""

import datetime as dt

import pytest

from portfolio.queries.area_pictures import how_long

TODAY = dt.date(2027, 6, 30)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "today"), (0, "today"), (1, "yesterday"), (13, "13 days ago"), (14, "2 weeks ago"), (62, "8 weeks ago"),
        (63, "2 months ago"), (150, "4 months ago"), (364, "11 months ago"), (366, "over a year ago"),
    ],
)  # fmt: skip
def test_how_long(days, words):
    assert how_long(TODAY - dt.timedelta(days=days), TODAY) == words
