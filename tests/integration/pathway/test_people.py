import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Membership
from pathway.models import Cohort, Enrolment, LineManagement, Mentoring
from pathway.services.people import Companions, enrol
from pathway.services.rows import Refused
from tests.factories.accounts import MembershipFactory
from tests.factories.pathway import (
    EnrolmentFactory,
    LineManagementFactory,
    MentoringFactory,
    MilestoneFactory,
    NominationFactory,
)
from tests.integration.pathway.people_forms import add_url, edit_url, posted
from tests.integration.pathway.posting import date, is_refused

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_costs_the_same_however_many(world, sign_in, people, django_assert_num_queries):
    MilestoneFactory(programme=world.cohort.programme, level="cohort")
    for _ in range(people - 1):
        enrolment = EnrolmentFactory(cohort=world.cohort)
        MentoringFactory(enrolment=enrolment)
        LineManagementFactory(enrolment=enrolment)
    client = sign_in(world.ld_lead)
    url = reverse("pathway:cohort_people", args=[world.cohort.pk])
    client.get(url)

    with django_assert_num_queries(15):
        page = client.get(url).content.decode()

    assert page.count('data-label="Takes part in"') == people
    assert world.mentor.name in page
    assert world.line_manager.name in page


@pytest.mark.parametrize(
    ("role", "status"),
    [("admin", 403), ("supervisor", 403), ("mentor", 403), ("outsider", 404), ("senior_leader", 404)],
)
def test_only_the_lead_arranges_people(world, sign_in, newcomer, role, status):
    client = sign_in(getattr(world, role))

    assert client.get(reverse("pathway:cohort_people", args=[world.cohort.pk])).status_code == status
    assert client.post(add_url(world), posted(world, supervisor=newcomer.pk)).status_code == status
    assert world.cohort.enrolments.count() == 1


def test_a_person_is_added_once_with_mentor_and_line_manager(world, sign_in, newcomer):
    client = sign_in(world.ld_lead)
    assert "Nadia New" in client.get(add_url(world), follow=True).content.decode()
    data = posted(world, supervisor=newcomer.pk)

    first, second = client.post(add_url(world), data), client.post(add_url(world), data)

    assert first.url == second.url == reverse("pathway:cohort_people", args=[world.cohort.pk])
    enrolment = Enrolment.objects.get(supervisor=newcomer)
    assert (enrolment.pk, enrolment.kind, enrolment.organisation) == (data["id"], "pathway", world.organisation)
    back = client.get(add_url(world), {"id": enrolment.pk}).url
    assert back == reverse("pathway:enrolment_edit", args=[enrolment.pk])
    pairing = enrolment.mentorings.get()
    assert (pairing.mentor, pairing.starts_on, pairing.ends_on) == (world.mentor, world.cohort.starts_on, None)
    assert (pairing.is_registered, pairing.has_two_years, pairing.paired_by) == (True, True, world.ld_lead)
    assert enrolment.line_managements.get().manager == world.line_manager
    assert set(AuditEvent.objects.filter(actor=world.ld_lead).values_list("verb", flat=True)) == {
        "added to cohort",
        "paired with mentor",
        "confirmed mentor",
        "set line manager",
    }


@pytest.mark.parametrize("known_as", ["member", "address"])
def test_whoever_waited_and_is_added_by_hand_waits_no_longer(world, sign_in, newcomer, known_as):
    membership = Membership.objects.get(user=newcomer) if known_as == "member" else None
    row = NominationFactory(
        organisation=world.organisation, membership=membership, typed_email=newcomer.email, answer="In March"
    )
    other = NominationFactory(organisation=world.organisation)
    data = posted(world, supervisor=newcomer.pk)
    for _ in range(2):
        sign_in(world.ld_lead).post(add_url(world), data)

    row.refresh_from_db()
    assert (row.status, row.enrolment_id, row.cohort, row.answer) == ("joined", data["id"], world.cohort, "")
    other.refresh_from_db()
    assert other.status == "waiting"


def test_the_relations_of_a_year_to_come_begin_today(world, sign_in, newcomer):
    data = posted(world, supervisor=newcomer.pk, **date("starts_on", TODAY() + 30 * DAY))

    sign_in(world.ld_lead).post(add_url(world), data)

    assert Mentoring.objects.get(enrolment__supervisor=newcomer).starts_on == TODAY()


def test_nobody_beside_them_yet(world, sign_in, newcomer):
    data = posted(world, supervisor=newcomer.pk, mentor="", line_manager="", is_registered="", has_two_years="")

    sign_in(world.ld_lead).post(add_url(world), data)

    enrolment = Enrolment.objects.get(supervisor=newcomer)
    assert not enrolment.mentorings.exists()
    assert not enrolment.line_managements.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"supervisor": ""}, "Choose who joins the cohort"),
        ({"is_registered": ""}, "Tick that the mentor is registered, or choose another mentor"),
        ({"has_two_years": ""}, "Tick that the mentor has two years’ experience, or choose another mentor"),
        ({"mentor": "newcomer"}, "Choose someone else: nobody is their own mentor"),
        ({"line_manager": "newcomer"}, "Choose someone else: nobody is their own line manager"),
        ({"line_manager": "mentor"}, "The mentor is also the line manager. Say why"),
        ({"starts_on_year": "27"}, "The year must have 4 figures, like 2027"),
    ],
)
def test_what_is_refused_and_stays_typed(world, sign_in, newcomer, wrong, words):
    people = {"newcomer": newcomer.pk, "mentor": world.mentor.pk}
    data = posted(world, supervisor=newcomer.pk) | {name: people.get(value, value) for name, value in wrong.items()}

    answer = sign_in(world.ld_lead).post(add_url(world), data)

    assert is_refused(answer)
    page = answer.content.decode()
    assert words in page
    assert f'<option value="{data["mentor"]}" selected>' in page
    assert not Enrolment.objects.filter(supervisor=newcomer).exists()
    assert Mentoring.objects.filter(organisation=world.organisation).count() == 1


def test_one_person_as_both_with_a_reason_that_is_named(world, sign_in, newcomer):
    data = posted(world, supervisor=newcomer.pk, line_manager=world.mentor.pk, same_person_reason="A team of two.")
    client = sign_in(world.ld_lead)

    client.post(add_url(world), data)

    enrolment = Enrolment.objects.with_people().get(supervisor=newcomer)
    assert enrolment.mentor_is_line_manager
    assert enrolment.current_mentoring.same_person_reason == "A team of two."
    page = client.get(reverse("pathway:cohort_people", args=[world.cohort.pk])).content.decode()
    assert "Also the line manager: A team of two." in page


def test_somebody_in_the_cohort_is_not_offered_again(world, sign_in):
    answer = sign_in(world.ld_lead).post(add_url(world), posted(world, supervisor=world.supervisor.pk))

    assert is_refused(answer)
    assert world.cohort.enrolments.count() == 1


@pytest.mark.parametrize("whose", ["other organisation", "ended", "invited"])
def test_only_live_members_can_be_chosen(world, sign_in, whose):
    person = {
        "other organisation": lambda: world.other.outsider,
        "ended": lambda: MembershipFactory(organisation=world.organisation, ends_on=TODAY()).user,
        "invited": lambda: invited(world).user,
    }[whose]()

    answer = sign_in(world.ld_lead).post(add_url(world), posted(world, supervisor=person.pk))

    assert is_refused(answer)
    assert person.name not in answer.content.decode()
    assert not Enrolment.objects.filter(cohort=world.cohort, supervisor=person).exists()


def invited(world):
    return MembershipFactory(
        organisation=world.organisation,
        status=Membership.Status.INVITED,
        accepted_at=None,
        invited_name="Ines Invited",
    )


def test_who_has_not_accepted_is_named_as_waiting(world, sign_in):
    invited(world)
    client = sign_in(world.ld_lead)

    for url in (add_url(world), reverse("pathway:cohort_people", args=[world.cohort.pk])):
        assert "Waiting for Ines Invited to accept" in client.get(url, follow=True).content.decode()


def test_a_new_mentor_ends_the_old_pairing_and_keeps_its_history(world, sign_in):
    data = posted(world, mentor=world.outsider.pk)
    client = sign_in(world.ld_lead)
    assert world.mentor.name in client.get(edit_url(world)).content.decode()

    client.post(edit_url(world), data)
    client.post(edit_url(world), data)

    former, current = world.enrolment.mentorings.order_by("starts_on")
    assert (former.mentor, former.ends_on) == (world.mentor, TODAY())
    assert (current.mentor, current.starts_on, current.ends_on) == (world.outsider, TODAY(), None)
    assert world.enrolment.line_managements.get().manager == world.line_manager
    assert not Enrolment.objects.visible_to(world.mentor).exists()


def test_the_facts_are_ticked_again_for_another_mentor_only(world, sign_in):
    client = sign_in(world.ld_lead)
    bare = {"is_registered": "", "has_two_years": ""}

    assert client.post(edit_url(world), posted(world, **bare)).status_code == 302
    assert is_refused(client.post(edit_url(world), posted(world, mentor=world.outsider.pk, **bare)))
    assert world.enrolment.mentorings.get().mentor == world.mentor


def test_a_new_line_manager_who_is_the_mentor_needs_a_reason(world, sign_in):
    client = sign_in(world.ld_lead)
    data = posted(world, line_manager=world.mentor.pk)
    assert is_refused(client.post(edit_url(world), data))
    assert LineManagement.objects.filter(manager=world.mentor).count() == 0

    client.post(edit_url(world), data | {"same_person_reason": "Nobody else is near."})

    assert [row.ends_on for row in world.enrolment.line_managements.order_by("starts_on")] == [TODAY(), None]
    assert world.enrolment.mentorings.get().same_person_reason == "Nobody else is near."


def test_start_kind_and_days_change(world, sign_in):
    start, client = TODAY() - 40 * DAY, sign_in(world.ld_lead)
    data = posted(world, kind="aspiring", days_off=["5", "3"], **date("starts_on", start))

    client.post(edit_url(world), data)

    enrolment = Enrolment.objects.get(pk=world.enrolment.pk)
    assert (enrolment.kind, enrolment.taking_part_as) == ("programme_only", "aspiring")
    assert (enrolment.starts_on, enrolment.days_off, enrolment.ended_on) == (start, [3, 5], None)
    shown = client.get(edit_url(world)).context["form"]
    assert (shown["kind"].value(), shown["days_off"].value()) == ("aspiring", [3, 5])
    people = client.get(reverse("pathway:cohort_people", args=[world.cohort.pk])).content.decode()
    assert "Sessions only, as: Aspiring supervisor" in people
    client.post(edit_url(world), posted(world))
    enrolment.refresh_from_db()
    assert (enrolment.kind, enrolment.taking_part_as, enrolment.days_off) == ("pathway", "", [])


@pytest.mark.parametrize(
    ("kind", "taking_part_as"), [("programme_only", ""), ("programme_only", "made up"), ("pathway", "mentor")]
)
def test_sessions_only_is_as_something(world, newcomer, kind, taking_part_as):
    with pytest.raises(Refused):
        enrol(
            pk=uuid.uuid4(),
            cohort=world.cohort,
            supervisor=newcomer,
            kind=kind,
            taking_part_as=taking_part_as,
            starts_on=TODAY(),
            companions=Companions(),
            on=TODAY(),
            by=world.ld_lead,
        )


def test_another_organisations_person_does_not_exist(world, sign_in):
    url = reverse("pathway:enrolment_edit", args=[world.other.enrolment.pk])

    assert sign_in(world.ld_lead).get(url).status_code == 404
    assert sign_in(world.ld_lead).post(url, posted(world)).status_code == 404
    assert sign_in(world.mentor).get(edit_url(world)).status_code == 403


def test_places_and_who_is_still_to_come_are_named(world, sign_in):
    membership = invited(world)
    nobody_yet = {"made_by": world.ld_lead, "placed_by": world.ld_lead, "placed_at": timezone.now()}
    NominationFactory(
        organisation=world.organisation, membership=membership, status="placed", cohort=world.cohort, **nobody_yet
    )
    Cohort.objects.filter(pk=world.cohort.pk).update(places=2)

    page = sign_in(world.ld_lead).get(reverse("pathway:cohort_people", args=[world.cohort.pk])).content.decode()

    assert "2 of 2 places taken: full" in page
    assert "1 person has a place</a> and joins on accepting the invitation" in page
    assert "Waiting for Ines Invited to accept" not in page
