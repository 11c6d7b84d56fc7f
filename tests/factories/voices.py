"""Rows of what people say to their organisation."""

import factory

from sessions_catalogue.models import Suggestion
from tests.factories.accounts import member


class SuggestionFactory(factory.django.DjangoModelFactory):
    """With a name; ``author=None`` without."""

    class Meta:
        model = Suggestion

    organisation = factory.SubFactory("tests.factories.accounts.OrganisationFactory")
    author = factory.LazyAttribute(lambda row: member(row.organisation))
    theme = Suggestion.Theme.TIME
    text = "Keep Fridays free of meetings."
