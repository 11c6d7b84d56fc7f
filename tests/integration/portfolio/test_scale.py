"""The organisation's levels: set by L&D or an admin, and kept as they were by what was begun."""

import pytest
from django.urls import reverse

from portfolio.models import AssessmentScale
from portfolio.models.self_assessment import DEFAULT_LEVELS
from tests.both_texts import differing
from tests.factories.portfolio import assessed

URL = reverse("portfolio:scale")


@pytest.mark.parametrize("person", ["ld_lead", "admin"])
def test_levels_in_ones_own_words(world, sign_in, areas, person):
    begun = assessed(world.enrolment, {areas[0]: 5}, finish=False)
    client = sign_in(getattr(world, person))
    assert client.get(URL).context["form"]["words"].value() == "\n".join(DEFAULT_LEVELS)
    assert client.post(URL, {"revision": 0, "words": " Not yet \n\nSometimes\nMostly"}).url == URL
    scale = AssessmentScale.objects.get()
    assert (scale.organisation, scale.words, scale.revision) == (
        world.organisation,
        ["Not yet", "Sometimes", "Mostly"],
        1,
    )
    begun.refresh_from_db()
    later = assessed(world.enrolment, {areas[0]: 3}, point="end")
    assert (begun.words, later.words) == (list(DEFAULT_LEVELS), scale.words)
    client.post(URL, {"revision": 1, "words": "A\nB\nC\nD"})
    answer = client.post(URL, {"revision": 1, "words": "E\nF\nG"})
    scale.refresh_from_db()
    assert (answer.status_code, scale.words, scale.revision) == (409, ["A", "B", "C", "D"], 2)
    assert list(differing(answer).values()) == [("[A]\n[B]\n[C\nD]", "[E]\n[F]\n[G]")]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "Enter the levels, one a line"),
        ("One\nTwo", "Enter from 3 to 7 levels, one a line"),
        ("1\n2\n3\n4\n5\n6\n7\n8", "Enter from 3 to 7 levels, one a line"),
        ("One\nTwo\none", "Each level needs words of its own: two of them are the same"),
        ("One\nTwo\n" + "x" * 61, "is too long: use 60 characters or fewer"),
    ],
)
def test_what_is_no_scale_is_refused(world, sign_in, words, message):
    answer = sign_in(world.admin).post(URL, {"revision": 0, "words": words})
    assert message in answer.context["form"].errors["words"][0]
    assert not AssessmentScale.objects.exists()


@pytest.mark.parametrize("person", ["supervisor", "mentor", "line_manager", "senior_leader", "outsider"])
def test_for_nobody_else(world, sign_in, person):
    client = sign_in(getattr(world, person))
    assert (client.get(URL).status_code, client.post(URL, {"words": "A\nB\nC"}).status_code) == (403, 403)
    assert not AssessmentScale.objects.exists()
