import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from observations.models import Observation
from tests.factories.observations import ObservationFactory, draft, released
from tests.factories.pathway import AreaFactory, StandardFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NEXT_WEEK = timezone.localdate() + dt.timedelta(days=7)


def plan(**changes):
    data = {
        "id": str(uuid.UUID(int=5)), "kind": "formative", "planned_on_day": NEXT_WEEK.day,
        "planned_on_month": NEXT_WEEK.month, "planned_on_year": NEXT_WEEK.year, "planned_time": "2pm",
        "mode": "live_video",
    }  # fmt: skip
    return data | changes


def new_url(world):
    return f"/people/{world.enrolment.pk}/observations/new/"


def test_booking(world, sign_in):
    client = sign_in(world.mentor)
    for _ in range(2):
        answer = client.post(new_url(world), plan())
        assert (answer.status_code, answer.url) == (302, "/observations/")
    row = Observation.objects.get()
    at = timezone.localtime(row.planned_at)
    assert (row.pk, row.kind, row.mode, row.status) == (uuid.UUID(int=5), "formative", "live_video", "planned")
    assert (at.date(), at.hour) == (NEXT_WEEK, 14)
    assert (row.observer, row.organisation) == (world.mentor, world.organisation)
    assert AuditEvent.objects.get(verb="observation_planned").subject == world.supervisor
    assert client.get(new_url(world), {"id": row.pk}).url == row.get_absolute_url()


def test_a_gap_in_the_coverage_becomes_the_focus(world, sign_in, area):
    client, asked = sign_in(world.mentor), f"?area={area.pk}"
    page = client.get(new_url(world) + asked, follow=True)
    assert page.context["form"]["areas"].value() == [area.pk]
    written = client.get(page.context["record_url"], follow=True)
    assert written.context["form"]["areas"].value() == [area.pk]
    client.post(new_url(world) + asked, plan(areas=[area.pk]))
    row = Observation.objects.get()
    assert (list(row.focus.all()), list(row.areas.all())) == ([area], [])
    assert client.get(f"/observations/{row.pk}/edit/").context["form"]["areas"].value() == [area.pk]


@pytest.mark.parametrize("asked", ["?area=x", f"?area={uuid.UUID(int=7)}"])
def test_an_area_that_is_none_is_no_focus(world, sign_in, asked):
    client = sign_in(world.mentor)
    assert client.get(new_url(world) + asked, follow=True).context["form"]["areas"].value() == []
    assert client.post(new_url(world) + asked, plan()).status_code == 302


def test_the_focus_is_of_the_areas_of_the_persons_standard(world, sign_in):
    elsewhere = AreaFactory(standard=StandardFactory(series="another"))
    answer = sign_in(world.mentor).post(new_url(world), plan(areas=[elsewhere.pk]))
    assert answer.context["form"].errors == {"areas": ["Choose areas from the list"]}
    assert Observation.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "begun", "chosen"),
    [
        ("", None, "formative"),
        ("", "formative", "direct"),
        ("?kind=direct", None, "direct"),
        ("?kind=x", None, "formative"),
    ],
)
def test_the_next_kind_is_chosen(world, sign_in, address, begun, chosen):
    if begun:
        draft(world.enrolment, kind=begun)
    answer = sign_in(world.mentor).get(new_url(world) + address, follow=True)
    assert answer.context["form"]["kind"].value() == chosen
    assert f"/people/{world.enrolment.pk}/observations/record/?kind={chosen}" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [("supervisor", 403), ("line_manager", 403), ("ld_lead", 403), ("admin", 403), ("outsider", 404),
     ("panel_member", 404), ("senior_leader", 404)],
)  # fmt: skip
@pytest.mark.parametrize("address", ["new", "record"])
def test_only_the_mentor_begins_one(world, sign_in, role, status, address, typed):
    url = f"/people/{world.enrolment.pk}/observations/{address}/"
    client = sign_in(getattr(world, role))
    assert client.get(url).status_code == status
    assert client.post(url, plan() if address == "new" else typed()).status_code == status
    assert Observation.objects.count() == 0


def test_a_former_mentor_and_another_organisations_cannot(world, sign_in):
    assert sign_in(world.other.mentor).post(new_url(world), plan()).status_code == 404
    world.mentoring.ends_on = timezone.localdate()
    world.mentoring.save()
    assert sign_in(world.mentor).post(new_url(world), plan()).status_code == 404
    assert Observation.objects.count() == 0


def test_invalid_input_is_kept_and_explained(world, sign_in):
    answer = sign_in(world.mentor).post(
        new_url(world), plan(planned_on_year="2001", planned_time="late", kind="", mode="telepathy")
    )
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error: " in body
    assert answer.context["form"].errors == {
        "kind": ["Choose formative or direct observation"],
        "planned_on": [f"The date of the supervision you will observe must be {today()} or later"],
        "planned_time": ["Enter the time it starts like 10:00 or 2pm"],
        "mode": ["Choose in person, by live video or a recording"],
    }
    assert 'value="late"' in body
    assert str(uuid.UUID(int=5)) in body
    assert Observation.objects.count() == 0


def today():
    day = timezone.localdate()
    return f"{day.day} {day:%B %Y}"


def test_another_date(world, sign_in):
    row = ObservationFactory(enrolment=world.enrolment)
    client = sign_in(world.mentor)
    assert client.get(f"/observations/{row.pk}/plan/").context["form"]["planned_on"].value() == row.planned_on
    assert client.post(f"/observations/{row.pk}/plan/", plan()).url == f"/observations/{row.pk}/"
    row.refresh_from_db()
    assert row.planned_on == NEXT_WEEK


def test_another_focus_is_no_other_date(world, sign_in, area):
    row = ObservationFactory(enrolment=world.enrolment, planned_at=timezone.now() + dt.timedelta(days=7))
    row.planned_at = row.planned_at.replace(second=0, microsecond=0)
    row.save()
    client, at = sign_in(world.mentor), timezone.localtime(row.planned_at)
    same = plan(mode=row.mode, planned_on_day=at.day, planned_on_month=at.month, planned_on_year=at.year,
                planned_time=f"{at:%H:%M}")  # fmt: skip
    assert client.post(f"/observations/{row.pk}/plan/", same | {"areas": [area.pk]}).status_code == 302
    row.refresh_from_db()
    assert (list(row.focus.all()), row.planned_at, row.booked_at < timezone.now()) == ([area], row.planned_at, True)
    assert [event.verb for event in AuditEvent.objects.filter(target_id=row.pk)] == ["observation_focus_set"]
    assert client.get(f"/observations/{row.pk}/plan/").context["form"]["areas"].value() == [area.pk]


def test_another_date_is_for_the_mentor_before_the_release(world, sign_in):
    row = released(world.enrolment)
    url = f"/observations/{row.pk}/plan/"
    assert sign_in(world.supervisor).get(url).status_code == 403
    assert sign_in(world.outsider).post(url, plan()).status_code == 404
    client = sign_in(world.mentor)
    assert client.get(url).url == f"/observations/{row.pk}/"
    assert client.post(url, plan()).url == f"/observations/{row.pk}/"
    row.refresh_from_db()
    assert row.planned_at is None
