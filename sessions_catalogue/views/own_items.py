"""The items of an organisation's own session: to add, to change, to move, to take out and put back."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from accounts.views.base import GuardedPage
from accounts.views.keeps_draft import KeepsNewDraft
from sessions_catalogue.drafts import OWN_ITEM
from sessions_catalogue.forms.own_session import ItemForm
from sessions_catalogue.models import BlockItem, Resource, SessionBlock, Tool
from sessions_catalogue.services import own_sessions
from sessions_catalogue.views.own_sessions import ChangesOwn, OwnForm, OwnPart


class WithMaterial(ChangesOwn, OwnForm):  # type: ignore[misc]  # as in GuardedForm
    """A form about an item: it may name what the session's organisation can see."""

    form_class = ItemForm
    item: BlockItem | None = None

    def as_saved(self, row: BlockItem) -> dict[str, Any]:
        fields = {name: getattr(row, name) for name in ("kind", "text", "extract", "revision")}
        return {**fields, "resource": row.resource_id, "tool": row.tool_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        user, organisation = self.request.user, self.session.organisation
        chosen = (self.item.resource_id, self.item.tool_id) if self.item else (None, None)
        return super().get_form_kwargs() | {
            "resources": Resource.objects.visible_to(user).offered_in(organisation, chosen[0]),
            "tools": Tool.objects.visible_to(user).offered_in(organisation, chosen[1]),
        }


class OwnItemNew(KeepsNewDraft, WithMaterial):
    makes = BlockItem
    draft_form = OWN_ITEM
    made_already = "You added this already"
    block: SessionBlock

    def load(self) -> Any:
        session = super().load()
        self.block = get_object_or_404(session.blocks, kind=self.kwargs["kind"])
        self.heading = f"Add to {self.block.get_kind_display().lower()}"
        return session

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id}

    def made_url(self, made: BlockItem) -> str:
        return self.edit_url(f"item-{made.pk}")

    def save(self, form: ItemForm) -> str:
        row = own_sessions.add_item(
            pk=self.draft_target,
            block=self.block,
            item=form.item(),
            revision=form.cleaned_data["revision"] or 0,
            typed=self.typed,
            by=self.request.user,
        )
        return f"item-{row.pk}"


class OwnItem(OwnPart):
    """One item of the session."""

    item: BlockItem

    def load(self) -> Any:
        session = super().load()
        self.item = self.visible(
            BlockItem.with_removed.select_related("block"), pk=self.kwargs["item_pk"], block__session=session
        )
        self.item.block.session = session
        return session


class OwnItemEdit(OwnItem, WithMaterial):  # type: ignore[misc]  # here there is an item
    heading = "Change what people do"
    draft_form = OWN_ITEM

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.item.pk
        return found

    def get_initial(self) -> dict[str, Any]:
        return self.as_saved(self.item)

    def save(self, form: ItemForm) -> str:
        own_sessions.change_item(
            row=self.item,
            item=form.item(),
            revision=form.cleaned_data["revision"] or 0,
            typed=self.typed,
            by=self.request.user,
        )
        return f"item-{self.item.pk}"


class OwnItemMove(OwnItem):
    http_method_names = ["post"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        up = request.POST.get("direction") == "up"
        moved = own_sessions.move_item(row=self.item, up=up, by=request.user)
        words = f"Moved {'up' if up else 'down'}" if moved else "It stands at the end already"
        return self.done(words, f"item-{self.item.pk}")


class OwnItemRemove(OwnItem, GuardedPage):
    """Ask, then take the item out of the session; it can be put back."""

    template_name = "layouts/confirm.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own_sessions.refuse_if_frozen(self.session)
        return super().get_context_data(
            heading="Take this out of the session?",
            text=f"{self.item.get_kind_display()}: {self.item.text}\n\nYou can put it back on the page for editing.",
            button="Take it out",
            cancel_url=self.edit_url(f"item-{self.item.pk}"),
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        own_sessions.set_removed(row=self.item, removed=True, by=request.user)
        return self.done("Taken out", str(self.item.block.kind))


class OwnItemPutBack(OwnItem):
    http_method_names = ["post"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        own_sessions.set_removed(row=self.item, removed=False, by=request.user)
        return self.done("Put back", f"item-{self.item.pk}")
