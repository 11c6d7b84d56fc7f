import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from pathway.models import Cohort, Enrolment
from tests.integration.pathway.posting import date, is_refused

URL = "/cohorts/for-one/"


def posted(world, **fields):
    values = {"id": uuid.uuid4(), "person": world.outsider.pk, "purpose": "induction"}
    return {**values, "programme": world.cohort.programme_id, **date("starts_on", timezone.localdate()), **fields}


def test_one_form_makes_the_cohort_and_puts_the_person_in(world, sign_in):
    client, data = sign_in(world.ld_lead), posted(world)
    assert world.outsider.name in client.get(URL, follow=True).content.decode()

    first, second = client.post(URL, data), client.post(URL, data)

    cohort = Cohort.objects.get(pk=data["id"])
    assert first.url == second.url == reverse("sessions_catalogue:cohort_sessions_lay_out", args=[cohort.pk])
    assert (cohort.name, cohort.status, cohort.places) == (f"Induction: {world.outsider.name}", "draft", 1)
    enrolment = Enrolment.objects.get(cohort=cohort)
    assert (enrolment.supervisor, enrolment.kind, enrolment.starts_on) == (
        world.outsider,
        "pathway",
        timezone.localdate(),
    )


def test_studying_by_oneself(world, sign_in):
    sign_in(world.ld_lead).post(URL, posted(world, purpose="study"))

    assert Cohort.objects.filter(name=f"Individual study: {world.outsider.name}").exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"person": ""}, "Choose for whom it is"),
        ({"purpose": ""}, "Choose what it is for"),
        ({"starts_on_month": "13"}, "The date the year starts must be a real date"),
        ({"programme": uuid.uuid4()}, "Choose one of the programmes listed"),
    ],
)
def test_what_is_refused(world, sign_in, wrong, words):
    answer = sign_in(world.ld_lead).post(URL, posted(world) | wrong)

    assert is_refused(answer)
    assert words in answer.content.decode()
    assert Cohort.objects.filter(organisation=world.organisation).count() == 1


def test_nobody_of_another_organisation(world, sign_in):
    assert is_refused(sign_in(world.ld_lead).post(URL, posted(world, person=world.other.outsider.pk)))


@pytest.mark.parametrize("role", ["admin", "supervisor", "outsider", "senior_leader"])
def test_only_the_lead(world, sign_in, role):
    client = sign_in(getattr(world, role))

    assert client.get(URL).status_code == 403
    assert client.post(URL, posted(world)).status_code == 403
    assert Cohort.objects.filter(organisation=world.organisation).count() == 1
