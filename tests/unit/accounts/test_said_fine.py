"""What a writer left as it is: told apart by keyed digests that give no words away."""

import uuid

import pytest

from accounts.models import SaidFine
from accounts.services.said_fine import ask_again, digest_of, said_fine, say_fine
from tests.factories.accounts import MembershipFactory

pytestmark = pytest.mark.django_db
THING, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def member():
    return MembershipFactory()


def digest(member, words="Oluwaseun Adeyemi", kind="name", thing=THING):
    return digest_of(author=member.user, thing_id=thing, kind=kind, words=words)


def test_case_and_space_make_no_difference_and_everything_else_does(member):
    assert digest(member) == digest(member, " oluwaseun\n ADEYEMI ")
    others = [
        digest(member, "Oluwaseun"),
        digest(member, kind="email"),
        digest(member, thing=OTHER),
        digest(MembershipFactory()),
    ]
    assert len({digest(member), *others}) == 5


def test_it_hangs_on_the_server_s_key(member, settings):
    before = digest(member)
    settings.SECRET_KEY = "another" * 10
    assert digest(member) != before


def test_saying_it_twice_is_saying_it_once(member):
    for _ in range(2):
        say_fine(
            author=member.user, thing_id=THING, organisation_id=member.organisation_id, digests=[digest(member)] * 2
        )
    assert SaidFine.objects.count() == 1
    assert said_fine(author=member.user, thing_id=THING) == {digest(member)}
    assert said_fine(author=member.user, thing_id=OTHER) == frozenset()
    assert said_fine(author=MembershipFactory().user, thing_id=THING) == frozenset()
    ask_again(author=member.user, thing_id=THING)
    assert said_fine(author=member.user, thing_id=THING) == frozenset()
