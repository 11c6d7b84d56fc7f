"""How long the critical reflection should be: set by L&D or an admin; it warns and never cuts."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import Reflection, WordLimit
from tests.both_texts import differing
from tests.factories.reflection import reflected

URL = reverse("portfolio:word_limit")


@pytest.mark.parametrize("person", ["ld_lead", "admin"])
def test_the_organisations_own_length(world, sign_in, person):
    client = sign_in(getattr(world, person))
    form = client.get(URL).context["form"]
    assert (form["fewest"].value(), form["most"].value()) == (1500, 2000)
    assert client.post(URL, {"revision": 0, "fewest": "2", "most": "3"}).url == URL
    assert client.post(URL, {"revision": 1, "fewest": "2", "most": "4"}).url == URL
    answer = client.post(URL, {"revision": 1, "fewest": "5", "most": "6"})
    limit = WordLimit.objects.get()
    assert (answer.status_code, limit.organisation, limit.fewest, limit.most) == (409, world.organisation, 2, 4)
    assert list(differing(answer).values()) == [("[2]", "[5]"), ("[4]", "[6]")]


def test_it_warns_and_never_cuts(world, sign_in):
    WordLimit.objects.create(organisation=world.organisation, fewest=1, most=3)
    reflected(world.enrolment, what="One two", power="three")
    client, page = sign_in(world.supervisor), reverse("portfolio:reflection")
    assert "data-words-over hidden" in client.get(page).content.decode()
    reflected(world.enrolment, revision=1, what="One two three four")
    body = client.get(page).content.decode()
    assert "That is longer than asked for. Nothing is cut off." in body
    assert "data-words-over hidden" not in body
    assert Reflection.objects.get().parts == {"what": "One two three four"}


def test_what_is_done_and_short_says_so(world, sign_in):
    WordLimit.objects.create(organisation=world.organisation, fewest=3, most=5)
    reflected(world.enrolment, what="One two")
    client, page = sign_in(world.supervisor), reverse("portfolio:reflection")
    assert "shorter than asked for" not in client.get(page).content.decode()
    Reflection.objects.update(status="done", done_at=timezone.now())
    assert "That is shorter than asked for." in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"fewest": "", "most": "x"}, {"fewest": "Enter the fewest words", "most": "Enter a whole number, like 2000"}),
        ({"fewest": "10", "most": "9"}, {"most": "Enter 10 or more: the most words cannot be under the fewest"}),
    ],
)
def test_what_is_no_length_is_refused(world, sign_in, sent, errors):
    found = sign_in(world.admin).post(URL, {"revision": 0, **sent}).context["form"].errors
    assert set(found) == set(errors)
    assert all(found[field][0].startswith(message) for field, message in errors.items())
    assert not WordLimit.objects.exists()


@pytest.mark.parametrize("person", ["supervisor", "mentor", "line_manager", "senior_leader", "outsider"])
def test_for_nobody_else(world, sign_in, person):
    client = sign_in(getattr(world, person))
    assert (client.get(URL).status_code, client.post(URL, {"fewest": 1, "most": 2}).status_code) == (403, 403)
    assert not WordLimit.objects.exists()
