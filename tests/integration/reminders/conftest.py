import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from reminders.services.plan import plan
from tests.factories import fake_timeline

# A working day in winter, ten in the morning: reminders go at once.
NOW = dt.datetime(2027, 3, 2, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def timeline(settings):
    """Only what the test itself puts into the fake timeline is due or news."""
    settings.TIMELINE_MODULES = [fake_timeline.PATH]
    fake_timeline.clear()
    yield fake_timeline
    fake_timeline.clear()


@pytest.fixture
def clock():
    """``clock.move_to(moment)``; it stands at NOW until then."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def plan_now():
    """Plan as beat does; returns how many things were put into mails."""

    def run():
        now = timezone.now()
        return plan(today=timezone.localdate(now), now=now)

    return run
