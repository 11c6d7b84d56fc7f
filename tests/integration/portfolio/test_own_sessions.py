"""The same pages for a session that an organisation wrote itself."""

import uuid

from django.urls import reverse

from portfolio.models import Evidence, Note
from sessions_catalogue.models import ProgrammeSession


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


def own_session(organisation, **fields):
    return ProgrammeSession.objects.create(
        series="own", organisation=organisation, number=7, slug="own", title="Ours", overview="", day=1, **fields
    )
