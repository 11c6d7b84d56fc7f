"""Earlier versions of the critical reflection, for its writer alone: seen, compared, brought back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.views.base import GuardedPage
from pathway.models import Enrolment
from portfolio.models import ReflectionVersion
from portfolio.models.reflection_parts import kept_aside, word_count
from portfolio.queries import reflection as read
from portfolio.services.opening import StaleText
from portfolio.services.reflection import bring_back_version
from portfolio.services.sharing import NotReady
from portfolio.views.mentee_reflection import differences_between
from portfolio.views.reflection import OfOwnReflection


class OfOwnVersion(OfOwnReflection):
    version: ReflectionVersion

    def load(self) -> Enrolment:
        enrolment = super().load()
        self.version = self.numbered(enrolment, self.kwargs["number"])
        return enrolment

    def numbered(self, enrolment: Enrolment, number: int) -> ReflectionVersion:
        """One of the writer's own versions, else 404."""
        own = ReflectionVersion.objects.select_related("shared_with")
        found: ReflectionVersion = self.visible(own, reflection__enrolment=enrolment, number=number)
        return found


class ReflectionVersionPage(OfOwnVersion, GuardedPage):  # type: ignore[misc]  # the middleware adds to the request
    template_name = "portfolio/reflection_version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version, row = self.version, self.there()
        return super().get_context_data(
            **kwargs,
            version=version,
            reflection=row,
            is_newest=version.number == row.revision,
            hidden=[("revision", str(row.revision))],
            rows=read.page_of(version.structure, version.parts, ()),
            aside=kept_aside(version.structure, version.parts),
            words=word_count(version.structure, version.parts),
            areas=read.areas_named(version.areas),
        )


class ReflectionChanges(OfOwnVersion, GuardedPage):  # type: ignore[misc]  # the same
    """The version beside another one, ``?with=3``; without that, the newest."""

    template_name = "portfolio/reflection_changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = read.versions_for(self.request.user, self.there())
        asked = self.request.GET.get("with", "")
        other = next((one for one in versions if str(one.number) == asked), versions[0])
        earlier, later = sorted((self.version, other), key=lambda one: one.number)
        return super().get_context_data(
            **kwargs,
            earlier=earlier,
            later=later,
            differences=differences_between(earlier, later),
            version=self.version,
            others=[one for one in versions if one.pk != self.version.pk],
            compared_with=other,
            back_url=reverse("portfolio:reflection_version", args=[self.version.number]),
        )


class ReflectionBringBack(OfOwnVersion):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        posted = request.POST.get("revision", "")
        try:
            row = bring_back_version(
                reflection=self.there(),
                version=self.version,
                revision=int(posted) if posted.isdecimal() and len(posted) < 10 else 0,
                by=self.request.user,
            )
        except NotReady as reason:
            messages.warning(request, f"{reason}.")
        except StaleText:
            messages.warning(request, "It was saved in another window meanwhile. Look again, then bring it back.")
        else:
            messages.success(request, f"Version {self.version.number} is back, as version {row.revision}.")
            return redirect(self.page_url)
        return redirect("portfolio:reflection_version", number=self.version.number)
