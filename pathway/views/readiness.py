"""Before the first cohort: two short lists with owners and dates. Nothing waits for them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.views.base import Guarded, GuardedForm, GuardedPage, MakesOne, new_id
from pathway.forms.readiness import FIELDS, ItemForm, TickForm
from pathway.models import ReadinessItem
from pathway.permissions import Perm
from pathway.services import readiness

LIST = "pathway:readiness"


class Readiness(GuardedPage):
    permission_required = Perm.SEE_READINESS
    template_name = "pathway/readiness.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = ReadinessItem.objects.visible_to(user).filter(organisation=self.target)
        items = list(rows.select_related("owner").order_by("checklist", "position", "created_at"))
        return super().get_context_data(
            lists=[
                (label, [item for item in items if item.checklist == value])
                for value, label in ReadinessItem.Checklist.choices
            ],
            is_begun=bool(items),
            settled=sum(item.done_on is not None for item in items),
            number=len(items),
            may_manage=user.has_perm(Perm.MANAGE_READINESS, self.target),
            today=timezone.localdate(),
            **kwargs,
        )


class ReadinessBegin(Guarded):
    permission_required = Perm.MANAGE_READINESS
    http_method_names = ["post"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        readiness.begin_lists(organisation=self.target, by=request.user)
        messages.success(request, "The lists are there. Change what does not fit")
        return redirect(LIST)


class ItemFormPage(GuardedForm):
    permission_required = Perm.MANAGE_READINESS
    form_class = ItemForm
    template_name = "pathway/readiness_form.html"

    def organisation_id(self) -> Any:
        return getattr(self.target, "organisation_id", self.target.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        people = User.objects.visible_to(self.request.user).members_of(self.organisation_id(), on=timezone.localdate())
        return super().get_form_kwargs() | {"people": people.order_by("name", "email"), "cancel_url": reverse(LIST)}


class ReadinessNew(MakesOne, ItemFormPage):
    makes = ReadinessItem

    def made_url(self, made: ReadinessItem) -> str:
        return reverse("pathway:readiness_edit", args=[made.pk])

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id, "checklist": ReadinessItem.Checklist.IMPLEMENTATION}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"is_new": True}

    def form_valid(self, form: ItemForm) -> HttpResponse:
        readiness.add_item(
            pk=new_id(self.request.POST.get("id")),
            organisation=self.target,
            checklist=form.cleaned_data["checklist"],
            fields=form.item_fields(),
            by=self.request.user,
        )
        messages.success(self.request, "It is on the list")
        return redirect(LIST)


class ReadinessEdit(ItemFormPage):
    def load(self) -> Any:
        return self.visible(ReadinessItem.objects.select_related("owner"))

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.target, name) for name in FIELDS}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(item=self.target, **kwargs)

    def form_valid(self, form: ItemForm) -> HttpResponse:
        readiness.change_item(item=self.target, fields=form.item_fields(), by=self.request.user)
        messages.success(self.request, "Saved")
        return redirect(LIST)


class ReadinessTick(GuardedForm):
    """For whoever looks after it, and whoever keeps the lists."""

    permission_required = Perm.TICK_READINESS
    form_class = TickForm
    template_name = "pathway/readiness_tick.html"

    def load(self) -> Any:
        return self.visible(ReadinessItem.objects.select_related("owner"))

    def up(self) -> str:
        sees_list = self.request.user.has_perm(Perm.SEE_READINESS, self.target)
        return reverse(LIST) if sees_list else reverse("home")

    def get_initial(self) -> dict[str, Any]:
        return {"done_on": self.target.done_on or timezone.localdate(), "note": self.target.note}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": self.up()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(item=self.target, up=self.up(), today=timezone.localdate(), **kwargs)

    def form_valid(self, form: TickForm) -> HttpResponse:
        readiness.tick_item(item=self.target, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "Recorded as settled")
        return redirect(self.up())


class ReadinessPutAway(Guarded):
    permission_required = Perm.MANAGE_READINESS
    http_method_names = ["post"]

    def load(self) -> Any:
        return self.visible(ReadinessItem.objects)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        readiness.put_item_away(item=self.target, by=request.user)
        messages.success(request, "It is off the list")
        return redirect(LIST)
