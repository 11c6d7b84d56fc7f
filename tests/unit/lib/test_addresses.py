"""Addresses by the thousand are those that ``reverse`` gives."""

import uuid

import pytest
from django.urls import reverse

from pqs_portal.lib.addresses import address


@pytest.mark.parametrize(("name", "number"), [("pathway:step_done", 2), ("insights:person", 1)])
def test_the_same_as_reverse(name, number):
    for _ in range(2):
        ids = [uuid.uuid4() for _ in range(number)]
        assert address(name, *ids) == reverse(name, args=ids)
