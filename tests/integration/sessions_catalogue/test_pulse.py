"""The three questions on their page, and what L&D see."""

import re

import pytest
from django.utils import timezone

from pqs_portal.lib.dates import add_months
from sessions_catalogue.models import Moment, PulseTally, PulseTurn
from sessions_catalogue.services.pulse import count_in
from tests.factories.pathway import EnrolmentFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ANSWERED = {"question_1": "5", "question_2": "1", "question_3": "3"}


@pytest.fixture
def halfway(world):
    """The world's cohort, on the day on which the first questions open."""
    world.cohort.starts_on = world.enrolment.starts_on = add_months(timezone.localdate(), -6)
    world.cohort.save()
    world.enrolment.save()
    return world


def about(enrolment, moment="midway"):
    return {"about": f"{enrolment.pk}:{moment}"}


def text_of(answer):
    return answer.content.decode()


def replies(cohort, number, answers=(5, 4, 1)):
    for _ in range(number):
        count_in(enrolment=EnrolmentFactory(cohort=cohort), moment=Moment.MIDWAY, answers=answers)


def results(client, cohort):
    page = text_of(client.get(f"/cohorts/{cohort.pk}/pulse/"))
    return re.sub(r"\s+", " ", page.partition("<main")[2].partition("</main")[0])


def test_answers_are_sent_once(halfway, sign_in):
    client = sign_in(halfway.supervisor)
    page = client.get("/pulse/")
    assert page.context["form"]["about"].value() == about(halfway.enrolment)["about"]
    assert "How far is this so for you?" in text_of(page)
    sent = [client.post("/pulse/", ANSWERED | about(halfway.enrolment), follow=True) for _ in range(2)]
    assert ["Thank you. Your answers are counted in" in text_of(answer) for answer in sent] == [True, False]
    assert ["Nothing is asked of you here now" in text_of(answer) for answer in sent] == [False, True]
    tally = PulseTally.objects.get()
    assert (tally.cohort, tally.replies, tally.counts) == (
        halfway.cohort, 1, [[0, 0, 0, 0, 1], [1, 0, 0, 0, 0], [0, 0, 1, 0, 0]],
    )  # fmt: skip
    assert "Nothing is asked of you now" in text_of(client.get("/pulse/"))


def test_no_thanks_is_an_answer(halfway, sign_in):
    client = sign_in(halfway.supervisor)
    answer = client.post("/pulse/", {"no_thanks": "No thanks"} | about(halfway.enrolment), follow=True)
    assert "You are not asked again this time" in text_of(answer)
    assert (PulseTurn.objects.get().enrolment, PulseTally.objects.count()) == (halfway.enrolment, 0)


@pytest.mark.parametrize("wrong", [{"question_2": ""}, {"question_2": "6"}, {"question_2": "0"}])
def test_a_wrong_answer_counts_nothing(halfway, sign_in, wrong):
    answer = sign_in(halfway.supervisor).post("/pulse/", ANSWERED | wrong | about(halfway.enrolment))
    assert answer.context["form"].errors == {"question_2": ["Choose how far this is so for you"]}
    assert (PulseTurn.objects.count(), PulseTally.objects.count()) == (0, 0)


@pytest.mark.parametrize("key", ["", "end", "other"])
def test_what_is_not_asked_cannot_be_answered(halfway, sign_in, key):
    other = EnrolmentFactory(cohort=halfway.cohort)
    data = {"": {"about": ""}, "end": about(halfway.enrolment, "end"), "other": about(other)}[key]
    assert sign_in(halfway.supervisor).post("/pulse/", ANSWERED | data).url == "/pulse/"
    assert (PulseTurn.objects.count(), PulseTally.objects.count()) == (0, 0)


def test_before_it_opens_nothing_is_asked(world, sign_in):
    page = sign_in(world.supervisor).get("/pulse/")
    assert (page.status_code, "Nothing is asked of you now" in text_of(page)) == (200, True)


@pytest.mark.parametrize("who", ["mentor", "line_manager", "ld_lead", "admin", "outsider"])
def test_who_has_no_year_has_no_such_page(halfway, sign_in, who):
    client = sign_in(getattr(halfway, who))
    assert [client.get("/pulse/").status_code, client.post("/pulse/", ANSWERED).status_code] == [404, 404]


def test_nothing_is_shown_of_four(halfway, sign_in):
    replies(halfway.cohort, 4)
    page = results(sign_in(halfway.ld_lead), halfway.cohort)
    assert "Fewer than five replies, so nothing is shown." in page
    assert ("4 replies" in page, "Mostly" in page) == (False, False)


def test_five_are_shown_and_the_sixth_changes_nothing_but_the_number(halfway, sign_in):
    client = sign_in(halfway.ld_lead)
    replies(halfway.cohort, 5)
    five = results(client, halfway.cohort)
    assert "5 replies." in five
    bars = re.findall(r'<progress [^>]*value="(\d)" max="(\d)" aria-hidden="true"></progress> (\d)', five)
    assert bars == [(count, "5", count) for counts in ("00005", "00050", "50000") for count in counts]
    replies(halfway.cohort, 1, answers=(1, 1, 1))
    six = results(client, halfway.cohort)
    assert "6 replies, of which 5 are shown: the rest come in with the next 5." in six
    assert six.replace("6 replies, of which 5 are shown: the rest come in with the next 5.", "5 replies.") == five


def test_the_end_shows_nothing_more(halfway, sign_in):
    replies(halfway.cohort, 6)
    halfway.cohort.starts_on = add_months(timezone.localdate(), -9)
    halfway.cohort.save()
    page = results(sign_in(halfway.ld_lead), halfway.cohort)
    assert "6 replies, of which 5 are shown: the rest would say too much about single people." in page
    assert page.count('max="5"') == 15


@pytest.mark.parametrize(("who", "status"), [("supervisor", 403), ("mentor", 403), ("admin", 403), ("outsider", 404)])
def test_results_are_for_leads(halfway, sign_in, who, status):
    assert sign_in(getattr(halfway, who)).get(f"/cohorts/{halfway.cohort.pk}/pulse/").status_code == status


def test_results_of_another_organisation_are_not_found(halfway, sign_in):
    assert sign_in(halfway.other.ld_lead).get(f"/cohorts/{halfway.cohort.pk}/pulse/").status_code == 404
