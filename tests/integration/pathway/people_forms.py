"""What tests about a cohort's people post."""

import uuid

from django.urls import reverse

from tests.integration.pathway.posting import date


def posted(world, **fields):
    """A form that is accepted, with ``fields`` changed."""
    return {
        "id": uuid.uuid4(),
        "kind": "pathway",
        **date("starts_on", world.cohort.starts_on),
        "mentor": world.mentor.pk,
        "is_registered": "on",
        "has_two_years": "on",
        "line_manager": world.line_manager.pk,
        "same_person_reason": "",
        **fields,
    }


def add_url(world):
    return reverse("pathway:enrolment_new", args=[world.cohort.pk])


def edit_url(world):
    return reverse("pathway:enrolment_edit", args=[world.enrolment.pk])
