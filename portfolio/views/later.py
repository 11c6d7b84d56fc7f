"""Notes for later: the list, changing one, putting it away and bringing it back."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.services.working_copies import UnseenCopy
from accounts.views.base import Guarded, GuardedForm
from accounts.views.keeps_draft import KeepsDraft
from accounts.views.saved_meanwhile import saved_meanwhile
from portfolio import queries
from portfolio.drafts.later import NOTE, read_jotting
from portfolio.forms.later import KeepForm
from portfolio.models import Note
from portfolio.permissions import Perm
from portfolio.queries.notebook import origins_of
from portfolio.services.later import StaleJotting, bring_back, put_away, save_note
from portfolio.views.lists import PER_PAGE, OwnPage
from pqs_portal.lib.said import say_at

PUT_AWAY = "put_away"


def filters(labels: dict[str, str], counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    """For the template: which rows of a list are shown, with how many there are of each."""
    return [
        {"value": value, "label": label, "count": counts[value], "on": value == chosen}
        for value, label in labels.items()
        if counts[value] or value != PUT_AWAY or value == chosen
    ]


class Later(OwnPage):
    """One's notes, the newest first; ``?show=`` one kind, or those put away."""

    template_name = "portfolio/later.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.target.organisation_id
        counts = queries.note_counts(user, organisation)
        total = sum(counts[kind] for kind in Note.For.values)
        labels = {"": "All", **dict(Note.For.choices), PUT_AWAY: "Put away"}
        chosen = self.request.GET.get("show", "")
        chosen = chosen if chosen in labels else ""
        notes = Note.objects.visible_to(user).filter(organisation=organisation).with_source().order_by("-created_at")
        notes = notes.put_away() if chosen == PUT_AWAY else notes.kept()
        if chosen in Note.For.values:
            notes = notes.filter(belongs_to=chosen)
        page = Paginator(notes, PER_PAGE).get_page(self.request.GET.get("page"))
        origins = origins_of(user, list(page.object_list))
        return super().get_context_data(
            **kwargs,
            total=total,
            is_put_away=chosen == PUT_AWAY,
            any_put_away=counts[PUT_AWAY],
            filters=filters(labels, {"": total, **counts}, chosen),
            page=page,
            rows=[(note, origins[note.pk]) for note in page.object_list],
        )


class FromEitherList(Guarded):
    """A page about a note that leads back to the list it was opened from: the notebook says so (``back``)."""

    @property
    def is_from_notebook(self) -> bool:
        asked = self.request.POST.get("back") or self.request.GET.get("back")
        return asked == "notebook"

    @property
    def list_url(self) -> str:
        return reverse("portfolio:notebook" if self.is_from_notebook else "portfolio:later")

    @property
    def list_name(self) -> str:
        return "Notebook" if self.is_from_notebook else "Notes for later"

    def back_url(self, note: Note) -> str:
        return f"{self.list_url}#note-{note.pk}"


class NoteEdit(KeepsDraft, FromEitherList, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    draft_form = NOTE
    permission_required = Perm.WRITE_EVIDENCE
    template_name = "portfolio/note_edit.html"
    form_class = KeepForm

    def load(self) -> Note:
        found: Note = self.visible(Note.objects.kept().with_source())
        return found

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.target.pk
        return found

    def get_initial(self) -> dict[str, Any]:
        note = self.target
        return {"revision": note.revision, "text": note.text, "area": str(note.area_id or "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "areas": queries.areas_of(self.target.enrolment),
            "cancel_url": self.list_url,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        note = self.target
        context: dict[str, Any] = super().get_context_data(
            note=note,
            origin=origins_of(self.request.user, [note])[note.pk],
            list_url=self.list_url,
            list_name=self.list_name,
            **kwargs,
        )
        return context

    def form_valid(self, form: KeepForm) -> HttpResponse:
        try:
            note = save_note(
                note=self.target,
                revision=form.cleaned_data["revision"] or 0,
                text=form.cleaned_data["text"],
                area=form.chosen_area,
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleJotting as stale:
            return jotting_saved_meanwhile(self.request, stale)
        say_at(self.request, f"note-{note.pk}", "Saved. Only you can read it.")
        return redirect(self.back_url(note))


def jotting_saved_meanwhile(request: HttpRequest, stale: StaleJotting) -> HttpResponse:
    """Both texts, or the list where it was put away meanwhile."""
    now = stale.current
    saved = {"text": now.text, "due_on": getattr(now, "due_on", None), "area": now.area_id}
    return saved_meanwhile(request, saved=saved, read=read_jotting, revision=now.revision)


class NotePutAway(FromEitherList):
    permission_required = Perm.WRITE_EVIDENCE

    def load(self) -> Note:
        found: Note = self.visible(Note.objects.with_source())
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        put_away(jotting=self.target, by=self.request.user)
        messages.success(request, "It is put away. You can bring it back.")
        return redirect(self.list_url)


class NoteBringBack(NotePutAway):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        bring_back(jotting=self.target, by=self.request.user)
        say_at(request, f"note-{self.target.pk}", "It is back among your notes.")
        return redirect(self.back_url(self.target))
