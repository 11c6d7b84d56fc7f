import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from reminders.models import Notification
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.reminders import DeliveryFactory, NotificationFactory

pytestmark = pytest.mark.django_db

LIST = reverse("reminders:notification_list")
ALL_READ = reverse("reminders:all_read")


@pytest.fixture
def person(db):
    return member(OrganisationFactory())


@pytest.fixture
def notice(person):
    """Makes a notice of the person's; later ones are older."""

    here = person.memberships.get().organisation

    def make(**values):
        number = Notification.objects.count()
        values.setdefault("organisation", here)
        return NotificationFactory(
            **{"recipient": person, "happened_at": timezone.now() - dt.timedelta(hours=number), **values}
        )

    return make


def titles(response):
    return [shown.title for shown in response.context["page"].object_list]


def test_unread_ones_come_first_then_the_newest(person, notice, sign_in):
    notice(title="read", read_at=timezone.now())
    notice(title="newer")
    notice(title="older", url="/sessions/7/")
    response = sign_in(person).get(LIST)
    assert response.status_code == 200
    assert titles(response) == ["newer", "older", "read"]
    page = response.content.decode()
    assert '<a class="govuk-link" href="/sessions/7/">older</a>' in page
    assert page.count("Mark as read") == 2
    assert page.count("Mark all as read") == 1


def test_looking_marks_nothing_as_read(person, notice, sign_in):
    notice()
    sign_in(person).get(LIST)
    assert Notification.objects.unread().count() == 1


def test_without_notices_it_says_what_will_come(person, sign_in):
    page = sign_in(person).get(LIST).content.decode()
    assert "No notices yet" in page
    assert "Mark all as read" not in page


def test_only_my_own_of_the_current_organisation_are_shown(person, notice, sign_in):
    notice(title="mine")
    colleague = member(person.memberships.get().organisation)
    notice(title="a colleague's", recipient=colleague)
    elsewhere = OrganisationFactory(name="Zz")
    notice(title="of an organisation I left", organisation=elsewhere)
    assert titles(sign_in(person).get(LIST)) == ["mine"]
    assert titles(sign_in(colleague).get(LIST)) == ["a colleague's"]


def test_thirty_a_page(person, notice, sign_in):
    for _ in range(31):
        notice()
    client = sign_in(person)
    assert len(titles(client.get(LIST))) == 30
    assert len(titles(client.get(f"{LIST}?page=2"))) == 1
    assert len(titles(client.get(f"{LIST}?page=nonsense"))) == 30


def test_a_failed_mail_is_said(person, notice, sign_in):
    mail = DeliveryFactory(organisation=person.memberships.get().organisation, recipient=person, state="failed")
    notice(delivery=mail)
    assert "The e-mail about this could not be sent" in sign_in(person).get(LIST).content.decode()


def test_a_hostile_title_is_only_text(person, notice, sign_in):
    notice(title="<script>alert(1)</script>")
    assert "<script>alert" not in sign_in(person).get(LIST).content.decode()


def test_marking_one_as_read_leaves_the_others(person, notice, sign_in):
    one, other = notice(), notice()
    client = sign_in(person)
    response = client.post(reverse("reminders:notification_open", args=[one.pk]))
    assert (response.status_code, response["Location"]) == (302, LIST)
    assert list(Notification.objects.unread()) == [other]
    read_at = Notification.objects.get(pk=one.pk).read_at
    client.post(reverse("reminders:notification_open", args=[one.pk]))
    assert Notification.objects.get(pk=one.pk).read_at == read_at


def test_an_address_opened_by_get_changes_nothing(person, notice, sign_in):
    one = notice()
    client = sign_in(person)
    assert client.get(reverse("reminders:notification_open", args=[one.pk])).status_code == 405
    assert client.get(ALL_READ).status_code == 405
    assert list(Notification.objects.unread()) == [one]


def test_all_are_marked_as_read_in_this_organisation_only(person, notice, sign_in):
    here, elsewhere = person.memberships.get().organisation, OrganisationFactory(name="Zz")
    notice()
    notice()
    colleagues = notice(recipient=member(here))
    Membership.objects.create(
        organisation=elsewhere, user=person, status="active", accepted_at=timezone.now(), starts_on="2020-01-01"
    )
    other = notice(organisation=elsewhere)
    response = sign_in(person).post(ALL_READ)
    assert (response.status_code, response["Location"]) == (302, LIST)
    assert set(Notification.objects.unread()) == {colleagues, other}


def test_anothers_notice_is_as_if_it_did_not_exist(person, notice, sign_in):
    foreign = notice(recipient=member(person.memberships.get().organisation))
    client = sign_in(person)
    for pk in (foreign.pk, uuid.uuid4()):
        assert client.post(reverse("reminders:notification_open", args=[pk])).status_code == 404
    assert Notification.objects.unread().count() == 1


def test_without_an_organisation_there_are_no_notices(person, notice, sign_in):
    mine = notice()
    person.memberships.update(ends_on=timezone.localdate())
    client = sign_in(person)
    assert client.get(LIST).status_code == 403
    assert client.post(ALL_READ).status_code == 403
    assert client.post(reverse("reminders:notification_open", args=[mine.pk])).status_code == 404
    assert Notification.objects.unread().count() == 1


def test_signing_in_comes_first(client, notice):
    one = notice()
    assert client.get(LIST).status_code == 302
    assert client.post(reverse("reminders:notification_open", args=[one.pk])).status_code == 401
    assert Notification.objects.unread().count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(person, notice, sign_in, number, django_assert_num_queries):
    for _ in range(number):
        notice()
    client = sign_in(person)
    client.get(LIST)
    with django_assert_num_queries(7):
        client.get(LIST)
