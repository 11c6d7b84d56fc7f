"""What was to be looked at stood among the areas seen; the migration takes it apart, and back."""

from importlib import import_module

import pytest
from django.apps import apps

from tests.factories.observations import ObservationFactory, draft
from tests.factories.pathway import AreaFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

migration = import_module("observations.migrations.0004_focus_apart")


def areas_of(*rows):
    return [([area.number for area in row.focus.all()], [area.number for area in row.areas.all()]) for row in rows]


def test_there_and_back(world):
    booked, written = ObservationFactory(enrolment=world.enrolment), draft(world.enrolment)
    booked.areas.add(AreaFactory(standard=world.cohort.programme.standard, number=2))
    migration.focus_apart(apps, None)
    assert areas_of(booked, written) == [([2], []), ([], [1])]
    migration.focus_among_areas(apps, None)
    assert areas_of(booked, written) == [([2], [2]), ([], [1])]
