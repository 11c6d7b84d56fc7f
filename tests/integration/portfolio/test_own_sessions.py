"""The same pages for a session that an organisation wrote itself."""

import uuid

from django.urls import reverse

from portfolio.models import Evidence, Note
from sessions_catalogue.models import ProgrammeSession
from tests.factories.accounts import MembershipFactory
from tests.factories.sessions_catalogue import ProgrammeSessionFactory


def test_the_screen_of_an_organisations_own_session(world, sign_in, areas):
    own, foreign = own_session(world.organisation, area=areas[1]), own_session(world.other.organisation)
    client = sign_in(world.supervisor)
    address = reverse("portfolio:own_last_fifteen", args=[own.pk])
    client.post(f"{address}?choice=reflection", {"id": str(uuid.uuid4()), "text": "From ours"})
    note = Note.objects.get()
    assert (note.session, note.area) == (own, areas[1])
    assert client.get(address).context["evidence_url"] == f"/evidence/new/?session={own.pk}"
    assert client.get(reverse("portfolio:own_last_fifteen", args=[foreign.pk])).status_code == 404


def test_the_follow_up_of_an_organisations_own_session(world, sign_in, areas):
    own, foreign = own_session(world.organisation), own_session(world.other.organisation)
    client = sign_in(world.supervisor)
    address = reverse("portfolio:own_follow_up", args=[own.pk])
    day = {"done_on_day": "1", "done_on_month": "2", "done_on_year": "2026"}
    client.post(address, {"revision": 0, "text": "Well", "evidence": "", **day})
    evidence = Evidence.objects.get()
    assert (evidence.session, evidence.title) == (own, "Follow-up of session 7")
    assert client.get(address).context["form"]["text"].value() == "Well"
    assert client.get(reverse("portfolio:own_follow_up", args=[foreign.pk])).status_code == 404


def test_evidence_from_an_organisations_own_session(world, sign_in, areas):
    own, foreign = own_session(world.organisation, area=areas[1]), own_session(world.other.organisation)
    client = sign_in(world.supervisor)
    page = client.get(reverse("portfolio:evidence_new"), {"session": own.pk}, follow=True)
    assert (page.context["session"], page.context["form"]["areas"].value()) == (own, [str(areas[1].pk)])
    assert client.get(reverse("portfolio:evidence_new"), {"session": foreign.pk}, follow=True).status_code == 404


def test_each_organisations_version_of_a_number_stays_in_its_own_year(world, sign_in, areas):
    """Somebody of two organisations, each of which has its own session 7 beside the supplied one."""
    supplied = ProgrammeSessionFactory(number=7, area=areas[0])
    own, foreign = own_session(world.organisation, area=areas[1]), own_session(world.other.organisation)
    MembershipFactory(user=world.supervisor, organisation=world.other.organisation)
    client = sign_in(world.supervisor)
    new = reverse("portfolio:evidence_new")
    assert client.get(new, {"session": 7}, follow=True).context["session"] == supplied
    assert client.get(new, {"session": foreign.pk}, follow=True).status_code == 404
    page = client.get(own.get_absolute_url()).content.decode()
    assert f'href="{new}?session={own.pk}"' in page
    assert f'href="{new}?session=7"' in client.get(supplied.get_absolute_url()).content.decode()


def test_evidence_is_one_press_away_wherever_one_works_with_a_session(world, sign_in, areas):
    supplied = ProgrammeSessionFactory(number=7, area=areas[0])
    own = own_session(world.organisation)
    client = sign_in(world.supervisor)
    for session, named, prefix, where in ((supplied, 7, "", 7), (own, own.pk, "own_", own.pk)):
        for page in ("portfolio:{}last_fifteen", "portfolio:{}follow_up", "sessions_catalogue:{}workspace"):
            shown = client.get(reverse(page.format(prefix), args=[where])).content.decode()
            assert f'href="/evidence/new/?session={named}"' in shown, (page, session)


def own_session(organisation, **fields):
    return ProgrammeSession.objects.create(
        series="own", organisation=organisation, number=7, slug="own", title="Ours", overview="", day=1, **fields
    )
