"""An employer whose people and portfolios are walled off from every other one's."""

import uuid

from django.db import models

from accounts.querysets import OrganisationQuerySet


class Organisation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    help_name = models.CharField(max_length=200, blank=True)
    help_email = models.EmailField(blank=True)
    help_phone = models.CharField(max_length=50, blank=True)
    safeguarding_contact = models.CharField(max_length=300, blank=True)
    data_protection_contact = models.CharField(max_length=300, blank=True)
    second_factor_required = models.BooleanField(default=False)
    # Whether the year of somebody who works part time is stretched in proportion.
    part_time_pro_rata = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
