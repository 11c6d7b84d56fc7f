"""The one way a view of the portal loads and authorises: visible first (else 404), then allowed (else 403)."""

from __future__ import annotations

import uuid
from abc import ABC
from typing import Any

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Manager, Model, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.generic import FormView, TemplateView, View

from accounts.models import Organisation, User
from accounts.services.rows import is_taken


class PortalRequest(HttpRequest):
    """What the middleware makes of a signed-in person's request."""

    user: User
    organisation: Organisation | None
    # What the page is about, once it is loaded.
    target: Any


class NoOrganisation(PermissionDenied):
    """The person belongs to no organisation now: not invited yet, or their membership has ended."""


class Guarded(View, ABC):
    """A view that declares its permission.

    ``load`` returns the object the permission is checked against: fetch it with ``self.visible(queryset)``.
    By default that is the current organisation.
    """

    # Django's form views would take PUT for POST.
    http_method_names = ["get", "post", "head", "options"]
    permission_required: str = ""
    request: PortalRequest
    target: Any

    def load(self) -> Any:
        if self.request.organisation is None:
            raise NoOrganisation
        return self.request.organisation

    def visible(self, queryset: QuerySet[Any] | Manager[Any], **lookup: Any) -> Any:
        """The one row of ``queryset.visible_to(user)`` that matches (default: by the URL's ``pk``), else 404."""
        wanted = lookup or {"pk": self.kwargs["pk"]}
        found = queryset.visible_to(self.request.user).filter(**wanted).first()  # type: ignore[union-attr]
        if found is None:
            raise Http404
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.permission_required:
            raise ImproperlyConfigured(f"{type(self).__name__} declares no permission")
        try:
            self.target = request.target = self.load()  # type: ignore[attr-defined]  # what PortalRequest declares
        except NoOrganisation:
            return render(request, "accounts/no_organisation.html", status=403)
        if not self.request.user.has_perm(self.permission_required, self.target):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class GuardedPage(Guarded, TemplateView):  # type: ignore[misc]  # the middleware adds to the request
    """A page that reads."""


class GuardedForm(Guarded, FormView):  # type: ignore[misc, type-arg]  # the same; any form
    """A page with a form; ``form_valid`` makes one service call."""


class MakesOne:
    """A page that makes something new, once: its address carries the id that the new row will have.

    Pages are not stored, so "Back" asks for the form anew. What stays is the address; with the id in it, the form
    that comes back is the same one, and after saving it leads to what was made. Stands before the page's own class.
    """

    request: Any
    makes: type[Model]
    made_already = "You saved this already"

    @property
    def future_id(self) -> uuid.UUID:
        """For the form's hidden ``id``."""
        return new_id(self.request.GET.get("id"))

    def made_url(self, made: Any) -> str:
        """Where the row that the address has made is seen."""
        address: str = made.get_absolute_url()
        return address

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        pk = self.future_id
        if request.GET.get("id") != str(pk):
            return self._with_id(pk)
        if not is_taken(self.makes, pk):
            return super().get(request, *args, **kwargs)  # type: ignore[misc]  # the page's own
        made = self.makes.objects.visible_to(request.user).filter(pk=pk).first()  # type: ignore[attr-defined]
        if made is None:
            return self._with_id(uuid.uuid4())
        messages.info(request, self.made_already)
        return redirect(self.made_url(made))

    def _with_id(self, pk: uuid.UUID) -> HttpResponseBase:
        query = self.request.GET.copy()
        query["id"] = str(pk)
        return redirect(f"{self.request.path}?{query.urlencode()}")


def new_id(posted: str | None) -> uuid.UUID:
    """The id a form for something new carries, so that a double press makes one row. See ``MakesOne``."""
    try:
        return uuid.UUID(posted or "")
    except ValueError:
        return uuid.uuid4()


def as_id(posted: str | None) -> uuid.UUID:
    """An id out of a form; what is none is not found."""
    try:
        return uuid.UUID(posted or "")
    except ValueError:
        raise Http404 from None
