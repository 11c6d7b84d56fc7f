"""What people are asked to do in the parts of an organisation's own session."""

import uuid

import pytest
from django.utils import timezone

from sessions_catalogue.models import BlockItem
from tests.factories.sessions_catalogue import ResourceFactory, ToolFactory
from tests.integration.pathway.posting import is_refused
from tests.integration.sessions_catalogue.test_own_sessions import page_of, texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_an_item_is_added_once(world, sign_in, own):
    client, pk = sign_in(world.ld_lead), uuid.uuid4()
    resource, tool = ResourceFactory(organisation=world.organisation), ToolFactory()
    address = f"/sessions/own/{own.pk}/parts/introduction/add/?id={pk}"
    assert resource.title in page_of(client, address)
    posted = {"id": pk, "kind": "film", "text": "Watch\nthis", "resource": resource.pk, "tool": tool.pk,
              "extract": "page 12"}  # fmt: skip
    for _ in range(2):
        assert client.post(address, posted).url == f"/sessions/own/{own.pk}/edit/#item-{pk}"
    item = BlockItem.objects.get(pk=pk)
    assert (item.kind, item.text, item.resource, item.tool, item.extract) == (
        "film", "Watch\nthis", resource, tool, "page 12"
    )  # fmt: skip
    assert texts(own) == ["Welcome", "Who are we?", "What for?", "Watch\nthis"]


def test_an_item_names_only_what_the_organisation_has_and_offers(world, sign_in, own):
    client, address = sign_in(world.admin), f"/sessions/own/{own.pk}/parts/introduction/add/"
    for made in (
        ResourceFactory(organisation=world.other.organisation),
        ResourceFactory(organisation=world.organisation, retired_at=timezone.now()),
    ):
        answer = client.post(address, {"kind": "film", "text": "Watch", "resource": made.pk})
        assert is_refused(answer)
        assert made.title not in answer.content.decode()
    assert len(texts(own)) == 3


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": ""}, "Choose what it is"),
        ({"text": "  "}, "Enter what people are asked to do"),
        ({"extract": "page 12"}, "Choose the resource that the part is of"),
        ({"tool": uuid.uuid4()}, "Choose one of the tools listed"),
    ],
)
def test_a_wrong_item_is_shown_again(world, sign_in, own, wrong, words):
    item = own.blocks.get(kind="introduction").items.first()
    answer = sign_in(world.admin).post(
        f"/sessions/own/{own.pk}/items/{item.pk}/", {"kind": "question", "text": "Typed anew", **wrong}
    )
    assert is_refused(answer)
    assert words in answer.content.decode()
    assert texts(own)[0] == "Welcome"


def test_an_item_keeps_a_resource_that_is_no_longer_offered(world, sign_in, own):
    resource = ResourceFactory(organisation=world.organisation, retired_at=timezone.now())
    item = own.blocks.get(kind="introduction").items.first()
    BlockItem.objects.filter(pk=item.pk).update(resource=resource)
    client, address = sign_in(world.admin), f"/sessions/own/{own.pk}/items/{item.pk}/"
    assert resource.title in page_of(client, address)
    client.post(address, {"revision": 1, "kind": "question", "text": "Changed", "resource": resource.pk})
    item.refresh_from_db()
    assert (item.text, item.resource) == ("Changed", resource)


def test_items_are_moved_by_buttons(world, sign_in, own):
    client, item = sign_in(world.admin), own.blocks.get(kind="introduction").items.first()
    orders = []
    for direction in ("down", "down", "down", "up", "up", "up"):
        answer = client.post(f"/sessions/own/{own.pk}/items/{item.pk}/move/", {"direction": direction})
        assert answer.url == f"/sessions/own/{own.pk}/edit/#item-{item.pk}"
        orders.append(texts(own).index("Welcome"))
    assert orders == [1, 2, 2, 1, 0, 0]


def test_an_item_is_taken_out_and_put_back(world, sign_in, own):
    client, item = sign_in(world.admin), own.blocks.get(kind="introduction").items.all()[1]
    address, edit = f"/sessions/own/{own.pk}/items/{item.pk}", f"/sessions/own/{own.pk}/edit/"
    assert "Who are we?" in page_of(client, f"{address}/remove/")
    assert client.post(f"{address}/remove/").url == f"{edit}#introduction"
    assert texts(own) == ["Welcome", "What for?"]
    assert "Who are we?" not in page_of(client, own.get_absolute_url())
    assert "Taken out (1)" in page_of(client, edit)
    assert client.post(f"{address}/put-back/").url == f"{edit}#item-{item.pk}"
    assert texts(own) == ["Welcome", "Who are we?", "What for?"]


def test_items_of_another_session_are_not_found(world, sign_in, supplied, own):
    foreign = supplied.blocks.get(kind="introduction").items.first()
    assert sign_in(world.admin).get(f"/sessions/own/{own.pk}/items/{foreign.pk}/").status_code == 404
    assert sign_in(world.admin).get(f"/sessions/own/{own.pk}/parts/nothing/").status_code == 404
