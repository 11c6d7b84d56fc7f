import pytest
from django.urls import reverse

from tests.factories.pathway import AreaFactory, StandardFactory, StatementFactory


@pytest.fixture
def standard(db):
    standard = StandardFactory(
        series="pqs", title="The standards", attribution="Licensed openly.", source_url="https://www.gov.uk/standards"
    )
    area = AreaFactory(standard=standard, number=1, title="Values")
    StatementFactory(area=area, text="Stands up for people’s rights.", code="1.1", basis="paraphrase")
    StatementFactory(area=area, text="Thinks about values.", basis="our_summary")
    return standard


def test_the_list_names_each_standard(world, standard, sign_in):
    page = sign_in(world.supervisor).get(reverse("pathway:standard_list")).content.decode()

    assert 'href="/standards/pqs/"' in page
    assert "1 area · A publisher" in page


@pytest.mark.parametrize("standards", [1, 3])
def test_the_list_costs_the_same_however_long(world, sign_in, standards, django_assert_num_queries):
    for number in range(standards):
        StandardFactory(series=f"series-{number}")
    client = sign_in(world.supervisor)
    client.get(reverse("pathway:standard_list"))

    with django_assert_num_queries(6):
        client.get(reverse("pathway:standard_list"))


def test_a_standard_says_whose_words_it_has(world, standard, sign_in):
    page = sign_in(world.supervisor).get("/standards/pqs/").content.decode()

    assert "Stands up for people’s rights." in page
    assert page.count("in our words") == 3  # the area and two statements
    assert "Licensed openly." in page
    assert 'href="https://www.gov.uk/standards"' in page


def test_the_latest_version_is_shown(world, standard, sign_in):
    StandardFactory(series="pqs", version=2, title="The newer standards")

    assert "The newer standards" in sign_in(world.supervisor).get("/standards/pqs/").content.decode()


def test_an_organisations_own_standard_is_nobody_elses(world, sign_in):
    StandardFactory(series="own", organisation=world.other.organisation)

    assert sign_in(world.supervisor).get("/standards/own/").status_code == 404
    assert sign_in(world.other.supervisor).get("/standards/own/").status_code == 200


def test_nobody_reads_it_signed_out(standard, client):
    assert client.get("/standards/pqs/").status_code == 302
