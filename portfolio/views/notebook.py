"""The notebook through the year: notes for the critical reflection, and keeping something from wherever one stands."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.drafts import Place
from accounts.services.working_copies import UnseenCopy
from accounts.views.base import GuardedForm
from accounts.views.keeps_draft import KeepsNewDraft
from pathway.models import Enrolment
from portfolio import queries
from portfolio.drafts.reflection import NEW_JOTTING, NOTEBOOK
from portfolio.forms.later import KeepForm
from portfolio.models import Note
from portfolio.permissions import Perm
from portfolio.queries.notebook import OWN, Origin, origin_named, origins_of
from portfolio.services.later import keep_note
from portfolio.views.later import PUT_AWAY, filters
from portfolio.views.lists import PER_PAGE
from portfolio.views.whose_year import own_year
from pqs_portal.lib.said import say_at


class NoteNew(KeepsNewDraft, GuardedForm):
    """A note for the critical reflection; ``?from=observation:<id>`` and the like say what set it off."""

    permission_required = Perm.WRITE_EVIDENCE
    template_name = "portfolio/note_new.html"
    form_class = KeepForm
    draft_form = NOTEBOOK
    makes = Note
    made_already = "You kept this already"
    origin: Origin

    def load(self) -> Enrolment:
        enrolment, named = own_year(self), self.request.GET.get("from", "")
        found = origin_named(self.request.user, enrolment, named) if named else OWN
        # What was written is kept even if what set it off can no longer be read.
        if found is None and self.request.method != "POST":
            raise Http404
        self.origin = found or OWN
        return enrolment

    @cached_property
    def draft_place(self) -> Place | None:
        # Asked for, the page knows whose year it is and that its id is free.
        is_asked_for = self.request.method != "POST"
        return (
            NEW_JOTTING.place(self.target.organisation_id, self.draft_target) if is_asked_for else super().draft_place
        )

    def made_url(self, made: Note) -> str:
        return reverse("portfolio:notebook") + f"#note-{made.pk}"

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id, "area": str(self.origin.area_id or "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "areas": queries.areas_of(self.target),
            "label": "What do you want to remember?",
            "hint": "While it is fresh. No names, no places, no case numbers.",
            "cancel_url": self.origin.url or reverse("portfolio:notebook"),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs, origin=self.origin, enrolment=self.target)
        return context

    def form_valid(self, form: KeepForm) -> HttpResponse:
        try:
            note = keep_note(
                pk=self.draft_target,
                enrolment=self.target,
                belongs_to=Note.For.REFLECTION,
                text=form.cleaned_data["text"],
                area=form.chosen_area,
                session=self.origin.session,
                came_from=self.origin.came_from,
                came_from_id=self.origin.row_id,
                typed=self.typed,
                by=self.request.user,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        say_at(self.request, f"note-{note.pk}", "Kept in your notebook. Only you can read it.")
        return redirect(self.made_url(note))


class Notebook(NoteNew):
    """What was kept for the critical reflection, the newest first, with room for one more."""

    template_name = "portfolio/notebook.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": "", "folded": True}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.target.organisation_id
        counts = queries.note_counts(user, organisation, belongs_to=Note.For.REFLECTION)
        labels = {"": "In the notebook", PUT_AWAY: "Put away"}
        chosen = PUT_AWAY if self.request.GET.get("show") == PUT_AWAY else ""
        notes = Note.objects.visible_to(user).filter(organisation=organisation, belongs_to=Note.For.REFLECTION)
        notes = notes.put_away() if chosen else notes.kept()
        paginator = Paginator(notes.with_source().order_by("-created_at"), PER_PAGE)
        paginator.count = counts[chosen or Note.For.REFLECTION]  # known already
        page = paginator.get_page(self.request.GET.get("page"))
        origins = origins_of(user, list(page.object_list))
        return super().get_context_data(
            **kwargs,
            page=page,
            rows=[{"note": note, "origin": origins[note.pk]} for note in page.object_list],
            is_put_away=bool(chosen),
            any_put_away=counts[PUT_AWAY],
            filters=filters(labels, {"": counts[Note.For.REFLECTION], PUT_AWAY: counts[PUT_AWAY]}, chosen),
            back=[("back", "notebook")],
        )
