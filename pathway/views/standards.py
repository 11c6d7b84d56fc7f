"""The standards, to read and to print."""

from __future__ import annotations

from typing import Any

from accounts.permissions import Perm
from accounts.views.base import GuardedPage
from pathway.models import Area, Standard


class StandardList(GuardedPage):
    permission_required = Perm.SIGNED_IN
    template_name = "pathway/standard_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Standard.objects.visible_to(self.request.user).with_area_count().order_by("title", "-version")
        return super().get_context_data(standards=found, **kwargs)


class StandardPage(GuardedPage):
    """The latest version of a series."""

    permission_required = Perm.SIGNED_IN
    template_name = "pathway/standard.html"

    def load(self) -> Any:
        return self.visible(Standard.objects.order_by("-version"), series=self.kwargs["series"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        areas = Area.objects.visible_to(self.request.user).filter(standard=self.target)
        return super().get_context_data(standard=self.target, areas=areas.prefetch_related("statements"), **kwargs)
