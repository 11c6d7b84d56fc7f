"""What facilitators see of their delivery, and guests by their link."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import ParticipationNeed
from sessions_catalogue.models import Attendance, Facilitation
from sessions_catalogue.services import facilitation
from tests.factories.sessions_catalogue import (
    BlockItemFactory,
    FacilitationFactory,
    ScheduledSessionFactory,
    SessionBlockFactory,
    ToolFactory,
    held,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = timezone.localdate()
ADDRESS = re.compile(r"https?://[^/]+(/deliveries/guest/[\w-]+/)")


def url(scheduled, page=""):
    return f"/deliveries/{scheduled.pk}/{page}"


def page_of(client, address, data=None):
    answer = client.get(address, data)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def scheduled(world):
    ParticipationNeed.objects.create(
        organisation=world.organisation, enrolment=world.enrolment, text="A chair near the door"
    )
    return ScheduledSessionFactory(cohort=world.cohort, venue="Room 2")


@pytest.fixture
def facilitator(scheduled):
    return FacilitationFactory(scheduled=scheduled).member


@pytest.fixture
def guest(scheduled, world):
    return make_guest(scheduled, world.ld_lead)


def make_guest(scheduled, by, name="Gale Guest"):
    pk = Facilitation().pk
    link = facilitation.add_guest(pk=pk, scheduled=scheduled, name=name, today=TODAY, by=by)
    return ADDRESS.fullmatch(link.address)[1]


def test_a_facilitator_sees_four_things_and_nothing_else(world, sign_in, scheduled, facilitator):
    client = sign_in(facilitator)
    page = page_of(client, url(scheduled))
    for text in ("Room 2", world.supervisor.name, "A chair near the door", url(scheduled, "run-sheet/")):
        assert text in page
    for text in (world.supervisor.email, str(world.enrolment.pk), world.cohort.name, world.mentor.name):
        assert text not in page
    assert scheduled.session.title in page_of(client, "/deliveries/")
    assert client.get(f"/cohorts/{world.cohort.pk}/sessions/").status_code == 404
    assert client.get(f"/people/{world.enrolment.pk}/").status_code == 404


def test_before_the_cohort_is_published_only_who_prepares_it_reads_names(world, sign_in, scheduled, facilitator, guest):
    type(world.cohort).objects.update(status="draft", published_at=None)
    for client, address in ((sign_in(facilitator), url(scheduled)), (Client(), guest)):
        page = page_of(client, address)
        assert "Nobody yet" in page
        assert "A chair near the door" not in page
        assert world.supervisor.name not in page + page_of(client, f"{address}register/")
    assert world.supervisor.name in page_of(sign_in(world.ld_lead), url(scheduled))


def test_what_people_need_is_not_shown_after_the_day(world, sign_in, scheduled, facilitator):
    type(scheduled).objects.filter(pk=scheduled.pk).update(
        starts_at=timezone.now() - dt.timedelta(days=2), ends_at=timezone.now() - dt.timedelta(days=1)
    )
    assert "A chair near the door" not in page_of(sign_in(facilitator), url(scheduled))


def test_whose_task_has_ended_sees_nothing(world, sign_in, scheduled, facilitator):
    Facilitation.objects.filter(member=facilitator).update(ends_on=TODAY)
    assert sign_in(facilitator).get(url(scheduled)).status_code == 404
    assert "None yet" in page_of(sign_in(facilitator), "/deliveries/")


@pytest.mark.parametrize(("role", "status"), [("ld_lead", 200), ("admin", 403), ("supervisor", 403), ("outsider", 404)])
def test_who_else_sees_the_page(world, sign_in, scheduled, role, status):
    for page in ("", "register/", "run-sheet/"):
        assert sign_in(getattr(world, role)).get(url(scheduled, page)).status_code == status
        assert sign_in(world.other.ld_lead).get(url(scheduled, page)).status_code == 404
    chooses = 200 if role == "ld_lead" else status
    for page in ("facilitators/", "places/"):
        assert sign_in(getattr(world, role)).get(url(scheduled, page)).status_code == chooses


# ---------------------------------------------------------------- choosing who runs it


def test_the_lead_names_a_member_once(world, sign_in, scheduled):
    client = sign_in(world.ld_lead)
    for _ in range(2):
        client.post(url(scheduled, "facilitators/"), {"member": world.outsider.pk})
    row = Facilitation.objects.get()
    assert (row.member, row.organisation, row.invited_by, row.ends_on) == (
        world.outsider, world.organisation, world.ld_lead, None,
    )  # fmt: skip
    assert sign_in(world.outsider).get(url(scheduled)).status_code == 200
    assert world.outsider.name in page_of(client, url(scheduled, "facilitators/"))
    answer = client.post(f"/facilitators/{row.pk}/end/")
    assert (answer.status_code, answer.url) == (302, url(scheduled, "facilitators/"))
    assert sign_in(world.outsider).get(url(scheduled)).status_code == 404
    assert list(AuditEvent.objects.filter(subject=world.outsider).values_list("verb", flat=True).order_by("at")) == [
        "added facilitator", "ended facilitation",
    ]  # fmt: skip


def test_nobody_of_elsewhere_can_be_named(world, sign_in, scheduled):
    answer = sign_in(world.ld_lead).post(url(scheduled, "facilitators/"), {"member": world.other.outsider.pk})
    assert (answer.status_code, Facilitation.objects.count()) == (200, 0)


def test_a_guests_link_is_shown_once_and_not_kept(world, sign_in, scheduled):
    client = sign_in(world.ld_lead)
    fresh = client.get(url(scheduled, "facilitators/guest/"))
    data = {"id": fresh.url.partition("id=")[2], "name": "Gale Guest"}
    first, second = (client.post(url(scheduled, "facilitators/guest/"), data) for _ in range(2))
    row = Facilitation.objects.get()
    assert (row.guest_name, row.ends_on) == ("Gale Guest", scheduled.held_on + dt.timedelta(days=14))
    old, new = (ADDRESS.search(answer.content.decode())[1] for answer in (first, second))
    assert (Client().get(old).status_code, Client().get(new).status_code) == (410, 200)
    token = new.split("/")[3]
    assert (len(token), row.token_hash) == (43, facilitation.hash_of(token))
    assert token not in page_of(client, url(scheduled, "facilitators/"))
    assert AuditEvent.objects.filter(target_id=row.pk).count() == 2


def test_a_guest_needs_a_name(world, sign_in, scheduled):
    answer = sign_in(world.ld_lead).post(url(scheduled, "facilitators/guest/"), {"name": " "})
    assert (answer.status_code, Facilitation.objects.count()) == (200, 0)
    assert "Enter the guest’s name" in answer.content.decode()


def test_a_link_is_ended_and_renewed(world, sign_in, scheduled, guest):
    row, client = Facilitation.objects.get(), sign_in(world.ld_lead)
    client.post(f"/facilitators/{row.pk}/end/")
    assert Client().get(guest).status_code == 410
    assert "Links that have ended" in page_of(client, url(scheduled, "facilitators/"))
    new = ADDRESS.search(client.post(f"/facilitators/{row.pk}/link/").content.decode())[1]
    assert (Client().get(guest).status_code, Client().get(new).status_code) == (410, 200)


def test_others_choose_nobody(world, sign_in, scheduled, facilitator):
    row = Facilitation.objects.get()
    for person, status in ((facilitator, 403), (world.supervisor, 404), (world.other.ld_lead, 404)):
        for page in ("end", "link"):
            assert sign_in(person).post(f"/facilitators/{row.pk}/{page}/").status_code == status
    assert sign_in(facilitator).post(url(scheduled, "facilitators/"), {"member": world.outsider.pk}).status_code == 403
    assert Facilitation.objects.get().ends_on is None


# ---------------------------------------------------------------- guests


def test_a_guest_sees_the_same_without_signing_in(world, scheduled, guest):
    page = page_of(Client(), guest)
    for text in ("Room 2", world.supervisor.name, "A chair near the door", "Gale Guest", f"{guest}run-sheet/"):
        assert text in page
    for text in (world.supervisor.email, str(world.enrolment.pk), world.cohort.name, str(scheduled.pk)):
        assert text not in page


def test_a_guests_pages_pass_nothing_on(guest):
    for page, policy in (("", "no-referrer"), ("run-sheet/", "no-referrer"), ("register/", "strict-origin")):
        answer = Client().get(f"{guest}{page}")
        assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == (policy, "no-store")


def test_a_made_up_or_old_link_opens_nothing(scheduled, guest):
    Facilitation.objects.update(ends_on=TODAY)
    for address in (guest, "/deliveries/guest/made-up/"):
        for page in ("", "register/", "run-sheet/"):
            for answer in (Client().get(f"{address}{page}"), Client().post(f"{address}{page}")):
                assert answer.status_code == 410
                assert scheduled.session.title not in answer.content.decode()


def test_a_guest_marks_by_their_name(world):
    scheduled = held(world.cohort)
    guest = make_guest(scheduled, world.ld_lead)
    data = {f"state-{world.enrolment.pk}": "missed", f"seen-{world.enrolment.pk}": ""}
    answer = Client().post(f"{guest}register/", data)
    assert (answer.status_code, answer.url) == (302, f"{guest}register/")
    row = Attendance.objects.get()
    assert (row.state, row.recorded_by, row.recorded_by_guest) == ("missed", None, "Gale Guest")
    assert AuditEvent.objects.get(verb="took the register").actor is None


# ---------------------------------------------------------------- the run-sheet


@pytest.fixture
def blocks(scheduled):
    rows = []
    for position, (kind, minutes) in enumerate(
        [("preparation", None), ("introduction", 15), ("experience", 30), ("evidence", 15)], start=1
    ):
        rows.append(SessionBlockFactory(session=scheduled.session, position=position, kind=kind, minutes=minutes))
    BlockItemFactory(block=rows[1], text="Which values?")
    BlockItemFactory(block=rows[2], text="Use it", kind="task", tool=ToolFactory(number=3, title="Cards"))
    BlockItemFactory(block=rows[2], text="A note for you", kind="task")
    at = timezone.make_aware(dt.datetime.combine(scheduled.held_on, dt.time(9, 50)))
    type(scheduled).objects.filter(pk=scheduled.pk).update(starts_at=at, ends_at=at + dt.timedelta(minutes=60))
    return rows


TIMES = re.compile(r"(\d\d:\d\d) to (\d\d:\d\d) · \d+ minutes")


def test_the_sheet_has_each_block_on_the_clock(sign_in, scheduled, facilitator, blocks):
    client = sign_in(facilitator)
    page = page_of(client, url(scheduled, "run-sheet/"))
    assert TIMES.findall(page) == [("09:50", "10:05"), ("10:05", "10:35"), ("10:35", "10:50")]
    for text in ("What people prepare beforehand", "Which values?", "Tool 3: Cards", "A note for you"):
        assert text in page
    late = page_of(client, url(scheduled, "run-sheet/"), {"late": "10"})
    assert TIMES.findall(late)[0] == ("10:00", "10:15")


def test_one_block_stands_large(sign_in, scheduled, facilitator, blocks):
    client = sign_in(facilitator)
    page = page_of(client, url(scheduled, "run-sheet/"), {"block": "2", "late": "5"})
    assert TIMES.findall(page) == [("10:10", "10:40")]
    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', page) == [
        ("prev", "?block=1&amp;late=5"),
        ("next", "?block=3&amp;late=5"),
    ]
    assert "Tool 3: Cards" in page
    assert "Which values?" not in page


@pytest.mark.parametrize("query", ["block=0", "block=4", "block=x", "block=", "block=1&late=x", "block=1&late=99999"])
def test_what_somebody_types_into_the_address(sign_in, scheduled, facilitator, blocks, query):
    expected = 200 if query.startswith("block=1") else 404
    assert sign_in(facilitator).get(f"{url(scheduled, 'run-sheet/')}?{query}").status_code == expected


def test_a_guest_has_the_run_sheet_too(scheduled, guest, blocks):
    page = page_of(Client(), f"{guest}run-sheet/", {"block": "2"})
    assert "Tool 3: Cards" in page
    assert str(scheduled.pk) not in page


@pytest.mark.parametrize("number", [1, 3])
def test_pages_of_a_delivery_take_the_same_queries_for_any_number(
    world, sign_in, scheduled, facilitator, django_assert_num_queries, number
):
    for each in range(number):
        FacilitationFactory(scheduled=ScheduledSessionFactory(cohort=world.cohort), member=facilitator)
        FacilitationFactory(scheduled=scheduled)
        block = SessionBlockFactory(session=scheduled.session, kind=["introduction", "experience", "evidence"][each])
        BlockItemFactory(block=block, tool=ToolFactory())
    for person, page, queries in (
        (facilitator, "/deliveries/", 6),
        (facilitator, url(scheduled), 10),
        (facilitator, url(scheduled, "run-sheet/"), 10),
        (world.ld_lead, url(scheduled, "facilitators/"), 8),
    ):
        client = sign_in(person)
        page_of(client, page)
        with django_assert_num_queries(queries):
            page_of(client, page)
