"""What every row of an organisation has in common."""

import uuid

from django.db import models


class TenantModel(models.Model):
    """A row that belongs to one organisation and is seen only through its queryset's ``visible_to``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
