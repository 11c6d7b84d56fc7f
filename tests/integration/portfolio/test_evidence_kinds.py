"""What kind a piece is, the areas it may speak to, and its tags."""

import json
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import WorkingCopy
from portfolio.models import Attachment, Evidence
from portfolio.queries import own_tags, readable
from sessions_catalogue.models import WorksheetTemplate
from tests.factories.observations import draft, reflected, released
from tests.factories.portfolio import EvidenceFactory, shared, text_file
from tests.factories.sessions_catalogue import ProgrammeSessionFactory
from tests.integration.portfolio.test_sources import sheet_of

NEW = reverse("portfolio:evidence_new")


def edit_url(piece):
    return reverse("portfolio:evidence_edit", args=[piece.pk])


def opened(client, **query):
    return client.get(NEW, query, follow=True)


@pytest.fixture
def pqs(world, areas):
    """The areas as those of the supplied standard, of which there are lists of words."""
    standard = areas[0].standard
    standard.series = "pqs-adults"
    standard.save(update_fields=["series"])
    return areas


def test_the_kind_is_kept_in_the_piece_and_in_its_version(world, sign_in, posted):
    client = sign_in(world.supervisor)
    client.post(NEW, posted(kind="went_well"))
    piece = Evidence.objects.get()
    assert (piece.kind, piece.versions.get().kind) == ("went_well", "went_well")
    assert client.get(edit_url(piece)).context["form"].chosen_kind == "went_well"
    client.post(edit_url(piece), posted(kind="cpd", version=1))
    assert list(piece.versions.values_list("kind", flat=True)) == ["went_well", "cpd"]
    assert readable(world.supervisor, Evidence.objects.get()).kind_label == "Professional development"


def test_a_kind_that_is_none_is_refused_and_what_was_typed_stays(world, sign_in, posted):
    response = sign_in(world.supervisor).post(NEW, posted(kind="secret"))
    assert response.context["form"].errors == {"kind": ["Choose one of the kinds"]}
    assert "We talked about what we had avoided." in response.content.decode()


def test_readers_read_the_kind_that_was_shared(world, sign_in, posted):
    piece = shared(world.enrolment, kind="feedback")
    sign_in(world.supervisor).post(
        edit_url(piece),
        posted(kind="audit", version=2, title=piece.title, body=piece.body, on=piece.happened_on),
    )
    piece.refresh_from_db()
    own, theirs = readable(world.supervisor, piece), readable(world.mentor, piece)
    assert (own.kind, theirs.kind) == ("audit", "feedback")


def test_the_kind_begins_by_where_one_comes_from(world, sign_in, areas):
    session = ProgrammeSessionFactory(number=4, area=areas[0])
    sheet, audit = sheet_of(world.enrolment), sheet_of(world.enrolment)
    WorksheetTemplate.objects.filter(pk=audit.template_id).update(key="reflective-supervision-audit")
    client = sign_in(world.supervisor)
    begun = {
        "": {},
        "session": {"session": session.number},
        "worksheet": {"from": f"worksheet:{sheet.pk}"},
        "audit": {"from": f"worksheet:{audit.pk}"},
        "said": {"session": session.number, "kind": "went_well"},
        "nonsense": {"kind": "x"},
    }
    assert {name: opened(client, **query).context["form"].chosen_kind for name, query in begun.items()} == {
        "": "plain", "session": "session", "worksheet": "session", "audit": "audit", "said": "went_well",
        "nonsense": "plain",
    }  # fmt: skip


def test_every_kind_s_questions_are_on_the_page_those_of_others_hidden(world, sign_in):
    page = opened(sign_in(world.supervisor), kind="went_well").content.decode()
    assert page.count("data-guide=") == len(Evidence.Kind.values)
    shown = re.findall(r'data-guide="(\w+)"( hidden)?>', page)
    assert [kind for kind, hidden in shown if not hidden] == ["went_well"]


def test_showing_another_kind_keeps_what_is_typed_and_says_nothing_of_errors(world, sign_in, posted, areas):
    client = sign_in(world.supervisor)
    data = posted(areas={areas[1]: "My reason"}, title="", body="Half a thought", kind="audit", tags="first, second")
    response = client.post(NEW, data | {"show_kind": "1", "attachments": [text_file()]})
    form, page = response.context["form"], response.content.decode()
    assert (response.status_code, dict(form.errors), form.chosen_kind) == (200, {}, "audit")
    assert (form["body"].value(), form["why_2"].value(), form["tags"].value()) == (
        "Half a thought", "My reason", "first, second",
    )  # fmt: skip
    assert "There is a problem" not in page
    assert [row.name for row in form.kept_rows] == ["notes.txt"]
    assert (Evidence.objects.count(), Attachment.objects.unclaimed().count()) == (0, 1)


def test_a_bad_file_is_named_even_then(world, sign_in, posted):
    response = sign_in(world.supervisor).post(
        NEW, posted(title="") | {"suggest": "1", "attachments": [text_file("page.html", b"<html></html>")]}
    )
    assert response.context["form"].errors == {
        "attachments": ["“page.html” holds web page or program code. Save it as a PDF and choose that"]
    }


def test_areas_are_suggested_and_one_is_taken_with_one_press(world, sign_in, posted, pqs):
    client = sign_in(world.supervisor)
    data = posted(body="We looked at values and ethics; then at policies and leadership.", title="")
    response = client.post(NEW, data | {"suggest": "1"})
    found = [row.area for row in response.context["suggestions"]]
    assert found == [pqs[0], pqs[1]]
    assert response.context["form"].chosen_areas == []
    response = client.post(NEW, data | {"add_area": str(pqs[1].pk)})
    form = response.context["form"]
    assert (form.chosen_areas, [row.area for row in response.context["suggestions"]]) == ([pqs[1].pk], [pqs[0]])
    assert form["body"].value() == data["body"]
    assert not Evidence.objects.exists()


def test_nothing_is_ticked_but_the_sessions_own_area(world, sign_in, pqs):
    ProgrammeSessionFactory(number=4, area=pqs[0])
    response = opened(sign_in(world.supervisor), session=4, kind="change")
    assert response.context["form"].chosen_areas == [pqs[0].pk]
    assert [row.area for row in response.context["suggestions"]] == [pqs[1]]


def test_areas_are_suggested_while_one_types(world, sign_in, pqs):
    client = sign_in(world.supervisor)
    address = reverse("portfolio:areas_suggested", args=[uuid.uuid4()])
    typed = {"title": "Values", "body": "and <script>ethics</script>", "kind": "plain", "areas": [], "session_area": ""}
    page = client.post(address, typed).content.decode()
    assert "Add area 1" in page
    assert "You write of “values” and “ethics”." in page
    assert "script" not in page
    assert client.post(address, typed | {"areas": [str(pqs[0].pk)]}).content.decode().strip() == ""
    taken = client.post(address, {"session_area": str(pqs[2].pk), "kind": "nonsense"}).content.decode()
    assert "Add area 3" in taken
    assert client.get(address).status_code == 405


@pytest.mark.parametrize("person", ["mentor", "ld_lead", "outsider"])
def test_nobody_else_is_suggested_anything(world, sign_in, person):
    piece = shared(world.enrolment)
    client = sign_in(getattr(world, person))
    of_piece = client.post(reverse("portfolio:areas_suggested", args=[piece.pk])).status_code
    of_none = client.post(reverse("portfolio:areas_suggested", args=[uuid.uuid4()])).status_code
    assert (of_piece, of_none) == (403 if person == "mentor" else 404, 404)


def test_more_than_three_areas_are_said_quietly(world, sign_in, posted, areas):
    client = sign_in(world.supervisor)
    for number in (3, 4):
        data = posted(areas=dict.fromkeys(areas[:number], "")) | {"suggest": "1"}
        page = client.post(NEW, data).content.decode()
        assert ("data-many-areas>" in page) is (number == 4)
        assert "Fewer, better" in page


def test_tags_are_saved_as_typed_each_once(world, sign_in, posted):
    client = sign_in(world.supervisor)
    client.post(NEW, posted(tags=" one to keep, Team ,, team,panel "))
    piece = Evidence.objects.get()
    assert piece.tags == ["one to keep", "team", "panel"]
    response = client.get(edit_url(piece))
    assert response.context["form"]["tags"].value() == "one to keep, team, panel"
    assert '<option value="one to keep"></option>' in response.content.decode()
    client.post(edit_url(piece), posted(tags="", version=1))
    piece.refresh_from_db()
    assert piece.tags == []


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        (", ".join(f"t{n}" for n in range(11)), "Choose no more than 10 tags; there are 11 now"),
        ("fine, " + "x" * 41, f"“{'x' * 40}…” is too long for a tag: use 40 characters or fewer"),
    ],
)
def test_too_many_or_too_long_tags_are_refused(world, sign_in, posted, tags, said):
    response = sign_in(world.supervisor).post(NEW, posted(tags=tags))
    assert response.context["form"].errors == {"tags": [said]}
    assert not Evidence.objects.exists()


def test_tags_are_ones_own(world, sign_in):
    for enrolment, tag in ((world.enrolment, "CANARYMINE"), (world.other.enrolment, "theirs")):
        EvidenceFactory(enrolment=enrolment, tags=[tag])
    EvidenceFactory(enrolment=world.enrolment, tags=["thrown"], discarded_at=timezone.now())
    assert own_tags(world.supervisor, world.organisation.pk) == ["CANARYMINE"]
    piece = shared(world.enrolment, tags=["CANARYTAG"])
    for path in (piece.get_absolute_url(), f"/people/{world.enrolment.pk}/evidence/"):
        page = sign_in(world.mentor).get(path)
        assert (page.status_code, "CANARY" in page.content.decode()) == (200, False)


def test_a_draft_has_the_kind_and_the_tags(world, sign_in, posted):
    client, data = sign_in(world.supervisor), posted(kind="change", tags="half, done")
    payload = {name: value if isinstance(value, list) else [str(value)] for name, value in data.items() if value != []}
    sent = {"payload": payload, "revision": 0, "based_on": 0, "page": "", "author": str(world.supervisor.pk)}
    address = reverse("accounts:draft", args=["evidence", data["id"]])
    client.post(address, json.dumps(sent), content_type="application/json")
    form = client.get(NEW, {"id": data["id"]}).context["form"]
    assert (form.chosen_kind, form["tags"].value()) == ("change", "half, done")
    assert "Team day" in client.get(NEW, follow=True).content.decode()  # by its name, not by its kind
    discard = client.get(f"{address}discard/").content.decode()
    assert "A change in policy or practice" in discard
    assert "half, done" in discard
    assert WorkingCopy.objects.count() == 1


def test_from_an_observation_comes_ones_own_reflection_and_no_word_of_the_observer(world, sign_in):
    seen = reflected(world.enrolment, reflection="I waited longer", noticed="CANARYNOTICED")
    response = opened(sign_in(world.supervisor), **{"from": f"observation:{seen.pk}"})
    form = response.context["form"]
    assert (form["body"].value(), form.chosen_kind, form["happened_on"].value()) == (
        "I waited longer", "reflection", seen.observed_on,
    )  # fmt: skip
    assert "CANARY" not in response.content.decode()


def test_from_an_observation_that_is_not_there_for_the_person(world, sign_in):
    unreleased = draft(world.enrolment)
    foreign = released(world.other.enrolment)
    client = sign_in(world.supervisor)
    for row in (unreleased, foreign):
        assert opened(client, **{"from": f"observation:{row.pk}"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_costs_the_same_however_much(world, sign_in, areas, django_assert_num_queries, count):
    pieces = [EvidenceFactory(enrolment=world.enrolment, tags=[f"tag {n}"]) for n in range(count)]
    client = sign_in(world.supervisor)
    address = client.get(NEW).url
    with django_assert_num_queries(12):
        client.get(address)
    with django_assert_num_queries(14):
        client.get(edit_url(pieces[0]))
    with django_assert_num_queries(7):
        client.post(reverse("portfolio:areas_suggested", args=[pieces[0].pk]), {"body": "values"})
