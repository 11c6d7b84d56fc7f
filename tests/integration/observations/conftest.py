"""What posting an observation takes."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories.pathway import AreaFactory, StatementFactory


@pytest.fixture
def area(world):
    found = AreaFactory(standard=world.cohort.programme.standard, number=1, title="Values and ethics")
    StatementFactory(area=found, text="Challenges unfairness.")
    return found


@pytest.fixture
def typed(area):
    """``typed(**changes)`` is a POST of the whole form."""

    def post(**changes):
        day = timezone.localdate() - dt.timedelta(days=1)
        data = {
            "id": "", "version": "0", "kind": "formative", "with_whom": "Worker B", "asked_beforehand": "on",
            "observed_on_day": day.day, "observed_on_month": day.month, "observed_on_year": day.year,
            "mode": "in_person", "context": "Monthly", "noticed": "NOTICED-CANARY", "strengths": "Calm",
            "development_points": "", "areas": [str(area.pk)],
        }  # fmt: skip
        return data | changes

    return post
