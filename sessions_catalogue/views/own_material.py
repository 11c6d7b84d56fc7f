"""An organisation's own tools and resources: to add, to change, to stop offering."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.services.rows import SavedMeanwhile
from accounts.services.working_copies import UnseenCopy
from accounts.views.base import Guarded, GuardedForm, GuardedPage
from accounts.views.keeps_draft import ChangesSaved, KeepsNewDraft
from pqs_portal.lib.said import say_at
from sessions_catalogue.drafts import RESOURCE, TOOL
from sessions_catalogue.forms.material import MaterialForm, ResourceForm, ToolForm
from sessions_catalogue.models import Resource, Tool
from sessions_catalogue.permissions import Perm
from sessions_catalogue.services import material


class OfResources:
    makes: Any = Resource
    draft_form = RESOURCE
    form_class: Any = ResourceForm
    list_name = "sessions_catalogue:resource_list"
    list_title = "Resources"
    one = "resource"


class OfTools:
    makes: Any = Tool
    draft_form = TOOL
    form_class: Any = ToolForm
    list_name = "sessions_catalogue:tool_list"
    list_title = "Tools"
    one = "tool"


class Material(Guarded):
    """Stands behind ``OfResources`` or ``OfTools``. The permission is about the row, or where there is none yet
    about the current organisation; what is supplied belongs to nobody."""

    permission_required = Perm.KEEP_CATALOGUE
    request: Any  # what Django's pages call it is narrower
    makes: Any
    list_name: str
    list_title: str
    one: str

    def list_url(self, row: Any = None) -> str:
        return reverse(self.list_name) + (f"#{row.key}" if row else "")

    def done(self, words: str, row: Any) -> HttpResponseRedirect:
        say_at(self.request, row.key, words)
        return HttpResponseRedirect(self.list_url(row))


class OneMaterial(Material):
    def load(self) -> Any:
        return self.visible(self.makes.objects)


class MaterialFormPage(ChangesSaved, Material, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    template_name = "sessions_catalogue/own_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": self.list_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back_url=self.list_url(), back_label=self.list_title, **kwargs)

    def as_saved(self, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.get_form_class().base_fields if name != "id"}

    @abstractmethod
    def save(self, form: MaterialForm) -> HttpResponse:
        """Raises SavedMeanwhile or UnseenCopy."""

    def form_valid(self, form: MaterialForm) -> HttpResponse:
        try:
            return self.save(form)
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except SavedMeanwhile as stale:
            return self.saved_elsewhere(form, stale.current)


class MaterialNew(KeepsNewDraft, MaterialFormPage):
    makes: Any

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id}

    def made_url(self, made: Any) -> str:
        return self.list_url(made)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=f"Add a {self.one}", **kwargs)

    def save(self, form: MaterialForm) -> HttpResponse:
        row = material.add_material(
            self.makes,
            pk=self.draft_target,
            organisation=self.target,
            fields=form.row_fields(),
            revision=form.cleaned_data["revision"] or 0,
            typed=self.typed,
            by=self.request.user,
        )
        return self.done("Added", row)


class MaterialEdit(OneMaterial, MaterialFormPage):  # type: ignore[misc]  # as in GuardedForm
    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.target.pk
        return found

    def get_initial(self) -> dict[str, Any]:
        return self.as_saved(self.target)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=f"Change a {self.one}", **kwargs)

    def save(self, form: MaterialForm) -> HttpResponse:
        material.change_material(
            material=self.target,
            fields=form.row_fields(),
            revision=form.cleaned_data["revision"] or 0,
            typed=self.typed,
            by=self.request.user,
        )
        return self.done("Saved", self.target)


class MaterialRetire(OneMaterial, GuardedPage):
    """Ask, then no longer offer it."""

    template_name = "layouts/confirm.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading=f"Stop offering “{self.target.title}”?",
            text="Sessions that name it keep it; new parts of sessions cannot name it. You can offer it again.",
            button="Stop offering it",
            cancel_url=self.list_url(self.target),
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        material.set_retired(material=self.target, retired=True, by=request.user)
        return self.done("It is no longer offered", self.target)


class MaterialBringBack(OneMaterial):
    http_method_names = ["post"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        material.set_retired(material=self.target, retired=False, by=request.user)
        return self.done("It is offered again", self.target)


class ResourceNew(OfResources, MaterialNew):
    pass


class ResourceEdit(OfResources, MaterialEdit):  # type: ignore[misc]  # as in GuardedForm
    pass


class ResourceRetire(OfResources, MaterialRetire):
    pass


class ResourceBringBack(OfResources, MaterialBringBack):
    pass


class ToolNew(OfTools, MaterialNew):
    pass


class ToolEdit(OfTools, MaterialEdit):  # type: ignore[misc]  # as in GuardedForm
    pass


class ToolRetire(OfTools, MaterialRetire):
    pass


class ToolBringBack(OfTools, MaterialBringBack):
    pass
