"""Tools and resources, and where an organisation's people find them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.views.base import GuardedForm, GuardedPage
from sessions_catalogue import queries
from sessions_catalogue.forms import ResourceAddressForm
from sessions_catalogue.models import Resource, Tool
from sessions_catalogue.permissions import Perm
from sessions_catalogue.services.addresses import set_resource_address


def numbers_of(material: Tool | Resource) -> list[int]:
    """The sessions that name it."""
    return sorted({item.block.session.number for item in material.block_items.all()})


class ToolList(GuardedPage):
    permission_required = Perm.READ_CATALOGUE
    template_name = "sessions_catalogue/tool_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tools = Tool.objects.visible_to(self.request.user).of(self.target).with_sessions(self.target)
        lines = [{"tool": tool, "sessions": numbers_of(tool)} for tool in tools]
        return super().get_context_data(lines=lines, numbers=len({line["tool"].number for line in lines}), **kwargs)


class ResourceList(GuardedPage):
    permission_required = Perm.READ_CATALOGUE
    template_name = "sessions_catalogue/resource_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.request.organisation
        resources = list(Resource.objects.visible_to(user).of(organisation).with_sessions(self.target))
        counts = Counter(resource.kind for resource in resources)
        kinds = [
            {"value": kind.value, "label": kind.label, "count": counts[kind]} for kind in Resource.Kind if counts[kind]
        ]
        wanted = self.request.GET.get("kind", "")
        chosen = wanted if wanted in counts else ""
        addresses = queries.addresses_of(user, organisation)
        lines = [
            {"resource": resource, "sessions": numbers_of(resource), "own_address": addresses.get(resource.pk)}
            for resource in resources
            if chosen in ("", resource.kind)
        ]
        return super().get_context_data(
            lines=lines,
            kinds=kinds,
            chosen=chosen,
            total=len(resources),
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
