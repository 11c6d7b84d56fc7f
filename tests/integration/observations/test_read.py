import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from tests.factories.observations import ObservationFactory, draft, reflected, released
from tests.factories.pathway import MentoringFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

OTHERS = ["line_manager", "ld_lead", "admin", "panel_member", "senior_leader", "outsider"]


def url(row, page=""):
    return f"/observations/{row.pk}/{page}"


def test_the_mentor_reads_a_draft_whole(world, sign_in, django_assert_max_num_queries):
    row = draft(world.enrolment, noticed="NOTICED-CANARY")
    client = sign_in(world.mentor)
    with django_assert_max_num_queries(12):
        body = client.get(url(row)).content.decode()
    assert "NOTICED-CANARY" in body
    assert f"Release to {world.supervisor.get_short_name()}" in body


def test_the_mentor_is_told_what_is_missing(world, sign_in):
    row = draft(world.enrolment, asked_beforehand=False, noticed="")
    body = sign_in(world.mentor).get(url(row)).content.decode()
    assert "Tick that you asked the supervisee beforehand" in body
    assert "Write what you noticed" in body
    assert url(row, "release/") not in body


@pytest.mark.parametrize("make", [ObservationFactory, draft])
def test_the_supervisor_opens_nothing_before_the_release(world, sign_in, make):
    row = make(enrolment=world.enrolment)
    client = sign_in(world.supervisor)
    assert [client.get(url(row, page)).status_code for page in ("", "edit/", "plan/", "release/", "reflect/")] == [
        404
    ] * 5
    assert client.post(url(row, "reflect/"), {"reflection": "x"}).status_code == 404


@pytest.mark.parametrize("role", OTHERS)
def test_others_never_read_a_word(world, sign_in, role):
    client = sign_in(getattr(world, role))
    for row in (draft(world.enrolment), released(world.enrolment), reflected(world.enrolment)):
        for page in ("", "edit/", "plan/", "release/", "reflect/"):
            assert client.get(url(row, page)).status_code == 404
        assert client.post(url(row, "release/"), {"version": 1}).status_code == 404
        assert client.post(url(row, "reflect/"), {"reflection": "x"}).status_code == 404


def test_neither_former_nor_new_nor_foreign_mentors(world, sign_in):
    row = released(world.enrolment)
    world.mentoring.ends_on = timezone.localdate()
    world.mentoring.save()
    new = MentoringFactory(enrolment=world.enrolment, starts_on=timezone.localdate()).mentor
    body = sign_in(world.supervisor).get(url(row)).content.decode()
    assert "In your portfolio: you, your organisation’s admin when exporting" in body
    assert "can read it at once" not in body
    for person in (world.mentor, new, world.other.mentor, world.other.supervisor):
        assert sign_in(person).get(url(row)).status_code == 404


def test_releasing(world, sign_in):
    row = draft(world.enrolment)
    client = sign_in(world.mentor)
    body = client.get(url(row, "release/")).content.decode()
    assert "You cannot change it or take it back afterwards." in body
    assert row.noticed in body
    for _ in range(2):
        assert client.post(url(row, "release/"), {"version": 1}).url == url(row)
    row.refresh_from_db()
    assert (row.status, row.released_by, row.released_version) == ("released", world.mentor, row.versions.get())
    assert AuditEvent.objects.filter(verb="observation_released").count() == 1
    assert client.get(url(row, "release/")).url == url(row)


def test_nothing_incomplete_is_released(world, sign_in):
    row = draft(world.enrolment, asked_beforehand=False)
    client = sign_in(world.mentor)
    assert "Tick that you asked the supervisee beforehand" in client.get(url(row, "release/")).content.decode()
    answer = client.post(url(row, "release/"), {"version": 1})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error: " in body
    assert "Tick that you asked the supervisee beforehand" in body
    row.refresh_from_db()
    assert row.status == "draft"


@pytest.mark.parametrize("version", ["0", "", "x"])
def test_nothing_unread_is_released(world, sign_in, version):
    row = draft(world.enrolment)
    answer = sign_in(world.mentor).post(url(row, "release/"), {"version": version})
    assert answer.status_code == 200
    assert "<title>Error: " in answer.content.decode()
    row.refresh_from_db()
    assert row.status == "draft"


def test_the_supervisor_cannot_release(world, sign_in):
    row = released(world.enrolment)
    assert sign_in(world.supervisor).post(url(row, "release/"), {"version": 1}).status_code == 403


def test_the_supervisor_reads_and_reflects(world, sign_in, django_assert_max_num_queries):
    row = released(world.enrolment, noticed="NOTICED-CANARY")
    client = sign_in(world.supervisor)
    with django_assert_max_num_queries(14):
        body = client.get(url(row)).content.decode()
    assert "NOTICED-CANARY" in body
    assert 'name="reflection"' in body
    assert f"Share with {world.mentor.get_short_name()}" in body
    assert f"{world.mentor.name}, your organisation’s admin when exporting" in body
    for _ in range(2):
        assert client.post(url(row, "reflect/"), {"reflection": " As typed\n"}).url == url(row)
    row.refresh_from_db()
    assert (row.status, row.reflection, row.reflected_by) == ("reflected", " As typed\n", world.supervisor)
    assert "As typed" in sign_in(world.mentor).get(url(row)).content.decode()


@pytest.mark.parametrize("typed", ["", " \n"])
def test_an_empty_reflection(world, sign_in, typed):
    row = released(world.enrolment, noticed="NOTICED-CANARY")
    answer = sign_in(world.supervisor).post(url(row, "reflect/"), {"reflection": typed})
    body = answer.content.decode()
    assert answer.context["form"].errors == {"reflection": ["Write your reflection"]}
    assert "<title>Error: " in body
    assert "NOTICED-CANARY" in body
    row.refresh_from_db()
    assert row.status == "released"


def test_a_second_reflection_is_shown_and_not_saved(world, sign_in):
    row = reflected(world.enrolment, reflection="First")
    answer = sign_in(world.supervisor).post(url(row, "reflect/"), {"reflection": "SECOND-CANARY"})
    assert answer.status_code == 409
    assert "SECOND-CANARY" in answer.content.decode()
    row.refresh_from_db()
    assert row.reflection == "First"


def test_the_mentor_cannot_reflect(world, sign_in):
    row = released(world.enrolment)
    client = sign_in(world.mentor)
    assert client.get(url(row, "reflect/")).status_code == 403
    assert client.post(url(row, "reflect/"), {"reflection": "x"}).status_code == 403


def test_hostile_text_does_no_harm(world, sign_in):
    row = released(world.enrolment, noticed="<script>alert(1)</script>\n{{ 7|add:7 }}", with_whom="<b>B</b>")
    body = sign_in(world.supervisor).get(url(row)).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body
    assert "<b>B</b>" not in body


def test_a_date_of_release_long_ago_still_opens(world, sign_in):
    row = reflected(world.enrolment, observed_on=timezone.localdate() - dt.timedelta(days=300))
    assert sign_in(world.mentor).get(url(row)).status_code == 200
