import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Organisation
from pathway.milestones import milestones_of
from pathway.models import Cohort, Enrolment, EnrolmentChange, MilestoneCompletion, MilestoneDate
from tests.factories.pathway import (
    CohortFactory,
    EnrolmentChangeFactory,
    EnrolmentFactory,
    MilestoneFactory,
    ProgrammeFactory,
)
from tests.integration.pathway.posting import date, is_refused

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)
CHANGES = ["move", "pause", "extend", "withdraw"]


@pytest.fixture
def step(world):
    """Due three months after the start of the year: within days of today."""
    return MilestoneFactory(programme=world.cohort.programme, key="talk", title="First talk", due_month=6)


def address(world, name):
    return reverse(f"pathway:year_{name}", args=[world.enrolment.pk])


def due(world):
    (found,) = milestones_of(Enrolment.objects.filter(pk=world.enrolment.pk), frozenset({"other"}))
    return found.due_on


def hidden(page):
    """What the page that says what follows sends on."""
    return re.findall(r'<input type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)">', page)


def confirmed(client, url, data):
    """Send the form, look at what follows, and press the button; (the page, the answer, what was sent)."""
    page = client.post(url, data).content.decode()
    sent = dict(hidden(page))
    return page, client.post(url, sent), sent


def year(world):
    return Enrolment.objects.get(pk=world.enrolment.pk)


def test_a_pause_says_what_follows_and_then_moves_the_steps(world, sign_in, step):
    client, before, since = sign_in(world.ld_lead), due(world), TODAY()
    data = {**date("starts_on", since), **date("back_on", since + 91 * DAY), "reason": "leave"}

    page, answer, sent = confirmed(client, address(world, "pause"), data)

    assert "1 step gets another date" in page
    assert "First talk" in page
    assert f"{world.supervisor.name} is told, and so is {world.mentor.name} as mentor, without the reason." in page
    assert (answer.status_code, answer.url) == (302, address(world, "changes"))
    assert due(world) == before + 91 * DAY
    assert (year(world).paused_from, year(world).paused_until) == (since, since + 91 * DAY)
    row = EnrolmentChange.objects.get()
    assert (row.kind, row.reason, row.days, row.made_by) == ("pause", "leave", 91, world.ld_lead)
    assert (str(row.pk), row.organisation) == (sent["id"], world.organisation)
    event = AuditEvent.objects.get(target_id=row.pk)
    assert (event.verb, event.subject) == ("paused year", world.supervisor)
    assert client.post(address(world, "pause"), sent).url == answer.url
    assert EnrolmentChange.objects.count() == 1


def test_nothing_is_written_before_what_follows_was_seen(world, sign_in, step):
    data = {**date("starts_on", TODAY()), **date("back_on", TODAY() + 7 * DAY), "reason": "leave"}

    answer = sign_in(world.ld_lead).post(address(world, "pause"), data)

    assert answer.status_code == 200
    assert not EnrolmentChange.objects.exists()
    assert year(world).paused_from is None


def test_what_another_lead_changed_meanwhile_is_shown_first(world, sign_in, step):
    client, url = sign_in(world.ld_lead), address(world, "extend")
    data = {"weeks": 2, **date("starts_on", TODAY()), "reason": "agreed"}
    sent = dict(hidden(client.post(url, data).content.decode()))
    EnrolmentChangeFactory(enrolment=world.enrolment, kind="extend", days=7)

    again = client.post(url, sent)

    assert "Something about this year was changed meanwhile" in again.content.decode()
    assert EnrolmentChange.objects.count() == 1
    assert client.post(url, dict(hidden(again.content.decode()))).status_code == 302
    assert EnrolmentChange.objects.count() == 2


@pytest.mark.parametrize(("back", "days"), [(10, 10), (40, 40), (0, 0)], ids=["early", "longer", "not at all"])
def test_a_pause_ends_early_or_goes_on(world, sign_in, step, back, days):
    before, since = due(world), TODAY()
    pause = EnrolmentChangeFactory(enrolment=world.enrolment, ends_on=since + 28 * DAY)
    Enrolment.objects.update(paused_from=since, paused_until=since + 28 * DAY)
    client = sign_in(world.ld_lead)

    _, answer, _ = confirmed(client, address(world, "pause_change"), date("back_on", since + back * DAY))

    assert answer.status_code == 302
    pause.refresh_from_db()
    assert (pause.days, pause.ends_on) == (days, since + back * DAY)
    assert due(world) == before + days * DAY
    assert year(world).paused_until == (since + back * DAY if days else None)
    assert client.get(address(world, "pause_change")).status_code == (200 if days else 404)


def test_more_time(world, sign_in, step):
    before = due(world)

    confirmed(
        sign_in(world.ld_lead), address(world, "extend"), {"weeks": 3, **date("starts_on", TODAY()), "reason": "agreed"}
    )

    assert due(world) == before + 21 * DAY
    assert EnrolmentChange.objects.get().words == f"Extended by 3 weeks from {TODAY().day} {TODAY():%B %Y}"


def test_hours_only_where_the_organisation_stretches_the_year(world, sign_in, step):
    client, url, before = sign_in(world.ld_lead), address(world, "pace"), due(world)
    assert client.get(url).status_code == 404
    assert client.post(url, {"pace_percent": 50}).status_code == 404
    Organisation.objects.filter(pk=world.organisation.pk).update(part_time_pro_rata=True)

    confirmed(client, url, {"pace_percent": 50})

    start = world.enrolment.starts_on
    assert due(world) == start + 2 * (before - start)
    assert (year(world).pace_percent, EnrolmentChange.objects.get().pace_percent) == (50, 50)
    assert is_refused(client.post(url, {"pace_percent": 50}))


def test_leaving_and_coming_back(world, sign_in, step):
    client = sign_in(world.ld_lead)
    assert client.get(address(world, "return")).status_code == 404

    page, _, _ = confirmed(
        client, address(world, "withdraw"), {**date("ended_on", TODAY()), "reason": "change_of_post"}
    )

    assert "No step gets another date" in page
    assert year(world).ended_on == TODAY()
    assert is_refused(refused(client, world))
    confirmed(client, address(world, "return"), {})
    assert year(world).ended_on is None
    assert list(EnrolmentChange.objects.values_list("kind", flat=True)) == ["withdraw", "return"]
    assert client.get(address(world, "changes")).content.decode().count("Reason: Change of post") == 1


def refused(client, world):
    """Nothing else is changed of a year that has ended; said after the button was pressed."""
    url = address(world, "extend")
    data = {"weeks": 3, **date("starts_on", TODAY()), "reason": "agreed"}
    return client.post(url, dict(hidden(client.post(url, data).content.decode())))


def test_a_move_takes_along_what_was_recorded_and_agreed(world, sign_in, step):
    later = CohortFactory(
        organisation=world.organisation, programme=ProgrammeFactory(series="other"), starts_on=TODAY() - 10 * DAY
    )
    twin = MilestoneFactory(programme=later.programme, key="talk", due_month=6)
    gone = MilestoneFactory(programme=world.cohort.programme, key="gone", title="Not there", due_month=6)
    own = {"organisation": world.organisation, "enrolment": world.enrolment}
    done = MilestoneCompletion.objects.create(**own, milestone=step, cohort=world.cohort, recorded_by=world.supervisor)
    agreed = MilestoneDate.objects.create(**own, milestone=step, due_on=TODAY() + 5 * DAY)

    page, _, _ = confirmed(sign_in(world.ld_lead), address(world, "move"), {"cohort": later.pk, "start": "new"})

    assert f"The other programme has no such step: {gone.title}." in page
    moved = year(world)
    assert (moved.cohort, moved.starts_on) == (later, later.starts_on)
    done.refresh_from_db()
    agreed.refresh_from_db()
    assert (done.milestone, done.cohort, agreed.milestone) == (twin, later, twin)
    assert world.enrolment.mentorings.get().ends_on is None
    row = EnrolmentChange.objects.get()
    assert (row.from_cohort, row.to_cohort) == (world.cohort, later)


def test_a_move_may_keep_the_persons_own_start(world, sign_in, step):
    later = CohortFactory(organisation=world.organisation, programme=world.cohort.programme, starts_on=TODAY())
    before = due(world)

    page, _, _ = confirmed(sign_in(world.ld_lead), address(world, "move"), {"cohort": later.pk, "start": "own"})

    assert "No step gets another date" in page
    assert (year(world).cohort, due(world)) == (later, before)


@pytest.mark.parametrize("whose", ["other organisation", "draft", "closed", "in it already"])
def test_only_a_running_cohort_of_ones_own_without_the_person(world, sign_in, whose):
    CohortFactory(organisation=world.organisation, name="Open to them")
    cohort = {
        "other organisation": lambda: world.other.cohort,
        "draft": lambda: CohortFactory(organisation=world.organisation, status="draft", published_at=None),
        "closed": lambda: CohortFactory(organisation=world.organisation, status="closed"),
        "in it already": lambda: (
            EnrolmentFactory(cohort=CohortFactory(organisation=world.organisation), supervisor=world.supervisor).cohort
        ),
    }[whose]()
    client, url = sign_in(world.ld_lead), address(world, "move")
    assert cohort.name not in client.get(url).content.decode()

    assert is_refused(client.post(url, {"cohort": cohort.pk, "start": "own"}))
    assert year(world).cohort == world.cohort


def test_without_another_cohort_the_page_says_so(world, sign_in):
    assert "There is no other running cohort" in sign_in(world.ld_lead).get(address(world, "move")).content.decode()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("pause", {"reason": "leave", "back": 0}, "The first day back comes after the first day of the pause"),
        ("pause", {"reason": "leave", "since": -200, "back": 5}, "The year starts on"),
        ("pause", {"reason": "leave", "back": 2000}, "A pause lasts three years at most. Check the year"),
        ("pause", {"back": 5}, "Choose a reason"),
        ("extend", {"weeks": "0", "reason": "agreed"}, "Enter a whole number from 1 to 104"),
        ("extend", {"weeks": "x", "reason": "agreed"}, "Enter a whole number from 1 to 104"),
        ("withdraw", {"ended": 1, "reason": "agreed"}, "The last day must be"),
    ],
)
def test_what_is_refused(world, sign_in, name, data, words):
    since, back, ended = data.pop("since", 0), data.pop("back", 7), data.pop("ended", 0)
    dates = {
        **date("starts_on", TODAY() + since * DAY),
        **date("back_on", TODAY() + back * DAY),
        **date("ended_on", TODAY() + ended * DAY),
    }

    answer = sign_in(world.ld_lead).post(address(world, name), {**dates, **data})

    assert is_refused(answer)
    assert words in answer.content.decode()
    assert not EnrolmentChange.objects.exists()


@pytest.mark.parametrize(("since", "ends", "ok"), [(-20, -10, True), (-20, 10, False), (-40, -25, False)])
def test_pauses_do_not_overlap(world, sign_in, since, ends, ok):
    EnrolmentChangeFactory(
        enrolment=world.enrolment, starts_on=TODAY() + since * DAY, ends_on=TODAY() + ends * DAY, days=ends - since
    )
    first = TODAY() - (30 if since == -40 else 5) * DAY
    data = {**date("starts_on", first), **date("back_on", TODAY() + 7 * DAY), "reason": "leave"}

    answer = sign_in(world.ld_lead).post(address(world, "pause"), data)

    assert is_refused(answer) != ok


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [("admin", 403), ("supervisor", 403), ("mentor", 403), ("line_manager", 403), ("outsider", 404)],
)
def test_only_the_lead_changes_a_year(world, sign_in, name, role, status):
    client = sign_in(getattr(world, role))

    assert client.get(address(world, name)).status_code == status
    assert client.post(address(world, name), {"seen": "0:None"}).status_code == status


def test_another_organisations_lead_finds_nothing(world, sign_in):
    client = sign_in(world.other.ld_lead)

    assert {client.get(address(world, name)).status_code for name in [*CHANGES, "changes"]} == {404}


@pytest.mark.parametrize(
    ("role", "status"), [("supervisor", 200), ("ld_lead", 200), ("mentor", 403), ("line_manager", 403), ("admin", 403)]
)
def test_reasons_are_for_the_person_and_the_lead(world, sign_in, role, status):
    EnrolmentChangeFactory(enrolment=world.enrolment, ends_on=TODAY() + 28 * DAY)

    answer = sign_in(getattr(world, role)).get(address(world, "changes"))

    assert answer.status_code == status
    assert ("Reason: Leave" in answer.content.decode()) == (status == 200)
    assert ("Pause the year" in answer.content.decode()) == (role == "ld_lead")


@pytest.mark.parametrize("many", [1, 3])
def test_the_history_costs_the_same_however_long(world, sign_in, many, django_assert_num_queries):
    for number in range(many):
        EnrolmentChangeFactory(enrolment=world.enrolment, kind="extend", days=7 * (number + 1))
    client = sign_in(world.ld_lead)
    client.get(address(world, "changes"))

    with django_assert_num_queries(9):
        page = client.get(address(world, "changes")).content.decode()

    assert page.count("Reason: Leave") == many


def test_a_closed_cohort_offers_only_the_move(world, sign_in):
    Cohort.objects.filter(pk=world.cohort.pk).update(status="closed")

    page = sign_in(world.ld_lead).get(address(world, "changes")).content.decode()

    assert "Move to another cohort" in page
    assert "Pause the year" not in page
    assert is_refused(refused(sign_in(world.ld_lead), world))


def test_others_read_paused_until_and_no_more(world):
    Enrolment.objects.update(paused_from=TODAY(), paused_until=dt.date(2100, 3, 3))

    assert year(world).paused_words == "Paused until 3 March 2100"
    Enrolment.objects.update(paused_from=TODAY() + DAY)
    assert year(world).paused_words == ""


def test_a_made_up_id_makes_one_row(world, sign_in):
    url = address(world, "extend")
    data = {"weeks": 1, **date("starts_on", TODAY()), "reason": "agreed", "seen": "0:None", "id": "nonsense"}

    assert sign_in(world.ld_lead).post(url, data).status_code == 302
    assert isinstance(EnrolmentChange.objects.get().pk, uuid.UUID)
