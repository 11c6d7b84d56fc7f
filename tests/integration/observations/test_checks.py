"""Looking for identifying words before an observation is released, and in the reflection on it."""

import pytest
from django.urls import reverse

from observations.models import Observation
from tests.factories.observations import draft, released

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NAME = "Oluwaseun Adeyemi"


def url(observation, name="release"):
    return reverse(f"observations:observation_{name}", args=[observation.pk])


def open_items(response):
    return response.context["words"].open_items


@pytest.fixture
def observation(world):
    return draft(world.enrolment, with_whom=NAME, noticed=f"{NAME} spoke first.")


def test_it_is_not_released_before_it_was_looked_at(world, sign_in, observation):
    client = sign_in(world.mentor)
    sent = {"version": observation.version}
    response = client.post(url(observation), sent)
    (found,) = open_items(response)
    assert [place.label for place in found.item.places] == ["With whom", "What was noticed"]
    assert "Look at what was found first" in response.content.decode()
    assert f'<p><mark class="pp-found">{NAME}</mark> spoke first.</p>' in response.content.decode()
    response = client.post(url(observation), sent | {"words_do": f"use:{found.token}:Worker A"})
    observation.refresh_from_db()
    assert (observation.with_whom, observation.noticed) == ("Worker A", "Worker A spoke first.")
    assert (observation.version, observation.status) == (sent["version"] + 1, Observation.Status.DRAFT)
    assert f'name="version" value="{observation.version}"' in response.content.decode()
    client.post(url(observation), {"version": observation.version})
    observation.refresh_from_db()
    assert observation.released_version.content["noticed"] == "Worker A spoke first."


def test_the_two_people_it_is_about_are_not_asked_about(world, sign_in):
    for user, name in ((world.supervisor, "Adaeze Okonjo"), (world.mentor, "Rhiannon Pryce")):
        user.name = name
        user.save()
    noticed = "Adaeze Okonjo opened well and Rhiannon Pryce listened."
    observation = draft(world.enrolment, noticed=noticed)
    assert open_items(sign_in(world.mentor).get(url(observation))) == []


def test_a_newer_save_elsewhere_is_not_written_over(world, sign_in, observation):
    client = sign_in(world.mentor)
    (found,) = open_items(client.get(url(observation)))
    Observation.objects.update(version=observation.version + 1, noticed=f"{NAME} was silent.")
    answer = client.post(url(observation), {"version": observation.version, "words_do": f"use:{found.token}:Worker A"})
    assert "It was changed after you opened this page" in answer.content.decode()
    observation.refresh_from_db()
    assert observation.noticed == f"{NAME} was silent."


def test_a_made_up_name_must_stay_short(world, sign_in):
    observation = draft(world.enrolment, with_whom=f"{'Long ' * 18}AB123456C")
    answer = sign_in(world.mentor).post(url(observation), {"version": observation.version, "words_do": "use_all"})
    assert "would be too long" in answer.content.decode()
    observation.refresh_from_db()
    assert observation.with_whom.endswith("AB123456C")


@pytest.mark.parametrize("person", ["supervisor", "outsider"])
def test_nobody_else_presses(world, sign_in, observation, person):
    answer = sign_in(getattr(world, person)).post(url(observation), {"version": 1, "words_do": "use_all"})
    assert answer.status_code in {403, 404}
    observation.refresh_from_db()
    assert observation.with_whom == NAME


def test_a_reflection_is_looked_at_where_it_is_typed(world, sign_in):
    observation = released(world.enrolment)
    client, sent = sign_in(world.supervisor), {"reflection": f"I was glad for {NAME}.\r\nTruly."}
    response = client.post(url(observation, "reflect"), sent)
    (found,) = open_items(response)
    assert (found.item.words, response.context["form"]["reflection"].value()) == ([NAME], sent["reflection"])
    pressed = f"use:{found.token}:Worker A"
    response = client.post(url(observation, "reflect"), sent | {"words_do": pressed})
    typed = response.context["form"]["reflection"].value()
    assert typed == "I was glad for Worker A.\nTruly."
    assert not response.context["form"].errors
    observation.refresh_from_db()
    assert observation.reflection == ""
    assert client.post(url(observation, "reflect"), {"reflection": typed}).status_code == 302
    observation.refresh_from_db()
    assert observation.reflection == typed
