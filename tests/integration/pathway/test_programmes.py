import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from pathway.models import Cohort, Milestone, Programme
from tests.factories.pathway import MilestoneFactory, ProgrammeFactory
from tests.integration.pathway.posting import is_refused

STEP = {
    "title": "Meet the team",
    "description": "Over lunch.",
    "start_month": "2",
    "due_month": "3",
    "minimum": "1",
    "waiting_on": "mentor",
    "level": "person",
    "importance": "key_activity",
}


@pytest.fixture
def own(world):
    """The organisation's own version, which no cohort runs on."""
    return ProgrammeFactory(series="own", organisation=world.organisation, title="Our year")


def test_the_list_offers_supplied_and_own(world, own, sign_in):
    ProgrammeFactory(series="theirs", organisation=world.other.organisation, title="Their year")

    page = sign_in(world.supervisor).get(reverse("pathway:programme_list")).content.decode()

    assert "Our year" in page
    assert world.cohort.programme.title in page
    assert "Their year" not in page


@pytest.mark.parametrize("programmes", [1, 3])
def test_the_list_costs_the_same_however_long(world, sign_in, programmes, django_assert_num_queries):
    for version in range(programmes - 1):
        ProgrammeFactory(series="own", version=version, organisation=world.organisation)
    client = sign_in(world.ld_lead)
    client.get(reverse("pathway:programme_list"))

    with django_assert_num_queries(6):
        client.get(reverse("pathway:programme_list"))


@pytest.mark.parametrize("steps", [1, 3])
def test_a_programme_shows_its_steps(world, sign_in, own, steps, django_assert_num_queries):
    for _ in range(steps):
        MilestoneFactory(programme=own, title="A step here")
    client = sign_in(world.ld_lead)
    client.get(own.get_absolute_url())

    with django_assert_num_queries(7):
        page = client.get(own.get_absolute_url()).content.decode()

    assert page.count('class="govuk-table__header">\n    A step here') == steps


def test_a_supervisor_reads_but_is_offered_no_change(world, own, sign_in):
    MilestoneFactory(programme=own)
    page = sign_in(world.supervisor).get(own.get_absolute_url()).content.decode()

    assert "Add a step" not in page
    assert "Remove" not in page


def test_another_organisations_programme_does_not_exist(world, sign_in):
    theirs = ProgrammeFactory(series="own", organisation=world.other.organisation)
    client = sign_in(world.ld_lead)

    for name in ("programme", "programme_copy", "programme_edit", "milestone_new"):
        assert client.get(reverse(f"pathway:{name}", args=[theirs.pk])).status_code == 404


def test_copying_makes_the_next_version_of_ones_own(world, sign_in):
    supplied = world.cohort.programme
    step = MilestoneFactory(programme=supplied, title="Agree", due_month=5, waiting_on="mentor")
    url = reverse("pathway:programme_copy", args=[supplied.pk])
    client = sign_in(world.admin)
    assert client.get(url, follow=True).status_code == 200

    ident = uuid.uuid4()
    answer = client.post(url, {"id": ident})
    again = client.post(url, {"id": ident})

    copy = Programme.objects.get(organisation=world.organisation)
    assert (copy.pk, copy.series, copy.version, copy.title) == (ident, supplied.series, 1, supplied.title)
    assert answer.url == again.url == client.get(url, {"id": ident}).url == copy.get_absolute_url()
    (copied,) = copy.milestones.all()
    assert copied.pk != step.pk
    assert (copied.title, copied.due_month, copied.waiting_on) == ("Agree", 5, "mentor")
    assert AuditEvent.objects.filter(verb="copied programme", actor=world.admin).count() == 1

    client.post(url, {"id": uuid.uuid4()})
    assert Programme.objects.filter(organisation=world.organisation).count() == 2


@pytest.mark.parametrize("role", ["supervisor", "mentor", "senior_leader"])
def test_others_do_not_copy(world, sign_in, role):
    url = reverse("pathway:programme_copy", args=[world.cohort.programme_id])

    assert sign_in(getattr(world, role)).post(url).status_code == 403
    assert not Programme.objects.filter(organisation=world.organisation).exists()


def test_title_and_length_change(world, own, sign_in):
    url = reverse("pathway:programme_edit", args=[own.pk])
    client = sign_in(world.ld_lead)
    assert "Our year" in client.get(url).content.decode()

    assert client.post(url, {"title": "Two years", "months": "24"}).url == own.get_absolute_url()

    own.refresh_from_db()
    assert (own.title, own.months) == ("Two years", 24)


def test_what_was_typed_stays_when_it_is_refused(world, own, sign_in):
    url = reverse("pathway:programme_edit", args=[own.pk])

    answer = sign_in(world.ld_lead).post(url, {"title": "Two years", "months": "many"})

    assert is_refused(answer)
    assert "Enter the months as a whole number, like 12" in answer.content.decode()
    assert 'value="many"' in answer.content.decode()
    own.refresh_from_db()
    assert own.title == "Our year"


def test_a_step_is_added_once(world, own, sign_in):
    url = reverse("pathway:milestone_new", args=[own.pk])
    client = sign_in(world.ld_lead)
    assert client.get(url, follow=True).status_code == 200

    ident = uuid.uuid4()
    client.post(url, {**STEP, "id": ident})
    client.post(url, {**STEP, "id": ident})

    step = own.milestones.get()
    assert client.get(url, {"id": ident}).url == own.get_absolute_url()
    assert (step.pk, step.title, step.kind, step.position) == (ident, "Meet the team", Milestone.Kind.OTHER, 1)
    assert (step.start_month, step.due_month, step.waiting_on) == (2, 3, "mentor")


def test_a_step_cannot_be_due_before_it_begins(world, own, sign_in):
    url = reverse("pathway:milestone_new", args=[own.pk])

    answer = sign_in(world.ld_lead).post(url, {**STEP, "start_month": "4"})

    assert is_refused(answer)
    assert "Enter 4 or more: it cannot be due before its first month" in answer.content.decode()
    assert 'value="Meet the team"' in answer.content.decode()
    assert not own.milestones.exists()


def test_a_step_changes_and_goes(world, own, sign_in):
    step = MilestoneFactory(programme=own, title="Before", kind=Milestone.Kind.AGREEMENT)
    client = sign_in(world.admin)
    edit = reverse("pathway:milestone_edit", args=[own.pk, step.pk])
    remove = reverse("pathway:milestone_remove", args=[own.pk, step.pk])
    assert "Before" in client.get(edit).content.decode()

    client.post(edit, STEP)
    step.refresh_from_db()
    assert (step.title, step.kind) == ("Meet the team", Milestone.Kind.AGREEMENT)

    assert client.get(remove).status_code == 200
    assert client.post(remove).url == own.get_absolute_url()
    assert not own.milestones.exists()


def test_a_version_a_cohort_runs_on_is_frozen(world, own, sign_in):
    step = MilestoneFactory(programme=own, title="Before")
    Cohort.objects.filter(pk=world.cohort.pk).update(programme=own)
    client = sign_in(world.ld_lead)

    for name, args, data in [
        ("programme_edit", [own.pk], {"title": "Changed", "months": "6"}),
        ("milestone_new", [own.pk], STEP),
        ("milestone_edit", [own.pk, step.pk], STEP),
        ("milestone_remove", [own.pk, step.pk], {}),
    ]:
        url = reverse(f"pathway:{name}", args=args)
        assert client.get(url, {"id": uuid.uuid4()}).url == own.get_absolute_url()
        assert client.post(url, data).url == own.get_absolute_url()

    assert list(own.milestones.values_list("title", flat=True)) == ["Before"]
    assert Programme.objects.get(pk=own.pk).title == "Our year"
    assert "Make a new version" in client.get(own.get_absolute_url()).content.decode()


def test_the_supplied_one_is_changed_by_nobody(world, sign_in):
    url = reverse("pathway:programme_edit", args=[world.cohort.programme_id])

    assert sign_in(world.ld_lead).get(url).status_code == 403


def test_a_step_of_another_programme_is_not_reached_through_ones_own(world, own, sign_in):
    step = MilestoneFactory(programme=world.cohort.programme)

    url = reverse("pathway:milestone_remove", args=[own.pk, step.pk])
    assert sign_in(world.ld_lead).post(url).status_code == 404
