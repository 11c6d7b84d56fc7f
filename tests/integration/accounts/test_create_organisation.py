"""The command that makes an organisation with its first admin."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.invitations import invited_by_token
from accounts.models import AccountMail, AuditEvent, Organisation

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def create(**changed):
    values = {"name": "Northshire", "slug": "northshire", "admin_name": "Ada", "admin_email": "ada@example.org"}
    out = StringIO()
    call_command("create_organisation", **{**values, **changed}, stdout=out)
    return out.getvalue()


def test_makes_both_and_prints_the_link_it_mails():
    link = create().splitlines()[-1]
    membership = invited_by_token(link.rstrip("/").rpartition("/")[2])
    assert (membership.organisation.slug, membership.invited_name) == ("northshire", "Ada")
    assert [grant.role for grant in membership.role_grants.all()] == ["organisation_admin"]
    assert link in AccountMail.objects.get(to="ada@example.org").text
    assert set(AuditEvent.objects.values_list("verb", "actor")) == {
        ("created organisation", None),
        ("invited", None),
        ("gave role", None),
    }


@pytest.mark.parametrize("wrong", [{"slug": "not a slug"}, {"admin_email": "nobody"}])
def test_refuses_what_cannot_be(wrong):
    with pytest.raises(CommandError):
        create(**wrong)
    assert not Organisation.objects.exists()


def test_refuses_a_slug_that_is_taken():
    create()
    with pytest.raises(CommandError, match="already"):
        create(admin_email="second@example.org")
    assert AccountMail.objects.count() == 1
