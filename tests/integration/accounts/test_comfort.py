"""Choosing how pages read: for oneself alone, on every page, with no further query."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, User

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PAGE = reverse("accounts:comfort")
CHOSEN = {"font": "hyperlegible", "text_size": "largest", "spacing": "widest", "tint": "cream"}
ON_HTML = '<html lang="en-GB" class="govuk-template" data-font="hyperlegible" data-size="largest" data-spacing="widest" data-tint="cream">'  # noqa: E501 -- one line of the page
STANDARD = '<html lang="en-GB" class="govuk-template">'


def chosen(user):
    return User.objects.values("font", "text_size", "spacing", "tint").get(pk=user.pk)


def test_what_is_chosen_is_on_every_page_of_that_person_alone(world, sign_in):
    client = sign_in(world.supervisor)
    assert client.post(PAGE, CHOSEN).url == PAGE
    assert chosen(world.supervisor) == CHOSEN
    for page in (PAGE, "/", "/account/", "/nothing-here/"):
        assert ON_HTML in client.get(page).content.decode()
    assert STANDARD in sign_in(world.mentor).get("/").content.decode()
    assert chosen(world.mentor) == dict.fromkeys(CHOSEN, "")
    client.logout()
    assert STANDARD in client.get("/login/", follow=True).content.decode()
    assert not AuditEvent.objects.exists()


def test_one_may_go_back_to_the_standard(world, sign_in):
    User.objects.filter(pk=world.supervisor.pk).update(**CHOSEN)
    client = sign_in(world.supervisor)
    client.post(PAGE, dict.fromkeys(CHOSEN, ""))
    assert chosen(world.supervisor) == dict.fromkeys(CHOSEN, "")
    assert STANDARD in client.get(PAGE).content.decode()


def test_a_choice_can_be_seen_before_it_is_saved(world, sign_in):
    client = sign_in(world.supervisor)
    answer = client.post(PAGE, CHOSEN | {"show": "Show me first"})
    assert (answer.status_code, ON_HTML in answer.content.decode()) == (200, True)
    assert "It is not saved yet" in answer.content.decode()
    assert chosen(world.supervisor) == dict.fromkeys(CHOSEN, "")
    assert STANDARD in client.get(PAGE).content.decode()


@pytest.mark.parametrize("field", CHOSEN)
def test_what_nobody_offered_is_refused(world, sign_in, field):
    answer = sign_in(world.supervisor).post(PAGE, CHOSEN | {field: '"><script>'})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert chosen(world.supervisor) == dict.fromkeys(CHOSEN, "")
    assert "<script>" not in answer.content.decode().replace('<script type="module"', "").replace("<script src", "")


def test_the_page_costs_the_same_with_and_without_a_choice(world, sign_in, django_assert_num_queries):
    client = sign_in(world.supervisor)
    client.get(PAGE)
    with django_assert_num_queries(5):
        client.get(PAGE)
    client.post(PAGE, CHOSEN)
    client.get(PAGE)
    with django_assert_num_queries(5):
        client.get(PAGE)
