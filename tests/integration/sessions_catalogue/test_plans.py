"""The programme builder: a cohort's choice of sessions, and templates."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import Cohort
from sessions_catalogue.layout import at_local
from sessions_catalogue.models import PlannedSession, ProgrammeSession, ScheduledSession, SessionPlan
from tests.factories.pathway import AreaFactory, CohortFactory
from tests.factories.sessions_catalogue import ProgrammeSessionFactory, ScheduledSessionFactory, twelve_sessions

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

YEAR = timezone.localdate().year + 1
EIGHT = (1, 2, 4, 5, 6, 9, 10, 12)


def choose_url(cohort):
    return f"/cohorts/{cohort.pk}/sessions/choose/"


def template_url(cohort):
    return f"/cohorts/{cohort.pk}/sessions/save-as-template/"


@pytest.fixture
def twelve(db):
    return {session.number: session for session in twelve_sessions()}


@pytest.fixture
def cohort(world, twelve):
    Cohort.objects.filter(pk=world.cohort.pk).update(status=Cohort.Status.DRAFT, published_at=None)
    world.cohort.refresh_from_db()
    return world.cohort


@pytest.fixture
def lead(world, sign_in):
    return sign_in(world.ld_lead)


def sent_for(sessions, action="save", **places):
    """What the page sends: every box, with the places typed by number."""
    typed = {
        f"place_{session.pk}": places.get(f"to_{session.number}", position)
        for position, session in enumerate(sessions, start=1)
    }
    stood = {f"stood_{session.pk}": position for position, session in enumerate(sessions, start=1)}
    return {"tick": [str(session.pk) for session in sessions], "action": action, **typed, **stood}


def some(twelve, numbers=EIGHT):
    return [twelve[number] for number in numbers]


def planned(cohort):
    rows = PlannedSession.objects.filter(plan__cohort=cohort).order_by("position")
    return list(rows.values_list("session__number", flat=True))


def dated(cohort, **fields):
    rows = ScheduledSession.objects.filter(cohort=cohort, **fields).order_by("session__number")
    return list(rows.values_list("session__number", flat=True))


def own_version(organisation, session, **fields):
    common = {"number": session.number, "slug": "own", "title": "Ours", "overview": "o", "day": 1, "aims": []}
    return ProgrammeSession.objects.create(organisation=organisation, copied_from=session, **common | fields)


# ---------------------------------------------------------------- choosing


def test_at_first_the_whole_programme_is_ticked(lead, cohort):
    page = lead.get(choose_url(cohort)).content.decode()
    assert page.count('name="tick"') == page.count(" checked>") == 12
    assert "12 sessions</span>, <span data-together>18 hours" in page


def test_eight_are_chosen_and_laid_out_in_their_order(lead, cohort, twelve):
    answer = lead.post(choose_url(cohort), sent_for(some(twelve), to_12=1), follow=True)
    assert "8 sessions are chosen" in answer.content.decode()
    assert planned(cohort) == [12, 1, 2, 4, 5, 6, 9, 10]
    assert SessionPlan.objects.get(cohort=cohort).first_on == cohort.starts_on
    assert AuditEvent.objects.filter(verb="chose sessions", target_id=cohort.pk).count() == 1
    sent = {"shape": "weekly", "first_on_day": 2, "first_on_month": 3, "first_on_year": YEAR, "starts_at": "10:00"}
    page = lead.get(f"/cohorts/{cohort.pk}/sessions/lay-out/", sent).content.decode()
    assert page.count('data-label="When"') == 8
    lead.post(f"/cohorts/{cohort.pk}/sessions/lay-out/", sent)
    rows = ScheduledSession.objects.filter(cohort=cohort).order_by("starts_at")
    assert [row.session.number for row in rows] == [12, 1, 2, 4, 5, 6, 9, 10]
    assert planned(cohort) == [12, 1, 2, 4, 5, 6, 9, 10]


def test_all_supplied_in_their_order_are_the_whole_programme(lead, cohort, twelve):
    lead.post(choose_url(cohort), sent_for(some(twelve)))
    lead.post(choose_url(cohort), sent_for(list(twelve.values())))
    assert planned(cohort) == []


def test_adding_up_saves_nothing_and_keeps_what_was_typed(lead, cohort, twelve):
    ProgrammeSession.objects.filter(number=4).update(area=AreaFactory(number=1, title="Values"))
    ProgrammeSession.objects.filter(number=1).update(recommended_for_all=True)
    answer = lead.post(choose_url(cohort), sent_for(some(twelve, (2, 3)), "update", to_2=2))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "2 sessions</span>, <span data-together>3 hours" in page
    assert f'data-any-of="{twelve[4].pk}">Without session 4 nobody comes to area 1, Values<' in page
    assert f'data-any-of="{twelve[1].pk}">Session 1, Title of 1, is recommended for everyone<' in page
    assert (
        'value="2"'
        in page.partition(f'name="place_{twelve[2].pk}"')[2].partition(">")[0]
        + page.partition(f'name="place_{twelve[2].pk}"')[0].rpartition("<")[2]
    )
    assert not SessionPlan.objects.filter(cohort=cohort).exists()


def test_one_press_takes_the_whole_programme(lead, cohort, twelve):
    page = lead.post(choose_url(cohort), sent_for(some(twelve), "whole")).content.decode()
    assert page.count(" checked>") == 12
    assert not SessionPlan.objects.filter(cohort=cohort).exists()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"tick": []}, "Tick at least one session"),
        ({"tick": [str(uuid.uuid4())]}, "One of the sessions is no longer offered. Choose again"),
        ({"place": "first"}, "Enter the place of session 4 as a number from 1 to 99, or leave it empty"),
        ({"place": "0"}, "Enter the place of session 4 as a number from 1 to 99, or leave it empty"),
        ({"template": "x"}, ""),
    ],
)
def test_wrong_input_is_kept_and_says_how_to_mend_it(lead, cohort, twelve, wrong, message):
    sent = sent_for(some(twelve)) | wrong
    if "place" in wrong:
        sent[f"place_{twelve[4].pk}"] = sent.pop("place")
    answer = lead.post(choose_url(cohort), sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error: " in page
    assert page.count(message) >= 2
    assert not SessionPlan.objects.filter(cohort=cohort).exists()


def test_own_sessions_are_offered_in_their_newest_version_and_not_once_retired(world, lead, cohort, twelve):
    now = timezone.now()
    own_version(world.organisation, twelve[4], title="Ours before")
    own_version(world.organisation, twelve[4], title="Ours now", version=2)
    own_version(world.organisation, twelve[5], title="Ours retired", retired_at=now)
    own_version(world.other.organisation, twelve[6], title="Theirs")
    page = lead.get(choose_url(cohort)).content.decode()
    found = [title for title in ("Ours before", "Ours now", "Ours retired", "Theirs") if title in page]
    assert (found, page.count('name="tick"'), page.count(" checked>")) == (["Ours now"], 13, 12)


def test_the_own_version_takes_the_place_and_the_date_of_the_supplied_one(world, lead, cohort, twelve):
    own = own_version(world.organisation, twelve[4])
    row = ScheduledSessionFactory(cohort=cohort, session=twelve[4])
    both = lead.post(choose_url(cohort), sent_for([twelve[1], twelve[4], own])).content.decode()
    assert both.count("Session 4 is ticked twice, as supplied and as your own. Choose one of the two") == 2
    assert lead.post(choose_url(cohort), sent_for([twelve[1], own])).status_code == 302
    before = row.starts_at
    row.refresh_from_db()
    assert (row.session, row.starts_at, row.cancelled_at, row.revision) == (own, before, None, 2)


def test_a_running_cohort_keeps_the_version_it_has_and_a_draft_takes_the_newest(world, lead, cohort, twelve):
    own = own_version(world.organisation, twelve[4])
    lead.post(choose_url(cohort), sent_for([own]))
    newer = own_version(world.organisation, twelve[4], version=2)
    assert f'value="{newer.pk}"' in lead.get(choose_url(cohort)).content.decode()
    Cohort.objects.filter(pk=cohort.pk).update(status="published", published_at=timezone.now())
    page = lead.get(choose_url(cohort)).content.decode()
    assert (f'value="{own.pk}"' in page, f'value="{newer.pk}"' in page) == (True, False)


# ---------------------------------------------------------------- what has a date


@pytest.fixture
def running(world, twelve):
    """Sessions 1 and 2 have been held, 3 and 4 are to come."""
    for number, days in ((1, -14), (2, -7), (3, 7), (4, 14)):
        on = timezone.localdate() + dt.timedelta(days=days)
        ScheduledSessionFactory(cohort=world.cohort, session=twelve[number], starts_at=at_local(on, dt.time(10)))
    return world.cohort


def test_leaving_out_what_has_a_date_asks_first_and_then_cancels(lead, running, twelve):
    sent = sent_for(some(twelve, (3, 5)))
    answer = lead.post(choose_url(running), sent)
    page = answer.content.decode()
    row = ScheduledSession.objects.get(cohort=running, session__number=4)
    assert (answer.status_code, "Cancel 1 date?" in page) == (200, True)
    assert f'<input type="hidden" name="cancel" value="{row.pk}">' in page
    assert page.count('name="tick"') == 2
    assert dated(running, cancelled_at=None) == [1, 2, 3, 4]
    answer = lead.post(choose_url(running), sent | {"cancel": [str(row.pk)]}, follow=True)
    assert "2 sessions are chosen. 1 date is cancelled" in answer.content.decode()
    assert dated(running, cancelled_at=None) == [1, 2, 3]
    row.refresh_from_db()
    assert (row.cancelled_by, row.revision) == (answer.wsgi_request.user, 2)
    assert AuditEvent.objects.get(target_id=row.pk).verb == "cancelled session"
    assert "No date yet: session 5, Title of 5." in " ".join(answer.content.decode().split())


def test_a_date_that_came_meanwhile_is_asked_about_too(lead, running, twelve):
    row = ScheduledSession.objects.get(cohort=running, session__number=4)
    sent = sent_for(some(twelve, (5,))) | {"cancel": [str(row.pk)]}
    assert "Cancel 2 dates?" in lead.post(choose_url(running), sent).content.decode()
    assert dated(running, cancelled_at=None) == [1, 2, 3, 4]


def test_laying_out_anew_puts_back_what_was_cancelled(lead, running, twelve):
    row = ScheduledSession.objects.get(cohort=running, session__number=4)
    lead.post(choose_url(running), sent_for(some(twelve, (3,))) | {"cancel": [str(row.pk)]})
    lead.post(choose_url(running), sent_for(some(twelve, (3, 4))))
    sent = {"shape": "weekly", "first_on_day": 2, "first_on_month": 3, "first_on_year": YEAR, "starts_at": "10:00"}
    page = lead.get(f"/cohorts/{running.pk}/sessions/lay-out/", sent).content.decode()
    assert page.count("Already held, stays as it is") == 2
    assert page.count("Cancelled before, now takes place after all") == 1
    lead.post(f"/cohorts/{running.pk}/sessions/lay-out/", sent)
    was = row.starts_at
    row.refresh_from_db()
    assert (row.cancelled_at, row.cancelled_by, row.moved_from) == (None, None, was)
    assert row.held_on > dt.date(YEAR, 3, 2)
    assert dated(running) == [1, 2, 3, 4]


def test_a_closed_cohort_keeps_its_choice(lead, running, twelve):
    Cohort.objects.filter(pk=running.pk).update(status=Cohort.Status.CLOSED)
    answer = lead.post(choose_url(running), sent_for(some(twelve)), follow=True)
    assert "This cohort is closed" in answer.content.decode()
    assert planned(running) == []


# ---------------------------------------------------------------- who


@pytest.mark.parametrize(
    ("role", "status"), [("supervisor", 403), ("mentor", 403), ("admin", 403), ("panel_member", 403), ("outsider", 404)]
)
def test_only_leads_choose(world, sign_in, running, twelve, role, status):
    client = sign_in(getattr(world, role))
    assert client.get(choose_url(running)).status_code == status
    assert client.post(choose_url(running), sent_for(some(twelve))).status_code == status
    assert client.get(template_url(running)).status_code == status
    assert client.post(template_url(running), {"name": "Mine"}).status_code == status
    assert not SessionPlan.objects.exists()
    assert sign_in(world.other.ld_lead).get(choose_url(running)).status_code == 404


# ---------------------------------------------------------------- templates


@pytest.fixture
def template(world, twelve):
    plan = SessionPlan.objects.create(
        organisation=world.organisation, name="Eight in spring", shape="own", days_apart=10, lunch_minutes=60
    )
    for position, session in enumerate(some(twelve), start=1):
        PlannedSession.objects.create(plan=plan, session=session, position=position)
    return plan


def test_a_choice_is_saved_as_a_template_once(world, lead, cohort, twelve):
    lead.post(choose_url(cohort), sent_for(some(twelve)))
    address = lead.get(template_url(cohort)).url
    sent = {"id": address.partition("id=")[2], "name": "Eight in spring"}
    for _ in range(2):
        assert lead.post(address, sent).url == "/session-plans/"
    made = SessionPlan.objects.templates().get()
    assert (str(made.pk), made.name, made.organisation) == (sent["id"], "Eight in spring", world.organisation)
    assert [row.session.number for row in made.planned.select_related("session")] == list(EIGHT)
    assert lead.get(address).url == f"/session-plans/{made.pk}/"
    assert planned(cohort) == list(EIGHT)


def test_a_template_needs_a_name(lead, cohort):
    address = lead.get(template_url(cohort)).url
    page = lead.post(address, {"name": " "}).content.decode()
    assert page.count("Enter a name for the template") == 2
    assert not SessionPlan.objects.exists()


def test_a_cohort_begins_from_a_template_with_its_rhythm(lead, cohort, template):
    page = lead.get(choose_url(cohort), {"template": template.pk}).content.decode()
    assert page.count(" checked>") == 8
    assert "8 sessions</span>, <span data-together>12 hours" in page
    chosen = [row.session for row in template.planned.select_related("session")]
    lead.post(choose_url(cohort), sent_for(chosen) | {"template": str(template.pk)})
    plan = SessionPlan.objects.get(cohort=cohort)
    assert (plan.shape, plan.days_apart, plan.lunch_minutes, planned(cohort)) == ("own", 10, 60, list(EIGHT))


def test_a_template_of_another_organisation_is_nothing(world, lead, cohort, template):
    SessionPlan.objects.filter(pk=template.pk).update(organisation=world.other.organisation)
    page = lead.get(choose_url(cohort), {"template": template.pk}).content.decode()
    assert (page.count(" checked>"), template.name in page) == (12, False)
    for address in (f"/session-plans/{template.pk}/", f"/session-plans/{template.pk}/put-away/"):
        assert lead.get(address).status_code == lead.post(address, {"name": "Mine"}).status_code == 404
    template.refresh_from_db()
    assert (template.name, template.discarded_at) == ("Eight in spring", None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_templates_costs_the_same_however_long(world, lead, template, count, django_assert_num_queries):
    for number in range(count - 1):
        SessionPlan.objects.create(organisation=world.organisation, name=f"Another {number}")
    lead.get("/session-plans/")
    with django_assert_num_queries(7):
        page = lead.get("/session-plans/").content.decode()
    assert page.count('data-label="Sessions">') == count
    assert '<td class="govuk-table__cell" data-label="Sessions">8</td>' in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_builder_costs_the_same_for_any_number(lead, count, world, django_assert_num_queries):
    for number in range(1, count + 1):
        ProgrammeSessionFactory(number=number)
        SessionPlan.objects.create(organisation=world.organisation, name=f"Template {number}")
    lead.get(choose_url(world.cohort))
    with django_assert_num_queries(12):
        page = lead.get(choose_url(world.cohort)).content.decode()
    assert page.count('name="tick"') == count


def test_no_templates_yet(lead, world):
    assert "No templates yet" in lead.get("/session-plans/").content.decode()


def test_a_template_is_renamed_and_put_away(world, lead, cohort, template):
    address = f"/session-plans/{template.pk}/"
    assert "4 Title of 4" in lead.get(address).content.decode()
    lead.post(address, {"name": "In autumn"})
    template.refresh_from_db()
    assert template.name == "In autumn"
    assert "Put “In autumn” away?" in lead.get(f"{address}put-away/").content.decode()
    lead.post(f"{address}put-away/")
    template.refresh_from_db()
    assert (template.discarded_by, lead.get(address).status_code) == (world.ld_lead, 404)
    assert "In autumn" not in lead.get(choose_url(cohort)).content.decode()
    verbs = AuditEvent.objects.filter(target_id=template.pk).order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["renamed session plan", "put session plan away"]


@pytest.mark.parametrize(("role", "status"), [("supervisor", 404), ("outsider", 404), ("admin", 403)])
def test_templates_are_the_leads(world, sign_in, template, role, status):
    client = sign_in(getattr(world, role))
    assert client.get("/session-plans/").status_code == 403
    for address in (f"/session-plans/{template.pk}/", f"/session-plans/{template.pk}/put-away/"):
        assert client.get(address).status_code == client.post(address, {"name": "Mine"}).status_code == status
    template.refresh_from_db()
    assert (template.name, template.discarded_at) == ("Eight in spring", None)


def test_a_cohorts_own_plan_is_no_template(lead, world, twelve):
    plan = SessionPlan.objects.create(
        organisation=world.organisation, cohort=CohortFactory(organisation=world.organisation), first_on="2027-03-02"
    )
    assert lead.get(f"/session-plans/{plan.pk}/").status_code == 404
