"""Mentors that are proposed for somebody."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import Mentoring, MentorRecord
from tests.factories.accounts import member
from tests.factories.pathway import (
    MentorRecordFactory,
)
from tests.integration.pathway.people_forms import add_url, edit_url, posted
from tests.integration.pathway.posting import is_refused

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


def record(world, mentor, **fields):
    return MentorRecordFactory(organisation=world.organisation, mentor=mentor, **fields)


def options(page):
    """Labels of the mentors offered, under the names of their groups."""
    select = page[page.index('name="mentor"') :].partition("</select>")[0]
    groups = re.findall(r'<optgroup label="(.*?)">(.*?)</optgroup>', select, re.DOTALL)
    return {label: re.findall(r"<option[^>]*>(.*?)</option>", rows, re.DOTALL) for label, rows in groups}


def test_proposals_say_what_speaks_for_and_against_the_best_first(world, sign_in):
    until = TODAY() + 200 * DAY
    on = f"{until.day} {until:%B %Y}"
    free, busy = (member(world.organisation, name=name) for name in ("Grace Free", "Bea Busy"))
    gone, late = (member(world.organisation, name=name) for name in ("Gus Gone", "Lea Late"))
    record(world, world.mentor, registered_until=until)
    record(world, free, registered_until=until)
    record(world, busy, capacity=0)
    record(world, gone, retired_on=TODAY())
    record(world, late, registered_until=TODAY() - DAY)
    record(world, world.line_manager)
    short = world.supervisor.get_short_name()

    page = sign_in(world.ld_lead).get(edit_url(world)).content.decode()

    found = options(page.replace("&#x27;", "'"))
    assert found["Mentors who can take somebody"] == [
        f"Grace Free: 0 of 2 people, registered until {on}, not {short}’s line manager",
        f"{world.mentor.name}: 1 of 2 people, registered until {on}, not {short}’s line manager",
    ]
    ran_out = TODAY() - DAY
    assert found["Mentors with something to think about first"] == [
        f"{world.line_manager.name}: is {short}’s line manager",
        "Bea Busy: has 0 of 0 people already",
        f"Lea Late: registration ran out on {ran_out.day} {ran_out:%B %Y}",
    ]
    assert "Gus Gone" not in str(found.values())


def test_somebody_on_the_list_needs_no_ticks(world, sign_in, newcomer):
    record(world, world.mentor)
    data = posted(world, supervisor=newcomer.pk, is_registered="", has_two_years="")

    assert sign_in(world.ld_lead).post(add_url(world), data).status_code == 302

    pairing = Mentoring.objects.get(enrolment__supervisor=newcomer)
    assert (pairing.mentor, pairing.is_registered, pairing.has_two_years) == (world.mentor, True, True)
    assert not AuditEvent.objects.filter(verb="confirmed mentor").exists()


@pytest.mark.parametrize("fields", [{"registered_until": None}, {"has_two_years": False}])
def test_somebody_whose_record_is_not_enough_needs_them(world, sign_in, newcomer, fields):
    row = record(world, world.mentor, **fields)
    client = sign_in(world.ld_lead)
    data = posted(world, supervisor=newcomer.pk)
    assert is_refused(client.post(add_url(world), data | {"is_registered": "", "has_two_years": ""}))

    client.post(add_url(world), data)

    row.refresh_from_db()
    assert (row.is_eligible(TODAY()), row.checked_by, row.checked_on) == (True, world.ld_lead, TODAY())


def test_ticks_put_somebody_on_the_list(world, sign_in, newcomer):
    sign_in(world.ld_lead).post(add_url(world), posted(world, supervisor=newcomer.pk))

    row = MentorRecord.objects.get()
    assert (row.organisation, row.mentor, row.has_two_years) == (world.organisation, world.mentor, True)
    assert (row.registered_until.month, row.registered_until.day) == (11, 30)
    assert row.registered_until >= TODAY()


def test_who_takes_nobody_new_stays_where_they_are(world, sign_in):
    record(world, world.mentor, retired_on=TODAY())
    client = sign_in(world.ld_lead)

    assert f'value="{world.mentor.pk}" selected' in client.get(edit_url(world)).content.decode()
    assert client.post(edit_url(world), posted(world)).status_code == 302
    data = posted(world, supervisor=member(world.organisation).pk)
    assert is_refused(client.post(add_url(world), data))
