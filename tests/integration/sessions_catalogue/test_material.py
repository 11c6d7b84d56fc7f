"""Tools, resources and their addresses."""

import pytest
from django.core.management import call_command

from accounts.models import AuditEvent
from sessions_catalogue.models import ResourceAddress
from tests.factories.sessions_catalogue import (
    BlockItemFactory,
    ProgrammeSessionFactory,
    ResourceAddressFactory,
    ResourceFactory,
    SessionBlockFactory,
    ToolFactory,
)

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
