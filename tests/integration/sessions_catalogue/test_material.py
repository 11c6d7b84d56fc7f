"""Tools, resources and their addresses."""

import datetime as dt
import uuid

import pytest
from django.core.management import call_command

from accounts.models import AuditEvent
from sessions_catalogue.models import LinkCheck, Resource, ResourceAddress, Tool
from sessions_catalogue.services import own_sessions
from tests.factories.sessions_catalogue import (
    BlockItemFactory,
    ProgrammeSessionFactory,
    ResourceAddressFactory,
    ResourceFactory,
    SessionBlockFactory,
    ToolFactory,
)
from tests.integration.pathway.posting import is_refused

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def supplied(db):
    call_command("load_standards")
    call_command("load_catalogue")


def test_tools_are_25_under_24_numbers(world, sign_in, supplied):
    page = page_of(sign_in(world.mentor), "/tools/")
    assert "25 tools under 24 numbers" in page
    assert page.count("<strong>Tool ") == 25
    assert page.count("<strong>Tool 11: ") == 2
    assert page.count(": no title given") == 5
    assert page.count("our description") == 5


def test_resources_are_filtered_by_kind(world, sign_in):
    film, reading = ResourceFactory(kind="film"), ResourceFactory(kind="reading")
    client = sign_in(world.mentor)
    shown = {
        address: [each.title in page_of(client, address) for each in (film, reading)]
        for address in ("/resources/", "/resources/?kind=film", "/resources/?kind=reading", "/resources/?kind=<x>")
    }
    assert list(shown.values()) == [[True, True], [True, False], [False, True], [True, True]]


@pytest.mark.parametrize("address", ["/tools/", "/resources/"])
def test_empty_lists_say_what_will_be_there(world, sign_in, address):
    assert " yet</p>" in page_of(sign_in(world.mentor), address)


@pytest.mark.parametrize(("address", "queries"), [("/tools/", 7), ("/resources/", 9)])
@pytest.mark.parametrize("number", [1, 3])
def test_lists_take_the_same_queries_for_any_number(
    world, sign_in, django_assert_num_queries, address, queries, number
):
    for each in range(1, number + 1):
        block = SessionBlockFactory(session=ProgrammeSessionFactory(number=each))
        resource = ResourceFactory()
        ResourceAddressFactory(resource=resource, organisation=world.organisation)
        BlockItemFactory(block=block, tool=ToolFactory(), resource=resource)
    client = sign_in(world.admin)
    page_of(client, address)
    with django_assert_num_queries(queries):
        page_of(client, address)


@pytest.mark.parametrize("role", ["admin", "ld_lead"])
def test_an_address_is_saved_changed_and_taken_away(world, sign_in, role):
    resource, client = ResourceFactory(), sign_in(getattr(world, role))
    address = f"/resources/{resource.pk}/address/"
    assert f'href="{address}"' in page_of(client, "/resources/")
    for typed, saved in [
        ("https://one.example.org/", ["https://one.example.org/"]),
        ("two.example.org/film", ["https://two.example.org/film"]),
        ("", []),
        ("", []),
    ]:
        answer = client.post(address, {"address": typed})
        assert (answer.status_code, answer.url) == (302, "/resources/")
        rows = ResourceAddress.objects.filter(resource=resource, organisation=world.organisation)
        assert [row.address for row in rows] == saved
    verbs = AuditEvent.objects.filter(target_id=resource.pk).order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["set resource address", "set resource address", "cleared resource address"]


def test_other_organisations_keep_their_own(world, sign_in):
    resource = ResourceFactory()
    theirs = ResourceAddressFactory(resource=resource, organisation=world.other.organisation)
    client = sign_in(world.admin)
    client.post(f"/resources/{resource.pk}/address/", {"address": "https://ours.example.org/"})
    client.post(f"/resources/{resource.pk}/address/", {"address": ""})
    assert [row.pk for row in ResourceAddress.objects.all()] == [theirs.pk]
    assert theirs.address not in page_of(client, "/resources/")


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", "ftp://example.org/film", "data:text/html,x", "not an address", "https://" + "a" * 600],
)
def test_a_wrong_address_is_kept_and_says_how_to_mend_it(world, sign_in, typed):
    resource = ResourceFactory()
    answer = sign_in(world.admin).post(f"/resources/{resource.pk}/address/", {"address": typed})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error: " in page
    assert "Enter a web address" in page
    assert f'value="{typed}"' in page
    assert ResourceAddress.objects.count() == 0


@pytest.mark.parametrize("role", ["supervisor", "mentor", "line_manager", "senior_leader", "outsider", "panel_member"])
def test_others_may_not_keep_addresses(world, sign_in, role):
    resource, client = ResourceFactory(), sign_in(getattr(world, role))
    address = f"/resources/{resource.pk}/address/"
    assert client.get(address).status_code == 403
    assert client.post(address, {"address": "https://x.example.org/"}).status_code == 403
    assert address not in page_of(client, "/resources/")
    assert ResourceAddress.objects.count() == 0


def test_another_organisations_resource_is_not_found(world, sign_in):
    resource = ResourceFactory(organisation=world.other.organisation)
    client = sign_in(world.admin)
    assert client.get(f"/resources/{resource.pk}/address/").status_code == 404
    assert resource.title not in page_of(client, "/resources/")


# --- one's own ---------------------------------------------------------------------------------------------
RESOURCE = {"kind": "film", "title": "Our film", "publisher": "Us", "description": "What\nit shows",
            "address": "https://here.example.org/film", "licence_note": "Inside the council"}  # fmt: skip
TOOL = {"number": "40", "title": "Our tool", "description": "What it is for"}
KEEPERS = ("ld_lead", "admin")
OTHERS = ("supervisor", "mentor", "line_manager", "panel_member", "senior_leader", "outsider")


@pytest.mark.parametrize("role", KEEPERS)
@pytest.mark.parametrize(("model", "page", "posted"), [(Resource, "resources", RESOURCE), (Tool, "tools", TOOL)])
def test_one_of_ones_own_is_added_once(world, sign_in, role, model, page, posted):
    client, pk = sign_in(getattr(world, role)), uuid.uuid4()
    assert f'href="/{page}/new/"' in page_of(client, f"/{page}/")
    for _ in range(2):
        answer = client.post(f"/{page}/new/?id={pk}", {**posted, "id": pk})
    row = model.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/{page}/#{row.key}")
    assert (row.pk, row.organisation) == (pk, world.organisation)
    assert {name: str(getattr(row, name)) for name in posted} == posted
    assert row.key.startswith("our-")
    shown = page_of(client, f"/{page}/")
    assert (posted["title"] in shown, "Your organisation’s own" in shown) == (True, True)
    assert posted["title"] not in page_of(sign_in(world.other.admin), f"/{page}/")


@pytest.mark.parametrize(
    ("page", "posted", "words"),
    [
        ("resources", RESOURCE | {"title": ""}, "Enter a title"),
        ("resources", RESOURCE | {"kind": ""}, "Choose what it is"),
        ("resources", RESOURCE | {"address": "javascript:alert(1)"}, "Enter a web address"),
        ("tools", TOOL | {"number": "x"}, "Enter a number from 1 to 999"),
        ("tools", TOOL | {"description": " "}, "Enter in a sentence or two what the tool is for"),
    ],
)
def test_a_wrong_one_is_shown_again_with_what_was_typed(world, sign_in, page, posted, words):
    answer = sign_in(world.admin).post(f"/{page}/new/", posted)
    assert is_refused(answer)
    assert words in answer.content.decode()
    assert [value in answer.content.decode() for value in posted.values()].count(False) <= 1
    assert (Resource.objects.count(), Tool.objects.count()) == (0, 0)


def test_one_of_ones_own_is_changed_retired_and_brought_back(world, sign_in):
    resource = ResourceFactory(organisation=world.organisation, title="Before")
    client, base = sign_in(world.ld_lead), f"/resources/{resource.pk}"
    assert 'value="Before"' in page_of(client, f"{base}/edit/")
    client.post(f"{base}/edit/", RESOURCE | {"revision": 1})
    assert "Our film" in page_of(sign_in(world.mentor), "/resources/")
    assert "Sessions that name it keep it" in page_of(client, f"{base}/retire/")
    client.post(f"{base}/retire/")
    assert "Our film" not in page_of(sign_in(world.mentor), "/resources/")
    assert "no longer offered" in page_of(client, "/resources/")
    client.post(f"{base}/bring-back/")
    assert "Our film" in page_of(sign_in(world.mentor), "/resources/")
    verbs = AuditEvent.objects.filter(target_id=resource.pk).order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["changed resource", "retired resource", "brought back resource"]


@pytest.mark.parametrize("role", OTHERS)
def test_others_may_not_keep_material(world, sign_in, role):
    resource, client = ResourceFactory(organisation=world.organisation), sign_in(getattr(world, role))
    for address in ("/resources/new/", f"/resources/{resource.pk}/edit/", f"/resources/{resource.pk}/retire/"):
        assert [client.get(address).status_code, client.post(address, RESOURCE).status_code] == [403, 403]
        assert address not in page_of(client, "/resources/")
    assert client.post(f"/resources/{resource.pk}/bring-back/").status_code == 403


def test_supplied_material_is_nobodys_to_change(world, sign_in):
    client = sign_in(world.admin)
    for address in (f"/resources/{ResourceFactory().pk}", f"/tools/{ToolFactory().pk}"):
        for action in ("edit", "retire"):
            assert client.get(f"{address}/{action}/").status_code == 403
            assert client.post(f"{address}/{action}/", RESOURCE | TOOL).status_code == 403


def test_the_lists_name_the_sessions_of_ones_own_and_of_nobody_else(world, sign_in):
    resource = ResourceFactory()
    session = ProgrammeSessionFactory(number=4)
    BlockItemFactory(block=SessionBlockFactory(session=session), resource=resource)
    for each in (world, world.other):
        own_sessions.copy_session(session=session, organisation=each.organisation, by=each.admin)
    page = page_of(sign_in(world.mentor), "/resources/")
    assert (page.count(">session 4<"), page.count(">session 4 (your own)<")) == (1, 1)


# --- addresses that do not answer --------------------------------------------------------------------------
def dead(address):
    LinkCheck.objects.create(
        address=address,
        checked_at=dt.datetime(2027, 3, 10, 10, tzinfo=dt.UTC),
        is_dead=True,
        dead_since=dt.datetime(2027, 3, 3, 10, tzinfo=dt.UTC),
        status=404,
        problem="The address answers “not found”.",
    )


def test_what_does_not_answer_is_counted_and_can_be_changed(world, sign_in):
    resource, alive = (
        ResourceFactory(address="https://gone.example.org/"),
        ResourceFactory(address="https://a.example/"),
    )
    dead(resource.address)
    client = sign_in(world.ld_lead)
    page = page_of(client, "/resources/")
    assert '?show=dead">1 address does not answer</a>' in page
    assert "Does not answer since 3 March 2027. The address answers “not found”." in page
    assert f'href="/resources/{resource.pk}/address/"' in page
    only = page_of(client, "/resources/?show=dead")
    assert (resource.title in only, alive.title in only) == (True, False)


def test_readers_are_told_quietly(world, sign_in):
    resource = ResourceFactory(address="https://gone.example.org/")
    BlockItemFactory(block=SessionBlockFactory(session=ProgrammeSessionFactory(number=1)), resource=resource)
    dead(resource.address)
    for address in ("/sessions/1/", "/resources/"):
        page = page_of(sign_in(world.supervisor), address)
        assert "This address did not answer when we last looked." in page
        assert "not found" not in page
        assert "does not answer</a>" not in page


def test_an_address_that_others_have_is_not_ones_own(world, sign_in):
    """The organisation has an address that answers; the publisher's and another organisation's do not matter."""
    resource = ResourceFactory(address="https://gone.example.org/")
    ResourceAddressFactory(resource=resource, organisation=world.organisation, address="https://here.example.org/")
    ResourceAddressFactory(resource=resource, organisation=world.other.organisation, address="https://x.example.org/")
    dead("https://gone.example.org/")
    dead("https://x.example.org/")
    assert "not answer" not in page_of(sign_in(world.admin), "/resources/")
    assert page_of(sign_in(world.other.admin), "/resources/").count("Does not answer since") == 1
