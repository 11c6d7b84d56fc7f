"""Tools and resources, and where an organisation's people find them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.views.base import GuardedForm, GuardedPage
from sessions_catalogue import queries, queries_material
from sessions_catalogue.forms import ResourceAddressForm
from sessions_catalogue.models import ProgrammeSession, Resource, Tool
from sessions_catalogue.permissions import Perm
from sessions_catalogue.services.addresses import set_resource_address


def sessions_of(material: Tool | Resource) -> list[ProgrammeSession]:
    """The sessions that name it, each once."""
    return list(dict.fromkeys(item.block.session for item in material.block_items.all()))


class ToolList(GuardedPage):
    permission_required = Perm.READ_CATALOGUE
    template_name = "sessions_catalogue/tool_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.target
        can_keep = user.has_perm(Perm.KEEP_CATALOGUE, organisation)
        tools = Tool.objects.visible_to(user).of(organisation).with_sessions(organisation).with_worksheets()
        lines = [{"tool": tool, "sessions": sessions_of(tool)} for tool in tools if can_keep or not tool.retired_at]
        return super().get_context_data(
            lines=lines, numbers=len({line["tool"].number for line in lines}), can_keep=can_keep, **kwargs
        )


class ResourceList(GuardedPage):
    permission_required = Perm.READ_CATALOGUE
    template_name = "sessions_catalogue/resource_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.target
        can_keep = user.has_perm(Perm.KEEP_CATALOGUE, organisation)
        lines = queries_material.resource_lines(user, organisation, with_retired=can_keep)
        counts = Counter(line.resource.kind for line in lines)
        kinds = [
            {"value": kind.value, "label": kind.label, "count": counts[kind]} for kind in Resource.Kind if counts[kind]
        ]
        wanted = self.request.GET.get("kind", "")
        chosen = wanted if wanted in counts else ""
        only_dead = can_keep and self.request.GET.get("show") == "dead"
        return super().get_context_data(
            lines=[line for line in lines if chosen in ("", line.resource.kind) and (line.dead or not only_dead)],
            kinds=kinds,
            chosen=chosen,
            total=len(lines),
            dead=sum(1 for line in lines if line.dead),
            only_dead=only_dead,
            can_keep=can_keep,
            can_keep_addresses=user.has_perm(Perm.KEEP_ADDRESSES, organisation),
            **kwargs,
        )


class ResourceAddressEdit(GuardedForm):
    """The address is the current organisation's, so that is what the permission is asked about."""

    permission_required = Perm.KEEP_ADDRESSES
    template_name = "sessions_catalogue/resource_address.html"
    form_class = ResourceAddressForm
    resource: Resource

    def load(self) -> Any:
        self.resource = self.visible(Resource.objects)
        return super().load()

    def get_initial(self) -> dict[str, Any]:
        own = queries.addresses_of(self.request.user, self.target)
        return {"address": own.get(self.resource.pk, "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": reverse("sessions_catalogue:resource_list")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(resource=self.resource, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        address = form.cleaned_data["address"]
        set_resource_address(organisation=self.target, resource=self.resource, address=address, by=self.request.user)
        messages.success(self.request, "Address saved" if address else "Address taken away")
        return redirect("sessions_catalogue:resource_list")
