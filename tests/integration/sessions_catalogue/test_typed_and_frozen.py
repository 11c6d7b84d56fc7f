"""A session freezes while somebody types on it: what they typed can still be read."""

import re
import uuid

import pytest
from django.urls import reverse

from accounts.models import WorkingCopy
from sessions_catalogue.services import own_sessions
from tests.factories.sessions_catalogue import ProgrammeSessionFactory, ScheduledSessionFactory
from tests.integration.test_saved_meanwhile import block, item, session
from tests.integration.test_writing_drafts import draft_on, keep

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def links_in(response):
    return re.findall(r'<a class="govuk-notification-banner__link" href="([^"]*)">typed on ', response.content.decode())


def new_item(world):
    row, *_, data = item(world)
    page = reverse("sessions_catalogue:own_item_new", args=[row.block.session_id, "introduction"])
    return row, f"{page}?id={uuid.uuid4()}", "text", data


def of(row):
    part = getattr(row, "block", row)
    return getattr(part, "session", part)


@pytest.mark.parametrize("form", [session, block, item, new_item], ids=lambda form: form.__name__)
@pytest.mark.parametrize("is_superseded", [False, True], ids=["frozen", "superseded"])
def test_the_page_that_says_so_leads_to_what_was_typed(world, sign_in, form, is_superseded):
    row, page, field, data = form(world)
    client, colleague = sign_in(world.ld_lead), sign_in(world.admin)
    drafted = draft_on(client.get(page))
    keep(client, world.ld_lead, drafted, data | {field: "Typed before"}, page)
    if is_superseded:
        own_sessions.next_version(session=of(row), by=world.admin)
    else:
        ScheduledSessionFactory(cohort=world.cohort, session=of(row))
    why = own_sessions.SUPERSEDED if is_superseded else own_sessions.FROZEN
    edit = reverse("sessions_catalogue:own_session_edit", args=[of(row).pk])
    for address in (page, edit):
        told = client.get(address, follow=True)
        assert told.redirect_chain == [(of(row).get_absolute_url(), 302)]
        assert links_in(told) == [f"{drafted.url}discard/"]
        assert f"{why}. What you did not save is kept: " in told.content.decode()
        # It is nobody else's.
        assert links_in(colleague.get(address, follow=True)) == []
    shown = client.get(links_in(told)[0])
    assert "Typed before" in shown.content.decode()
    client.post(links_in(told)[0], {"draft_revision": WorkingCopy.objects.get().revision})
    assert WorkingCopy.objects.exists() is False
    after = client.get(edit, follow=True)
    assert (links_in(after), why in after.content.decode()) == ([], True)


def test_what_was_typed_on_another_session_is_not_named(world, sign_in):
    frozen = ProgrammeSessionFactory(organisation=world.organisation, number=14)
    edit = reverse("sessions_catalogue:own_session_edit", args=[frozen.pk])
    _, page, field, data = item(world)
    client = sign_in(world.ld_lead)
    keep(client, world.ld_lead, draft_on(client.get(page)), data | {field: "Elsewhere"}, page)
    ScheduledSessionFactory(cohort=world.cohort, session=frozen)
    assert links_in(client.get(edit, follow=True)) == []
