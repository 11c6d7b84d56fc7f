"""Versioned sets of standards. Nothing in the code knows how many areas a set has."""

import uuid

from django.db import models
from django.urls import reverse

from accounts.models import TenantModel
from pathway.querysets import PartOfStandardQuerySet, StandardQuerySet, StatementSetQuerySet


class Standard(models.Model):
    """One version of a set, e.g. the Post-Qualifying Standards; ``organisation`` empty means supplied."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.SlugField()
    version = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=300)
    short_title = models.CharField(max_length=30)
    audience = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    source_url = models.URLField(max_length=500, blank=True)
    attribution = models.CharField(max_length=500, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    objects = StandardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "version", "organisation"],
                nulls_distinct=False,
                name="standard_series_version_once",
            ),
        ]

    def __str__(self) -> str:
        return self.short_title

    def get_absolute_url(self) -> str:
        return reverse("pathway:standard", args=[self.series])


class Area(models.Model):
    class Basis(models.TextChoices):
        OFFICIAL = "official", "Official wording"
        PARAPHRASE = "paraphrase", "Our paraphrase of the official wording"
        OUR_SUMMARY = "our_summary", "Our summary"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="areas")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    summary = models.TextField()
    basis = models.CharField(max_length=20, choices=Basis)

    # Where ``with_sets()`` has brought it along.
    is_complete: bool

    objects = PartOfStandardQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="area_number_once_per_standard"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Statement(models.Model):
    """One thing an area asks for; ``code`` is the official number, or empty where none is known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="statements")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=10, blank=True)
    text = models.TextField()
    basis = models.CharField(max_length=20, choices=Area.Basis)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["area", "position"], name="statement_position_once_per_area"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_our_summary(self) -> bool:
        return self.basis == Area.Basis.OUR_SUMMARY


class StatementSet(TenantModel):
    """The organisation says that the statements of the area are all there, so that pieces may be counted by them."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="statement_sets")
    marked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects = StatementSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "area"], name="statement_set_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.area_id}"
