"""A friendly word: one press, once a day, told to the person and to nobody else."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from pathway.models import Enrolment, Nudge
from pathway.timeline import all_events

TODAY = timezone.localdate()


def press(client, enrolment, **data):
    return client.post(reverse("pathway:nudge", args=[enrolment.pk]), data)


def test_one_press_tells_the_person_once(world, sign_in):
    lead = sign_in(world.ld_lead)
    back = f"/cohorts/{world.cohort.pk}/?sort=name"
    answers = [press(lead, world.enrolment, about="Session 4", next=back) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [back, back]
    nudge = Nudge.objects.get()
    assert (nudge.nudged_on, nudge.made_by, nudge.about) == (TODAY, world.ld_lead, "Session 4")
    told = [event for event in all_events(timezone.now() - dt.timedelta(hours=1)) if event.kind == "nudge"]
    assert [(event.recipient_id, event.title) for event in told] == [
        (
            world.supervisor.pk,
            f"{world.ld_lead.name} wonders how you are getting on: Session 4. Say if something is in the way",
        )
    ]


@pytest.mark.parametrize("status", ["draft", "closed"])
def test_nobody_is_nudged_in_a_cohort_that_does_not_run(world, sign_in, status):
    published_at = None if status == "draft" else timezone.now()
    type(world.cohort).objects.filter(pk=world.cohort.pk).update(status=status, published_at=published_at)
    press(sign_in(world.ld_lead), world.enrolment)
    assert not Nudge.objects.exists()


def test_the_board_says_that_it_was_done(world, sign_in):
    lead = sign_in(world.ld_lead)
    press(lead, world.enrolment)
    page = lead.get(reverse("insights:cohort", args=[world.cohort.pk])).content.decode()
    assert "Nudged today" in page


@pytest.mark.parametrize(
    "fields", [{"ended_on": TODAY}, {"paused_from": TODAY, "paused_until": TODAY + dt.timedelta(days=9)}]
)
def test_nobody_is_nudged_while_their_year_stands_still(world, sign_in, fields):
    Enrolment.objects.filter(pk=world.enrolment.pk).update(**fields)
    assert press(sign_in(world.ld_lead), world.enrolment).status_code == 302
    assert not Nudge.objects.exists()


def test_it_leads_to_no_other_site(world, sign_in):
    answer = press(sign_in(world.ld_lead), world.enrolment, next="https://evil.example/")
    assert answer.headers["Location"] == world.cohort.get_absolute_url()


@pytest.mark.parametrize("role", ["supervisor", "mentor", "line_manager", "admin"])
def test_others_do_not_nudge(world, sign_in, role):
    assert press(sign_in(getattr(world, role)), world.enrolment).status_code == 403
    assert press(sign_in(world.other.ld_lead), world.enrolment).status_code == 404
    assert not Nudge.objects.exists()
