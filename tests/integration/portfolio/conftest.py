"""What most pages of evidence need: files in a folder of their own, and ways to post the form."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from tests.factories.portfolio import area_of


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def areas(world):
    return [area_of(world.enrolment, number) for number in (1, 2, 3, 4)]


@pytest.fixture
def posted():
    """``posted(areas={area: "why"}, **changes)``: what the evidence form sends."""

    def build(*, areas=None, on=None, **changes):
        on = on or timezone.localdate() - dt.timedelta(days=1)
        return {
            "id": str(uuid.uuid4()),
            "title": "Team day",
            "body": "We talked about what we had avoided.",
            "happened_on_day": on.day,
            "happened_on_month": on.month,
            "happened_on_year": on.year,
            "areas": [str(area.pk) for area in areas or {}],
            **{f"why_{area.number}": why for area, why in (areas or {}).items()},
        } | changes

    return build
