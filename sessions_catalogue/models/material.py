"""Tools and resources that sessions name. We refer to them by name and number; we do not hold their text."""

import uuid

from django.db import models

from accounts.models import TenantModel
from sessions_catalogue.querysets import LinkCheckQuerySet, MaterialQuerySet, ResourceAddressQuerySet


class Tool(models.Model):
    """A numbered tool. The number is not unique (11 is two tools) and the title may be empty."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Unique among the supplied ones and within an organisation.
    key = models.SlugField(max_length=100)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True)
    description = models.TextField()
    described_by_us = models.BooleanField(default=False)
    also_spelt = models.JSONField(default=list)
    named_in = models.CharField(max_length=20, blank=True)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["number", "title"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], nulls_distinct=False, name="tool_key_once"),
        ]

    def __str__(self) -> str:
        return f"Tool {self.number}: {self.title}" if self.title else f"Tool {self.number}"

    @property
    def title_words(self) -> str:
        """The title; where the sources give none, that is said."""
        return self.title or "no title given"


class Resource(models.Model):
    class Kind(models.TextChoices):
        FILM = "film", "Film"
        VIDEO = "video", "Video"
        WEBINAR = "webinar", "Webinar"
        BRIEFING = "briefing", "Briefing"
        READING = "reading", "Reading"
        WEB_PAGE = "web_page", "Web page"
        GRAPHIC = "graphic", "Graphic"
        MODEL = "model", "Model"
        DOCUMENT = "document", "Document"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    address = models.URLField(max_length=500, blank=True)
    licence_note = models.CharField(max_length=300, blank=True)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "title"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], nulls_distinct=False, name="resource_key_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ResourceAddress(TenantModel):
    """Where an organisation's people find a resource."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="addresses")
    address = models.URLField(max_length=500)

    objects = ResourceAddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "resource"], name="resource_address_once"),
        ]

    def __str__(self) -> str:
        return self.address


class LinkCheck(models.Model):
    """What the weekly look at an address found; kept by address, since many organisations point at the same."""

    address = models.URLField(max_length=500, unique=True)
    checked_at = models.DateTimeField()
    is_dead = models.BooleanField(default=False)
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    # When it was first found dead without having answered since.
    dead_since = models.DateTimeField(null=True)

    objects = LinkCheckQuerySet.as_manager()

    def __str__(self) -> str:
        return self.address
