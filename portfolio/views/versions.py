"""What a piece said earlier: for its writer every version, for a reader those that were shared with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.views.base import GuardedPage
from accounts.views.drafts import MOST, number
from portfolio import queries
from portfolio.models import Evidence, EvidenceVersion
from portfolio.permissions import Perm
from portfolio.queries.threads import changes_url
from portfolio.queries.versions import changes, history, last_other
from portfolio.services.evidence import StaleVersion
from portfolio.services.versions import bring_back
from portfolio.views.parts import file_row
from pqs_portal.lib.forms import gov_helper
from pqs_portal.templatetags.portal import clock, short_date


class OwnVersion(GuardedPage):
    """An earlier version, for its writer alone."""

    permission_required = Perm.WRITE_EVIDENCE

    def load(self) -> EvidenceVersion:
        own = EvidenceVersion.objects.owned_by(self.request.user)
        found: EvidenceVersion = self.visible(
            own.select_related("shared_with", "taken_back_by", "evidence__enrolment__cohort__programme"),
            evidence=self.kwargs["pk"],
            number=self.kwargs["number"],
        )
        return found

    @property
    def evidence(self) -> Evidence:
        found: Evidence = self.target.evidence
        return found


class EvidenceVersionPage(OwnVersion):
    template_name = "portfolio/evidence_version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        view = queries.version_views([self.target])[0]
        files = [file_row(attachment, removable=False) for attachment in view.attachments]
        newest = self.evidence.versions.order_by("-number").first()
        assert newest  # noqa: S101 -- this one is there
        is_older = newest.number != self.target.number
        return super().get_context_data(
            **kwargs,
            version=self.target,
            piece=view,
            files=files,
            evidence=self.evidence,
            changes_url=changes_url(self.evidence, self.target, newest) if is_older else "",
            can_come_back=is_older and not self.evidence.discarded_at,
        )


class VersionBringBack(OwnVersion):
    """Asked once on GET, done on POST, if nothing was saved meanwhile."""

    template_name = "layouts/confirm.html"

    def load(self) -> EvidenceVersion:
        version = super().load()
        if version.evidence.discarded_at:
            raise Http404
        return version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = f"Version {self.target.number} becomes the newest version of this piece."
        kept = "What you have now stays in the list of versions, and files stay as they are."
        readers = " Others go on reading what you shared, until you share this." if self.evidence.is_shared else ""
        return super().get_context_data(
            **kwargs,
            heading=f"Bring version {self.target.number} back?",
            text=f"{said} {kept}{readers}",
            button="Bring it back",
            cancel_url=reverse("portfolio:evidence_version", args=[self.evidence.pk, self.target.number]),
            hidden=[("version", self.evidence.version)],
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = number(request.POST.get("version"), MOST)
        try:
            evidence = bring_back(evidence=self.evidence, old=self.target, version=seen, by=request.user)  # type: ignore[arg-type]  # signed in
        except StaleVersion:
            messages.warning(request, "It was saved in another window meanwhile. Nothing has been changed.")
            return self.render_to_response(self.get_context_data(), status=409)
        messages.success(request, f"Version {self.target.number} is back, as version {evidence.version}.")
        return redirect(evidence)


class WhichTwo(forms.Form):
    """The two versions to compare; the names are those of the address."""

    def __init__(self, *args: Any, versions: Sequence[EvidenceVersion], is_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(version.pk), version_words(version, is_owner=is_owner)) for version in versions]
        for name, label in (("from", "What it said in"), ("to", "What it says in")):
            self.fields[name] = forms.ChoiceField(label=label, choices=choices)
        self.helper = gov_helper("from", "to", method="get", button="Show the difference")


def version_words(version: EvidenceVersion, *, is_owner: bool) -> str:
    """A reader is not told how often the writer has saved in between."""
    when = f"{short_date(version.created_at)}, {clock(version.created_at)}"
    if not is_owner:
        return f"As shared {when}"
    shared = f", shared with {version.shared_with}" if version.shared_with else ""
    portfolio = ", in your portfolio" if version.audience == Evidence.Audience.PORTFOLIO else ""
    return f"Version {version.number}, saved {when}{shared}{portfolio}"


class EvidenceChanges(GuardedPage):
    """What differs between two versions that this person may read, word by word."""

    permission_required = Perm.READ
    template_name = "portfolio/evidence_changes.html"

    def load(self) -> Evidence:
        found: Evidence = self.visible(Evidence.objects.with_people())
        return found

    @cached_property
    def versions(self) -> list[EvidenceVersion]:
        return history(self.request.user, self.target)

    def named(self, name: str, otherwise: EvidenceVersion | None) -> EvidenceVersion | None:
        """The version that the address names; one that is not this person's to read is not found."""
        asked = self.request.GET.get(name)
        if asked is None:
            return otherwise
        found = next((version for version in self.versions if str(version.pk) == asked), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_owner = self.target.enrolment.supervisor_id == self.request.user.pk
        newer = self.named("to", self.versions[0] if self.versions else None)
        older = self.named("from", last_other(self.versions, newer) if newer else None)
        both = {"from": older.pk if older else None, "to": newer.pk if newer else None}
        several = len(self.versions) > 1
        shown = queries.readable(self.request.user, self.target)
        return super().get_context_data(
            **kwargs,
            evidence=self.target,
            piece=shown,
            is_owner=is_owner,
            older=version_words(older, is_owner=is_owner) if older else "",
            newer=version_words(newer, is_owner=is_owner) if newer else "",
            changes=changes(older, newer) if older and newer else [],
            which=WhichTwo(versions=self.versions, is_owner=is_owner, initial=both) if several else None,
        )
