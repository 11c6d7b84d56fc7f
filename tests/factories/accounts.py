"""Rows of accounts for tests."""

import datetime as dt

import factory
from django.utils import timezone

from accounts.models import Membership, Organisation, RoleGrant, User

PASSWORD = "correct horse battery staple"
LONG_AGO = dt.timedelta(days=400)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Council {n}")
    slug = factory.Sequence(lambda n: f"council-{n}")


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    # Hashing is slow; a test that signs in through the form sets a password itself.
    password = "!"


class MembershipFactory(factory.django.DjangoModelFactory):
    """An accepted membership; ``roles`` gives it open role grants."""

    class Meta:
        model = Membership
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    status = Membership.Status.ACTIVE
    invited_name = factory.SelfAttribute("user.name")
    invited_email = factory.SelfAttribute("user.email")
    accepted_at = factory.LazyFunction(timezone.now)
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - LONG_AGO)

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        for role in extracted or ():
            RoleGrant.objects.create(membership=self, role=role, starts_on=self.starts_on)


def member(organisation, *roles, **user_fields):
    """A person with a live membership of ``organisation`` and ``roles``."""
    return MembershipFactory(organisation=organisation, roles=roles, user=UserFactory(**user_fields)).user
