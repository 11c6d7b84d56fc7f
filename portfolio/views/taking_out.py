"""Taking out for good: what it is, where it stands, and then it is gone. Nothing of it is kept in between."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic.edit import FormMixin

from portfolio.forms.taking_out import TakeOutForm
from portfolio.models import Attachment, Evidence
from portfolio.queries.taking_out import look_for, own_files
from portfolio.services.taking_out import take_out
from portfolio.views.lists import OwnPage
from pqs_portal.lib.text import as_uuid
from pqs_portal.templatetags.portal import and_list

CAME_FROM = {"reflection": "portfolio:reflection", "plan": "portfolio:plan"}


class TakeOut(FormMixin, OwnPage):  # type: ignore[misc, type-arg]  # as in GuardedForm
    """``?piece=`` is where the person came from and goes back to, or ``?from=`` one of ``CAME_FROM``; ``?file=`` one
    that is chosen already."""

    template_name = "portfolio/take_out.html"
    form_class = TakeOutForm

    @cached_property
    def piece(self) -> Evidence | None:
        named = as_uuid(self.request.GET.get("piece", ""))
        found: Evidence | None = self.own_pieces().filter(pk=named).first() if named else None
        return found

    @cached_property
    def own(self) -> list[Attachment]:
        return own_files(self.target, self.request.user)

    def back_url(self) -> str:
        if self.piece:
            return str(self.piece.get_absolute_url())
        return reverse(CAME_FROM.get(self.request.GET.get("from", ""), "portfolio:evidence_list"))

    def get_form_kwargs(self) -> dict[str, Any]:
        initial = {"chosen": [self.request.GET.get("file", "")]}
        return {**super().get_form_kwargs(), "own": self.own, "cancel_url": self.back_url(), "initial": initial}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, back_url=self.back_url())

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid() or "change" in self.request.POST:
            return self.form_invalid(form)
        if "take_out" in self.request.POST:
            return self.take_out(form)
        return self.preview(form)

    def chosen(self, form: TakeOutForm) -> list[Attachment]:
        return [file for file in self.own if str(file.pk) in form.cleaned_data.get("chosen", ())]

    def preview(self, form: TakeOutForm) -> HttpResponse:
        passages, chosen = form.cleaned_data["passages"], self.chosen(form)
        found = look_for(passages, enrolment=self.target, by=self.request.user, chosen=chosen)
        if not found.total:
            form.add_error("passages", self.nowhere(found.observers))
            return self.form_invalid(form)
        context = self.get_context_data(
            form=form,
            passages=passages,
            chosen=chosen,
            found=found,
            more=found.files,
            observer_names=and_list(found.observers),
        )
        return self.response_class(self.request, ["portfolio/take_out_preview.html"], context)

    def nowhere(self, observers: Any) -> str:
        if observers:
            return "These words stand only in observations, which are their observer’s words. Ask your observer"
        return "These words stand nowhere in what you have written. Check how they are spelt there"

    def take_out(self, form: TakeOutForm) -> HttpResponse:
        count = take_out(
            enrolment=self.target,
            by=self.request.user,
            passages=form.cleaned_data["passages"],
            files=[file.pk for file in self.chosen(form)],
        )
        if count:
            messages.success(
                self.request,
                f"Taken out for good, in {count} {'place' if count == 1 else 'places'}. "
                "PDFs of your portfolio that were made before are deleted: make a new one when you need it.",
            )
        else:
            messages.info(self.request, "It was gone already.")
        return redirect(self.back_url())
