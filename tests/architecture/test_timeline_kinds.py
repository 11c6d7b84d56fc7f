"""Exactly one app says of each kind of milestone whether it is done."""

from collections import Counter

from pathway.models import Milestone
from pathway.timeline import modules


def test_each_kind_belongs_to_one_timeline():
    counts = Counter(kind for module in modules() for kind in module.MILESTONE_KINDS)

    assert counts == dict.fromkeys(Milestone.Kind.values, 1)
