"""When an address is looked at, and when it counts as dead."""

import datetime as dt

import pytest
from django.core.management import call_command

from pqs_portal.lib import links
from pqs_portal.lib.links import LinkResult
from sessions_catalogue import tasks
from sessions_catalogue.models import LinkCheck
from sessions_catalogue.services import link_checks
from sessions_catalogue.services.link_checks import check_due, found_nothing
from tests.factories.accounts import OrganisationFactory
from tests.factories.sessions_catalogue import ResourceAddressFactory, ResourceFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2027, 3, 3, 10, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
ALL_WELL = LinkResult(ok=True, status=200, problem="")
NOT_FOUND = LinkResult(ok=False, status=404, problem="The address answers “not found”.")
CLOSED = LinkResult(ok=False, status=403, problem="The address does not let the portal look.")


class Site:
    """Stands in for the world: ``answer`` is what every address says now."""

    def __init__(self, answer=ALL_WELL):
        self.answer, self.asked = answer, []

    def __call__(self, address):
        self.asked.append(address)
        return self.answer


def looked(site, now, **limits):
    """The addresses that were asked in one run."""
    site.asked = []
    check_due(now=now, ask=site, **limits)
    return site.asked


def test_addresses_of_publishers_and_of_organisations_are_looked_at_each_once():
    ResourceFactory(address="https://a.example.org/")
    resource = ResourceFactory(address="")
    for organisation in (OrganisationFactory(), OrganisationFactory()):
        ResourceAddressFactory(resource=resource, organisation=organisation, address="https://b.example.org/")
    assert looked(Site(), NOW) == ["https://a.example.org/", "https://b.example.org/"]


def test_an_address_is_looked_at_again_after_a_week():
    ResourceFactory(address="https://a.example.org/")
    site = Site()
    asked = [len(looked(site, NOW + days * DAY)) for days in (0, 1, 6, 7, 8, 14)]
    assert asked == [1, 0, 0, 1, 0, 1]


def test_what_was_not_found_once_is_looked_at_the_next_day():
    ResourceFactory(address="https://a.example.org/")
    site = Site(NOT_FOUND)
    asked = [len(looked(site, NOW + hours * HOUR)) for hours in (0, 1, 23, 24, 25, 24 * 7, 24 * 8)]
    assert asked == [1, 0, 0, 1, 0, 0, 1]


def states(answers):
    """(is dead, since which day) after each look, a day apart."""
    ResourceFactory(address="https://a.example.org/")
    site, found = Site(), []
    for days, answer in answers:
        site.answer = answer
        looked(site, NOW + days * DAY)
        row = LinkCheck.objects.get()
        found.append((row.is_dead, (row.dead_since - NOW).days if row.dead_since else None))
    return found


def test_an_address_is_dead_after_two_looks_a_day_apart_and_since_the_first():
    assert states([(0, NOT_FOUND), (1, NOT_FOUND), (8, NOT_FOUND)]) == [(False, 0), (True, 0), (True, 0)]


def test_an_address_that_answers_again_is_alive():
    found = states([(0, NOT_FOUND), (1, ALL_WELL), (8, NOT_FOUND), (9, NOT_FOUND), (16, ALL_WELL)])
    assert found == [(False, 0), (False, None), (False, 8), (True, 8), (False, None)]


def test_who_does_not_let_the_portal_look_is_not_dead():
    assert states([(0, CLOSED), (7, CLOSED)]) == [(False, None), (False, None)]
    assert LinkCheck.objects.get().problem == CLOSED.problem


@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, True), (410, True), (500, True), (503, True), (302, True), (None, True)]
    + [(status, False) for status in (400, 401, 403, 405, 429, 451)],
)
def test_which_answers_mean_that_nothing_is_there(status, expected):
    assert found_nothing(LinkResult(ok=False, status=status, problem="Something")) == expected


@pytest.mark.parametrize(
    "address",
    [
        "https://inside.example.org/",
        "https://10.0.0.1/",
        "https://example.org:8443/",
        "https://name@example.org/",
        "https://exam ple.org/",
    ],
)
def test_what_the_portal_did_not_ask_is_not_dead(address):
    """The words are those of the library: here they must be the same."""
    result = links.check(address, resolve=lambda host: ["192.168.1.2"])
    assert result.problem in link_checks.NOT_ASKED
    assert not found_nothing(result)


def test_a_name_that_nobody_has_means_that_nothing_is_there():
    assert found_nothing(links.check("https://gone.example.org/", resolve=lambda host: []))


def test_a_run_looks_at_some_and_the_next_at_the_others():
    for letter in "abc":
        ResourceFactory(address=f"https://{letter}.example.org/")
    site = Site()
    first, second, third = (looked(site, NOW + minutes * HOUR / 60, most=2) for minutes in (0, 1, 2))
    assert (first, second, third) == (
        ["https://a.example.org/", "https://b.example.org/"], ["https://c.example.org/"], []
    )  # fmt: skip


def test_a_run_ends_when_its_time_is_over():
    ResourceFactory(address="https://a.example.org/")
    assert looked(Site(), NOW, seconds=0) == []


def test_what_nobody_points_at_any_more_is_forgotten():
    resource = ResourceFactory(address="https://a.example.org/")
    looked(Site(NOT_FOUND), NOW)
    resource.address = "https://b.example.org/"
    resource.save()
    looked(Site(), NOW)
    assert list(LinkCheck.objects.values_list("address", flat=True)) == ["https://b.example.org/"]


def test_nothing_calls_out_unless_the_installation_says_so(settings, monkeypatch, capsys):
    ResourceFactory(address="https://a.example.org/")
    site = Site()
    monkeypatch.setattr(links, "check", lambda address, *, resolve: site(address))
    assert settings.LINK_CHECK is False
    assert tasks.check_links() == 0
    call_command("check_links")
    assert site.asked == []
    settings.LINK_CHECK = True
    call_command("check_links")
    assert site.asked == ["https://a.example.org/"]
    assert capsys.readouterr().out.splitlines() == [
        "LINK_CHECK is off, so no address was asked.", "Addresses looked at: 1."
    ]  # fmt: skip
    assert tasks.check_links() == 0
