import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from pathway.models import Cohort, ParticipationNeed
from pathway.services.cohorts import close_cohort
from tests.factories.pathway import EnrolmentFactory
from tests.integration.pathway.posting import is_refused

WORDS = "A room without steps.\nCaptions."


def url(world):
    return reverse("pathway:needs", args=[world.enrolment.pk])


def began_from():
    """What the form that is open carries."""
    row = ParticipationNeed.objects.first()
    return {"id": row.pk, "revision": row.revision} if row else {"id": "", "revision": 0}


def people(world):
    return reverse("pathway:cohort_people", args=[world.cohort.pk])


def test_the_person_says_changes_and_takes_back_what_they_need(world, sign_in):
    client = sign_in(world.supervisor)

    for text in (WORDS, f"{WORDS} "):
        assert client.post(url(world), {"text": text} | began_from()).url == reverse("insights:pathway")
        assert ParticipationNeed.objects.get().text == text
    assert "Captions." in client.get(url(world)).content.decode()
    row = ParticipationNeed.objects.get()
    assert (row.enrolment, row.organisation) == (world.enrolment, world.organisation)

    client.post(url(world), {"text": " "} | began_from())

    assert not ParticipationNeed.objects.exists()
    assert list(AuditEvent.objects.order_by("at").values_list("verb", flat=True)) == [
        "said needs",
        "said needs",
        "took back needs",
    ]
    assert not AuditEvent.objects.visible_to(world.admin).exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("mentor", 403),
        ("line_manager", 403),
        ("ld_lead", 403),
        ("admin", 403),
        ("outsider", 404),
        ("panel_member", 404),
    ],
)
def test_nobody_else_writes_or_reads_it_there(world, sign_in, role, status):
    ParticipationNeed.objects.create(organisation=world.organisation, enrolment=world.enrolment, text=WORDS)
    client = sign_in(getattr(world, role))

    answer = client.get(url(world))
    assert (answer.status_code, "Captions" in answer.content.decode()) == (status, False)
    assert client.post(url(world), {"text": "Mine"}).status_code == status
    assert ParticipationNeed.objects.get().text == WORDS


def test_what_cannot_be_kept_is_refused(world, sign_in):
    for wrong in ({"text": "with a \x00"}, {"text": WORDS, "id": "none"}, {"text": WORDS, "revision": "one"}):
        answer = sign_in(world.supervisor).post(url(world), wrong)
        assert is_refused(answer)
        assert answer.context["form"]["text"].value() == wrong["text"]
    assert not ParticipationNeed.objects.exists()


def test_the_lead_reads_it_beside_the_name(world, sign_in):
    ParticipationNeed.objects.create(organisation=world.organisation, enrolment=world.enrolment, text=WORDS)
    EnrolmentFactory(cohort=world.cohort)

    page = sign_in(world.ld_lead).get(people(world)).content.decode()

    assert (page.count("What they need"), page.count("Captions.")) == (1, 1)


def test_it_goes_when_the_cohort_closes(world, sign_in):
    ParticipationNeed.objects.create(organisation=world.organisation, enrolment=world.enrolment, text=WORDS)
    ParticipationNeed.objects.create(
        organisation=world.other.organisation, enrolment=world.other.enrolment, text="Stays"
    )

    close_cohort(cohort=Cohort.objects.get(pk=world.cohort.pk), by=world.ld_lead)

    assert ParticipationNeed.objects.get().text == "Stays"
    event = AuditEvent.objects.get(verb="deleted needs")
    assert (event.target_id, event.actor, event.subject) == (world.cohort.pk, world.ld_lead, None)
    assert is_refused(sign_in(world.supervisor).post(url(world), {"text": WORDS}))
