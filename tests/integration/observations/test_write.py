import datetime as dt
import uuid

import pytest
from django.utils import timezone

from observations.models import Observation
from tests.both_texts import differing
from tests.factories.observations import ObservationFactory, draft, released

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def record_url(world):
    return f"/people/{world.enrolment.pk}/observations/record/"


def edit_url(row):
    return f"/observations/{row.pk}/edit/"


def test_recording_one_that_was_not_booked(world, sign_in, typed, area):
    client, pk = sign_in(world.mentor), uuid.uuid4()
    body = client.get(record_url(world), follow=True).content.decode()
    assert f"Only you until you release it to {world.supervisor.get_short_name()}" in body
    assert "Challenges unfairness." in body
    for _ in range(2):
        assert client.post(record_url(world), typed(id=str(pk))).url == f"/observations/{pk}/"
    assert client.get(record_url(world), {"id": pk}).url == f"/observations/{pk}/"
    row = Observation.objects.get()
    assert (row.pk, row.status, row.version, row.noticed) == (pk, "draft", 1, "NOTICED-CANARY")
    assert (list(row.areas.all()), row.versions.count(), row.asked_beforehand) == ([area], 1, True)


@pytest.mark.parametrize("kind", ["formative", "direct"])
def test_only_a_formative_one_is_said_to_be_no_judgement(world, sign_in, kind):
    row = ObservationFactory(enrolment=world.enrolment, kind=kind)
    page = sign_in(world.mentor).get(edit_url(row))
    hints = {choice.value: choice.hint for choice in page.context["form"].fields["kind"].choices}
    assert hints == {
        "formative": "For learning: nothing in it is a judgement",
        "direct": "Against the standard: what is seen of its areas, and what is not yet",
    }
    assert page.content.decode().count("judgement") == 1


def test_going_back_and_sending_other_words_shows_both(world, sign_in, typed):
    client, pk = sign_in(world.mentor), uuid.uuid4()
    client.post(record_url(world), typed(id=str(pk)))
    answer = client.post(record_url(world), typed(id=str(pk), noticed="SECOND-CANARY"))
    body = answer.content.decode()
    assert answer.status_code == 409
    assert differing(answer) == {"What you noticed": ("[NOTICED]-CANARY", "[SECOND]-CANARY")}
    assert f'action="/observations/{pk}/edit/"' in body
    kept = dict(answer.context["fields"])
    assert client.post(edit_url(Observation.objects.get()), kept).status_code == 302
    row = Observation.objects.get()
    assert (row.noticed, row.version) == ("SECOND-CANARY", 2)


def test_writing_up_a_booked_one(world, sign_in, typed):
    yesterday = timezone.now() - dt.timedelta(days=1)
    row = ObservationFactory(enrolment=world.enrolment, planned_at=yesterday)
    client = sign_in(world.mentor)
    assert client.get(edit_url(row)).context["form"]["observed_on"].value() == timezone.localdate(yesterday)
    assert client.post(edit_url(row), typed()).url == f"/observations/{row.pk}/"
    row.refresh_from_db()
    assert (row.status, row.version, row.versions.get().saved_by) == ("draft", 1, world.mentor)


def test_a_draft_may_have_gaps(world, sign_in):
    row = ObservationFactory(enrolment=world.enrolment)
    answer = sign_in(world.mentor).post(edit_url(row), {"version": "0", "kind": "formative", "mode": "in_person"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.status, row.version) == ("draft", 1)


def test_on_the_way_to_release_each_gap_is_named_at_its_field(world, sign_in, typed):
    row = ObservationFactory(enrolment=world.enrolment)
    gaps = typed(release="1", with_whom=" ", noticed="", strengths="", areas=[], observed_on_day="",
                 observed_on_month="", observed_on_year="", context="KEPT-CANARY")  # fmt: skip
    del gaps["asked_beforehand"]
    answer = sign_in(world.mentor).post(edit_url(row), gaps)
    assert answer.context["form"].errors == {
        "with_whom": ["Enter a made-up name for the supervisee, like Worker B"],
        "asked_beforehand": ["Tick that you asked the supervisee beforehand"],
        "observed_on": ["Enter the date of the supervision, like 12 2 2027"],
        "noticed": ["Write what you noticed"],
        "strengths": ["Write at least one strength or one development point"],
        "areas": ["Choose at least one area that you saw"],
    }
    body = answer.content.decode()
    assert "<title>Error: " in body
    assert "KEPT-CANARY" in body
    assert 'id="id_areas_error"' in body
    row.refresh_from_db()
    assert row.status == "planned"


def test_saving_towards_the_release(world, sign_in, typed):
    row = ObservationFactory(enrolment=world.enrolment)
    answer = sign_in(world.mentor).post(edit_url(row), typed(release="1"))
    assert answer.url == f"/observations/{row.pk}/release/"
    row.refresh_from_db()
    assert row.status == "draft"


def test_invalid_input(world, sign_in, typed):
    row = ObservationFactory(enrolment=world.enrolment)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    bad = typed(
        observed_on_day=tomorrow.day, observed_on_month=tomorrow.month, observed_on_year=tomorrow.year,
        with_whom="B" * 101, areas=[str(uuid.uuid4())], kind="summative", noticed="NOT\x00SAVED",
    )  # fmt: skip
    answer = sign_in(world.mentor).post(edit_url(row), bad)
    today = timezone.localdate()
    assert answer.context["form"].errors == {
        "kind": ["Choose formative or direct observation"],
        "with_whom": ["The made-up name must be 100 characters or fewer"],
        "observed_on": [f"The date of the supervision must be {today.day} {today:%B %Y} or earlier"],
        "noticed": ["The text holds a character that cannot be saved. Copy it again as plain text."],
        "areas": ["Choose areas from the list"],
    }
    row.refresh_from_db()
    assert row.version == 0


@pytest.mark.parametrize("areas", [["x"], ["x' OR 1=1"]])
def test_nonsense_for_an_area(world, sign_in, typed, areas):
    row = ObservationFactory(enrolment=world.enrolment)
    answer = sign_in(world.mentor).post(edit_url(row), typed(areas=areas, id="x", version="-1"))
    assert answer.status_code == 200
    assert answer.context["form"].errors["areas"] == ["Choose areas from the list"]


def test_a_stale_version_shows_both_texts(world, sign_in, typed):
    row = draft(world.enrolment, noticed="SAVED-CANARY")
    answer = sign_in(world.mentor).post(edit_url(row), typed(version="0"))
    assert answer.status_code == 409
    assert differing(answer)["What you noticed"] == ("[SAVED]-CANARY", "[NOTICED]-CANARY")
    row.refresh_from_db()
    assert (row.version, row.noticed) == (1, "SAVED-CANARY")


def test_what_comes_after_the_release_is_shown_and_not_saved(world, sign_in, typed):
    row = released(world.enrolment)
    client = sign_in(world.mentor)
    assert client.get(edit_url(row)).url == f"/observations/{row.pk}/"
    answer = client.post(edit_url(row), typed(version="1"))
    assert answer.status_code == 409
    assert "NOTICED-CANARY" in answer.content.decode()
    row.refresh_from_db()
    assert row.version == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [("supervisor", 404), ("line_manager", 404), ("ld_lead", 404), ("admin", 404), ("outsider", 404),
     ("panel_member", 404), ("senior_leader", 404)],
)  # fmt: skip
def test_nobody_else_opens_a_draft(world, sign_in, typed, role, status):
    row = draft(world.enrolment)
    client = sign_in(getattr(world, role))
    assert client.get(edit_url(row)).status_code == status
    assert client.post(edit_url(row), typed(version="1")).status_code == status
    row.refresh_from_db()
    assert row.version == 1


def test_neither_a_former_mentor_nor_another_organisations(world, sign_in, typed):
    row = draft(world.enrolment)
    assert sign_in(world.other.mentor).get(edit_url(row)).status_code == 404
    world.mentoring.ends_on = timezone.localdate()
    world.mentoring.save()
    assert sign_in(world.mentor).get(edit_url(row)).status_code == 404
    assert sign_in(world.mentor).post(edit_url(row), typed(version="1")).status_code == 404


def test_the_supervisor_may_not_write_in_a_released_one(world, sign_in, typed):
    row = released(world.enrolment)
    assert sign_in(world.supervisor).post(edit_url(row), typed(version="1")).status_code == 403
