"""The writer's development plan as a whole: reading it, its versions, and who else reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.views.base import GuardedPage
from pathway.models import Enrolment
from portfolio import queries
from portfolio.drafts.plan import unsaved_in_objectives
from portfolio.forms.opening import OpenForm
from portfolio.models import Objective, Plan, PlanVersion
from portfolio.queries import plan as read
from portfolio.queries.plan_sources import offers
from portfolio.queries.self_assessment import pieces_for
from portfolio.services.opening import Readers
from portfolio.services.plan import open_plan, replace_plan_words
from portfolio.views.lists import PER_PAGE, OwnPage
from portfolio.views.opening import share_words
from portfolio.views.opening_checked import CheckedOpening
from portfolio.views.whose_year import own_year
from pqs_portal.lib.words_found import CheckedText


class PlanPage(OwnPage):
    """The objectives, period by period."""

    template_name = "portfolio/plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, enrolment = self.request.user, self.target
        plan, today = read.own_plan(user, enrolment), timezone.localdate()
        mentor, changed = queries.current_mentor(enrolment), read.changed_since(plan)
        views = read.views_of(read.contents_of(plan), user)
        put_away = Objective.objects.visible_to(user).filter(plan=plan).exclude(discarded_at=None)
        return super().get_context_data(
            **kwargs,
            enrolment=enrolment,
            plan=plan,
            changed_since=changed,
            share_words=share_words(plan, mentor, is_changed=changed) if plan else "",
            unsaved=unsaved_in_objectives(user, {one.id: one.need for one in views if one.is_open}),
            periods=read.by_period(views),
            put_away=list(put_away.order_by("-discarded_at")) if plan else [],
            mentor=mentor,
            today=today,
        )


class PlanOffers(OwnPage):
    """What could become an objective; a page of its own, as it looks into every other text of the year."""

    template_name = "portfolio/plan_offers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, enrolment = self.request.user, self.target
        planned = read.views_with(read.contents_of(read.own_plan(user, enrolment)), {})
        found = offers(user, enrolment, planned, timezone.localdate())
        return super().get_context_data(**kwargs, offers=found)


class PlanShare(CheckedOpening):
    """Who else may read it."""

    template_name = "portfolio/plan_share.html"
    target: Enrolment
    _read_at = -1

    def load(self) -> Enrolment:
        enrolment = own_year(self)
        self.plan: Plan = self.visible(Plan.objects.owned_by(self.request.user), enrolment=enrolment)
        self.plan.enrolment = enrolment
        return enrolment

    @property
    def enrolment(self) -> Enrolment:
        return self.target

    @property
    def page_url(self) -> str:
        return reverse("portfolio:plan")

    def text(self) -> Plan:
        self.plan.refresh_from_db(fields=["revision", "audience", "shared_with", "portfolio_version"])
        return self.plan

    def open(self, *, text: Plan, revision: int, readers: Readers) -> Plan:
        return open_plan(plan=text, revision=revision, readers=readers, by=self.request.user)

    def contents(self) -> read.Contents:
        """As it is saved at the revision that the page knows of."""
        if self.plan.revision != self._read_at:
            self._contents, self._read_at = read.contents_of(self.plan), self.plan.revision
        return self._contents

    def checked_texts(self, form: OpenForm) -> list[CheckedText]:
        return [
            CheckedText(f"{row['id']}:{part}", f"Objective {number}, {label}", text)
            for number, row in enumerate(self.contents(), start=1)
            for part, label, text in read.typed_in(row)
        ]

    def save_words(self, *, text: Plan, revision: int, texts: Mapping[str, str]) -> Plan:
        return replace_plan_words(plan=text, revision=revision, texts=texts, by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        views = read.views_of(self.contents(), self.request.user)
        return super().get_context_data(
            **kwargs,
            plan=self.plan,
            periods=read.by_period(views),
            unsaved=unsaved_in_objectives(self.request.user, {one.id: one.need for one in views if one.is_open}),
        )


class PlanVersions(OwnPage):
    """Every save, the newest first."""

    template_name = "portfolio/plan_versions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = read.own_plan(self.request.user, self.target)
        if plan is None:
            raise Http404
        page = Paginator(read.versions_of(self.request.user, plan), PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs, page=page)


class VersionPage(GuardedPage):
    """One version as it was, and what it changed since the one that this reader read before it."""

    template_name = "portfolio/plan_version.html"
    version: PlanVersion

    def version_of(self, enrolment: Enrolment, **which: Any) -> PlanVersion:
        rows = PlanVersion.objects.select_related("plan__enrolment__supervisor", "shared_with")
        found: PlanVersion = self.visible(rows, plan__enrolment=enrolment, **which)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, version = self.request.user, self.version
        before = read.version_before(user, version)
        pieces = pieces_for(user, [*version.objectives, *(before.objectives if before else [])])
        views = read.views_with(version.objectives, pieces)
        return super().get_context_data(
            **kwargs,
            version=version,
            before=before,
            periods=read.by_period(views),
            changes=read.changes(read.views_with(before.objectives, pieces), views) if before else [],
        )


class PlanVersionPage(VersionPage, OwnPage):  # type: ignore[misc]  # the middleware adds to the request
    """For the writer, who can take words of it up again."""

    def load(self) -> Enrolment:
        enrolment = OwnPage.load(self)
        self.version = self.version_of(enrolment, number=self.kwargs["number"])
        return enrolment

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = Objective.objects.visible_to(self.request.user).open().filter(plan=self.version.plan_id)
        return super().get_context_data(
            **kwargs,
            is_own=True,
            back_url=reverse("portfolio:plan_versions"),
            still_open=set(mine.values_list("pk", flat=True)),
        )
