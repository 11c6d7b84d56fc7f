import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from pathway.milestones import milestones_of
from pathway.models import Enrolment, Milestone, MilestoneCompletion
from pathway.timeline import entries
from pqs_portal.lib.dates import add_months
from tests.factories.pathway import EnrolmentFactory, MilestoneFactory
from tests.integration.pathway.posting import date, is_refused

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


def shared(world, level="organisation", **fields):
    fields = {"programme": world.cohort.programme, "level": level, "waiting_on": "ld_lead", "due_month": 0, **fields}
    return MilestoneFactory(**fields)


def step_url(world, step):
    return reverse("pathway:organisation_step_done", args=[world.cohort.pk, step.pk])


def past_url(world):
    return reverse("pathway:past_steps", args=[world.cohort.pk])


@pytest.mark.parametrize("level", ["organisation", "cohort"])
def test_recorded_once_for_everybody(world, sign_in, level):
    step = shared(world, level)
    EnrolmentFactory(cohort=world.cohort)
    client = sign_in(world.ld_lead)
    assert client.get(step_url(world, step)).status_code == 200

    for _ in range(2):
        client.post(step_url(world, step), {**date("done_on", TODAY()), "took_part": "", "note": "Done in March"})

    row = MilestoneCompletion.objects.get()
    assert (row.enrolment, row.cohort) == (None, world.cohort if level == "cohort" else None)
    everybody = milestones_of(Enrolment.objects.filter(cohort=world.cohort), frozenset(Milestone.Kind))
    assert [due.done_on for due in everybody] == [TODAY(), TODAY()]
    assert "Done in March" in client.get(step_url(world, step)).content.decode()


def test_it_is_taken_back(world, sign_in):
    row = MilestoneCompletion.objects.create(
        organisation=world.organisation, milestone=shared(world), recorded_by=world.ld_lead
    )
    undo = reverse("pathway:step_undo", args=[row.pk])

    assert sign_in(world.supervisor).post(undo).status_code == 403
    assert sign_in(world.ld_lead).get(undo).status_code == 200
    assert sign_in(world.ld_lead).post(undo).status_code == 302
    assert not MilestoneCompletion.objects.standing().exists()


def test_a_shared_step_is_refused_with_its_reason(world, sign_in):
    step = shared(world)

    answer = sign_in(world.ld_lead).post(step_url(world, step), {"note": "No date"})

    assert is_refused(answer)
    assert 'value="No date"' in answer.content.decode()
    assert not MilestoneCompletion.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("admin", 403), ("supervisor", 403), ("outsider", 404)])
def test_only_whom_it_waits_on(world, sign_in, role, status):
    client = sign_in(getattr(world, role))
    step = shared(world)

    assert client.post(step_url(world, step), date("done_on", TODAY())).status_code == status
    assert not MilestoneCompletion.objects.exists()


def test_a_persons_step_is_not_recorded_for_everybody(world, sign_in):
    step = MilestoneFactory(programme=world.cohort.programme)

    assert sign_in(world.ld_lead).post(step_url(world, step), date("done_on", TODAY())).status_code == 404


def test_past_steps_for_everyone_for_some_and_on_a_day(world, sign_in):
    friend = EnrolmentFactory(cohort=world.cohort)
    everyone = MilestoneFactory(programme=world.cohort.programme, due_month=1, title="For everyone")
    some = MilestoneFactory(programme=world.cohort.programme, due_month=2, title="For some")
    once = shared(world)
    to_come = MilestoneFactory(programme=world.cohort.programme, due_month=9, title="To come")
    client = sign_in(world.ld_lead)

    page = client.get(past_url(world)).content.decode()
    assert "For everyone" in page
    assert "To come" not in page
    on = TODAY() - 5 * DAY
    data = {
        f"who-{everyone.pk}": ["everybody"],
        f"who-{some.pk}": [str(friend.pk)],
        **date(f"when-{some.pk}", on),
        f"who-{once.pk}": ["everybody"],
        f"who-{to_come.pk}": ["everybody"],
    }
    for _ in range(2):
        assert client.post(past_url(world), data).status_code in {200, 302}

    rows = {(row.milestone, row.enrolment): row.done_on for row in MilestoneCompletion.objects.all()}
    due = add_months(world.cohort.starts_on, 1)
    assert rows == {
        (everyone, world.enrolment): due,
        (everyone, friend): due,
        (some, friend): on,
        (once, None): world.cohort.starts_on,
    }


def test_nothing_past_is_ever_sent(world, sign_in):
    MilestoneFactory(programme=world.cohort.programme, due_month=1)

    found = entries(Enrolment.objects.filter(cohort=world.cohort), TODAY())

    assert [entry.remind_from for entry in found] == [None]


def test_a_wrong_date_keeps_the_ticks(world, sign_in):
    step = MilestoneFactory(programme=world.cohort.programme, due_month=1)
    data = {f"who-{step.pk}": [str(world.enrolment.pk)], **date(f"when-{step.pk}", TODAY() + DAY)}

    answer = sign_in(world.ld_lead).post(past_url(world), data)

    assert is_refused(answer)
    assert f'value="{world.enrolment.pk}" checked' in " ".join(answer.content.decode().split())
    assert not MilestoneCompletion.objects.exists()


def test_somebody_elses_people_cannot_be_ticked(world, sign_in):
    step = MilestoneFactory(programme=world.cohort.programme, due_month=1)

    answer = sign_in(world.ld_lead).post(past_url(world), {f"who-{step.pk}": [str(world.other.enrolment.pk)]})

    assert is_refused(answer)
    assert not MilestoneCompletion.objects.exists()


def test_when_nothing_is_open_the_page_says_so(world, sign_in):
    assert "No past step is open" in sign_in(world.ld_lead).get(past_url(world)).content.decode()


@pytest.mark.parametrize(("role", "status"), [("admin", 403), ("mentor", 403), ("outsider", 404)])
def test_only_the_lead_ticks(world, sign_in, role, status):
    step = MilestoneFactory(programme=world.cohort.programme, due_month=1)

    answer = sign_in(getattr(world, role)).post(past_url(world), {f"who-{step.pk}": ["everybody"]})

    assert answer.status_code == status
    assert not MilestoneCompletion.objects.exists()
