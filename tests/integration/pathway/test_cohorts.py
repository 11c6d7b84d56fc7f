import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import Cohort, Enrolment
from tests.factories.pathway import CohortFactory, ProgrammeFactory
from tests.integration.pathway.posting import date, is_refused

LONG_AGO = timezone.localdate() - dt.timedelta(days=200)


def new_cohort(world, **fields):
    return {
        "id": uuid.uuid4(),
        "name": "Autumn",
        "programme": world.cohort.programme_id,
        **date("starts_on", LONG_AGO),
        **fields,
    }


def draft(world):
    Cohort.objects.filter(pk=world.cohort.pk).update(status="draft", published_at=None)


@pytest.mark.parametrize("cohorts", [1, 3])
def test_the_list_costs_the_same_however_long(world, sign_in, cohorts, django_assert_num_queries):
    for _ in range(cohorts - 1):
        CohortFactory(organisation=world.organisation)
    client = sign_in(world.ld_lead)
    client.get(reverse("pathway:cohort_list"))

    with django_assert_num_queries(6):
        page = client.get(reverse("pathway:cohort_list")).content.decode()

    assert page.count('data-label="Status"') == cohorts
    assert world.cohort.name in page
    assert world.other.cohort.name not in page


def test_an_empty_list_says_how_to_begin(world, sign_in):
    Cohort.objects.filter(pk=world.cohort.pk).update(organisation=world.other.organisation)

    assert "No cohorts yet" in sign_in(world.ld_lead).get(reverse("pathway:cohort_list")).content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [("admin", 200), ("supervisor", 403), ("mentor", 403), ("line_manager", 403), ("outsider", 403)],
)
def test_who_sees_the_list(world, sign_in, role, status):
    assert sign_in(getattr(world, role)).get(reverse("pathway:cohort_list")).status_code == status


def test_a_cohort_already_under_way_is_made_once(world, sign_in):
    url = reverse("pathway:cohort_new")
    client = sign_in(world.ld_lead)
    assert client.get(url, follow=True).status_code == 200
    posted = new_cohort(world)

    first, second = client.post(url, posted), client.post(url, posted)

    cohort = Cohort.objects.get(name="Autumn")
    assert (cohort.pk, cohort.status, cohort.starts_on) == (posted["id"], "draft", LONG_AGO)
    assert (cohort.organisation, cohort.programme) == (world.organisation, world.cohort.programme)
    assert first.url == second.url == reverse("sessions_catalogue:cohort_sessions_lay_out", args=[cohort.pk])
    assert AuditEvent.objects.filter(verb="made cohort", target_id=cohort.pk, actor=world.ld_lead).count() == 1
    assert client.get(url, {"id": cohort.pk}).url == cohort.get_absolute_url()


def test_an_id_of_somebody_elses_row_makes_a_row_of_ones_own(world, sign_in):
    sign_in(world.ld_lead).post(reverse("pathway:cohort_new"), new_cohort(world, id=world.other.cohort.pk))

    assert Cohort.objects.get(name="Autumn").organisation == world.organisation
    assert Cohort.objects.get(pk=world.other.cohort.pk).organisation == world.other.organisation


def test_what_was_typed_stays_when_it_is_refused(world, sign_in):
    posted = new_cohort(world, starts_on_month="13", name="Winter words")

    answer = sign_in(world.ld_lead).post(reverse("pathway:cohort_new"), posted)

    assert is_refused(answer)
    page = answer.content.decode()
    assert "The date the year starts must be a real date, like 12 2 2027" in page
    assert 'value="Winter words"' in page
    assert 'value="13"' in page
    assert str(posted["id"]) in page
    assert not Cohort.objects.filter(name="Winter words").exists()


def test_another_organisations_programme_cannot_be_chosen(world, sign_in):
    theirs = ProgrammeFactory(series="theirs", organisation=world.other.organisation)

    answer = sign_in(world.ld_lead).post(reverse("pathway:cohort_new"), new_cohort(world, programme=theirs.pk))

    assert is_refused(answer)
    assert "Choose one of the programmes listed" in answer.content.decode()


@pytest.mark.parametrize("role", ["admin", "supervisor", "outsider"])
def test_only_the_lead_makes_one(world, sign_in, role):
    answer = sign_in(getattr(world, role)).post(reverse("pathway:cohort_new"), new_cohort(world))

    assert answer.status_code == 403
    assert not Cohort.objects.filter(name="Autumn").exists()


def test_whoever_began_with_the_cohort_moves_with_its_start(world, sign_in):
    late = Enrolment.objects.create(
        organisation=world.organisation, cohort=world.cohort, supervisor=world.outsider, starts_on=LONG_AGO
    )
    day = timezone.localdate()
    url = reverse("pathway:cohort_edit", args=[world.cohort.pk])

    sign_in(world.ld_lead).post(url, new_cohort(world, name="Renamed", **date("starts_on", day)))

    assert Cohort.objects.get(pk=world.cohort.pk).name == "Renamed"
    assert Enrolment.objects.get(pk=world.enrolment.pk).starts_on == day
    assert Enrolment.objects.get(pk=late.pk).starts_on == LONG_AGO


def test_the_programme_of_a_published_cohort_stays(world, sign_in):
    other = ProgrammeFactory(series="another")
    url = reverse("pathway:cohort_edit", args=[world.cohort.pk])

    answer = sign_in(world.ld_lead).post(url, new_cohort(world, programme=other.pk))

    assert is_refused(answer)
    assert "The programme of a published cohort stays as it is" in answer.content.decode()
    assert Cohort.objects.get(pk=world.cohort.pk).programme_id == world.cohort.programme_id


@pytest.mark.parametrize("name", ["cohort_edit", "cohort_publish", "cohort_close", "cohort_people", "past_steps"])
def test_another_organisations_cohort_does_not_exist(world, sign_in, name):
    url = reverse(f"pathway:{name}", args=[world.other.cohort.pk])

    assert sign_in(world.ld_lead).get(url).status_code == 404
    assert sign_in(world.ld_lead).post(url).status_code == 404


def test_publishing_asks_first_and_is_audited(world, sign_in):
    draft(world)
    url = reverse("pathway:cohort_publish", args=[world.cohort.pk])
    client = sign_in(world.ld_lead)

    assert "1 person begins with" in client.get(url).content.decode()
    assert Cohort.objects.get(pk=world.cohort.pk).status == "draft"
    client.post(url)
    again = client.post(url)

    cohort = Cohort.objects.get(pk=world.cohort.pk)
    assert (cohort.status, cohort.published_by) == ("published", world.ld_lead)
    assert again.status_code == 302
    assert AuditEvent.objects.filter(verb="published", target_id=cohort.pk).count() == 1


def test_an_empty_cohort_is_not_published(world, sign_in):
    draft(world)
    Enrolment.objects.filter(cohort=world.cohort).update(ended_on=timezone.localdate())
    url = reverse("pathway:cohort_publish", args=[world.cohort.pk])

    answer = sign_in(world.ld_lead).post(url, follow=True)

    assert "Add at least one person before you publish the cohort" in answer.content.decode()
    assert Cohort.objects.get(pk=world.cohort.pk).status == "draft"


def test_closing(world, sign_in):
    url = reverse("pathway:cohort_close", args=[world.cohort.pk])
    client = sign_in(world.ld_lead)
    assert client.get(url).status_code == 200

    client.post(url)

    assert Cohort.objects.get(pk=world.cohort.pk).status == "closed"


@pytest.mark.parametrize("role", ["supervisor", "mentor", "line_manager", "panel_member", "admin"])
def test_only_the_lead_publishes(world, sign_in, role):
    url = reverse("pathway:cohort_close", args=[world.cohort.pk])

    assert sign_in(getattr(world, role)).post(url).status_code == 403
    assert Cohort.objects.get(pk=world.cohort.pk).status == "published"


def test_an_empty_cohort_is_not_offered_for_publishing(world, sign_in):
    empty = CohortFactory(organisation=world.organisation, status="draft", published_at=None)
    answer = sign_in(world.ld_lead).get(reverse("pathway:cohort_publish", args=[empty.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("pathway:cohort_people", args=[empty.pk]), 302)]
    assert "Add at least one person, then publish" in answer.content.decode()


def test_a_running_cohort_is_not_published_again(world, sign_in):
    answer = sign_in(world.ld_lead).get(reverse("pathway:cohort_publish", args=[world.cohort.pk]), follow=True)
    assert "is published already" in answer.content.decode()


def test_places_are_kept_and_taken_off_again(world, sign_in):
    client = sign_in(world.ld_lead)
    client.post(reverse("pathway:cohort_new"), new_cohort(world, places="15"))
    cohort = Cohort.objects.get(name="Autumn")
    assert cohort.places == 15
    edit = reverse("pathway:cohort_edit", args=[cohort.pk])
    assert 'value="15"' in client.get(edit).content.decode()

    client.post(edit, new_cohort(world, places=""))

    cohort.refresh_from_db()
    assert cohort.places is None


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ("0", "A cohort has at least 1 place"),
        ("some", "Enter the places as a number, like 15"),
        ("40000", "Enter 5,000 places or fewer"),
    ],
)
def test_places_are_a_number(world, sign_in, places, words):
    answer = sign_in(world.ld_lead).post(reverse("pathway:cohort_new"), new_cohort(world, places=places))

    assert is_refused(answer)
    assert words in answer.content.decode()
    assert not Cohort.objects.filter(name="Autumn").exists()
