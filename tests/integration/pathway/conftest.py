import pytest

from tests.factories.accounts import member


@pytest.fixture
def newcomer(world):
    return member(world.organisation, name="Nadia New")
