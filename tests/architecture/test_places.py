"""Whoever adds a text to somebody's year says whether it is looked into when words are taken out for good."""

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from portfolio.queries.places import PLACES

APPS = ("portfolio", "sessions_catalogue", "observations", "pathway")
# Texts that stay, with the reason; a star is every text of the model.
STAY = {
    # Somebody else's words, or nobody's in particular.
    "observations.Observation with_whom context noticed strengths development_points": "the observer's own",
    "observations.ObservationVersion content": "the observer's own",
    "pathway.Mentoring same_person_reason": "the L&D lead's own",
    "pathway.Nomination *": "who proposed whom, before there was a year",
    "pathway.Nudge about": "a key of a step",
    "pathway.Enrolment days_off": "days of the week",
    "sessions_catalogue.Attendance recorded_by_guest": "the name of a facilitator",
    "sessions_catalogue.Suggestion answer": "the organisation's own",
    # Written by the portal.
    "pathway.MilestoneCompletion file file_type": "a name made by the portal",
    "portfolio.Attachment file content_type sha256": "made by the portal; gone with the file",
    "portfolio.PortfolioExport file failure": "made by the portal",
    "portfolio.AssessmentScale words": "the organisation's own",
    "portfolio.SelfAssessment words": "the organisation's levels",
    "portfolio.SelfAssessmentVersion words": "the organisation's levels",
    "portfolio.MentorView words": "the organisation's levels",
    "portfolio.ReflectionVersion areas": "ids",
    "portfolio.ReflectionComment part": "a key",
}
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField, ArrayField)


def texts_of(model):
    return {field.name for field in model._meta.concrete_fields if isinstance(field, TEXTS) and not field.choices}


def is_of_a_year(model):
    return model._meta.app_label in ("portfolio", "observations") or any(
        field.name == "enrolment" for field in model._meta.concrete_fields
    )


def test_no_text_of_a_year_is_forgotten():
    known = {place.model._meta.label: set(place.texts) for place in PLACES}
    for words in STAY:
        label, *names = words.split()
        known.setdefault(label, set()).update(texts_of(apps.get_model(label)) if names == ["*"] else names)
    models_of_years = [model for app in APPS for model in apps.get_app_config(app).get_models() if is_of_a_year(model)]
    forgotten = {model._meta.label: texts_of(model) - known.get(model._meta.label, set()) for model in models_of_years}
    assert {label: names for label, names in forgotten.items() if names} == {}


def test_every_place_is_there():
    for place in PLACES:
        assert set(place.texts) <= texts_of(place.model), place.model
