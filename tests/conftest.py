"""Fixtures that every test may use."""

from functools import cached_property
from types import SimpleNamespace

import pytest
from django.test import Client

from accounts.models import Role
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.pathway import (
    CohortFactory,
    EnrolmentFactory,
    LineManagementFactory,
    MentoringFactory,
    PanelMemberFactory,
)

FOLDERS = {"unit", "integration", "architecture", "functional"}


def pytest_collection_modifyitems(items):
    """A test's marker is the folder it lives in."""
    for item in items:
        for folder in FOLDERS & set(item.path.parts):
            item.add_marker(folder)


class World(SimpleNamespace):
    """An organisation with one person per role around one enrolment."""

    @cached_property
    def other(self):
        """The same in another organisation."""
        return build_world()


def build_world():
    organisation = OrganisationFactory()
    cohort = CohortFactory(organisation=organisation)
    enrolment = EnrolmentFactory(cohort=cohort)
    mentoring = MentoringFactory(enrolment=enrolment)
    return World(
        organisation=organisation,
        cohort=cohort,
        enrolment=enrolment,
        mentoring=mentoring,
        supervisor=enrolment.supervisor,
        mentor=mentoring.mentor,
        line_manager=LineManagementFactory(enrolment=enrolment).manager,
        panel_member=PanelMemberFactory(cohort=cohort).member,
        ld_lead=member(organisation, Role.LD_LEAD),
        admin=member(organisation, Role.ORGANISATION_ADMIN),
        senior_leader=member(organisation, Role.SENIOR_LEADER),
        outsider=member(organisation),
    )


@pytest.fixture
def world(db, request):
    """``world.supervisor`` … ``world.panel_member`` are users, ``world.enrolment`` and ``world.cohort`` rows;
    ``world.other`` is the same in another organisation; ``world.outsider`` is a plain member of the first."""
    made = build_world()
    if "other" in request.function.__code__.co_names:
        # What could leak must be there before a page is asked for; tests that do not speak of it are spared it.
        _ = made.other
    return made


@pytest.fixture
def sign_in():
    """``sign_in(user)`` gives a client with that person signed in."""

    def signed_in(user):
        client = Client()
        client.force_login(user)
        return client

    return signed_in
