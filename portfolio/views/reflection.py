"""The writer's own critical reflection: reading it, writing it, saying that it is done, opening it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.services.working_copies import UnseenCopy
from accounts.transitions import GuardRefused, InvalidTransition
from accounts.views.base import GuardedForm, GuardedPage
from accounts.views.keeps_draft import KeepsDraft
from pathway.models import Area, Enrolment
from portfolio import queries
from portfolio.drafts.reflection import REFLECTION, read_reflection, unsaved_in_reflection
from portfolio.forms.opening import OpenForm
from portfolio.forms.reflection import SHOW_PARTS, ReflectionForm
from portfolio.models import Reflection, Structure
from portfolio.models.reflection_parts import STRUCTURES, kept_aside, word_count, written_in
from portfolio.queries import reflection as read
from portfolio.queries.notebook import origins_of
from portfolio.queries.own_words import of_ones_own_reflection
from portfolio.services.opening import Readers, StaleText
from portfolio.services.reflection import open_reflection, reopen_reflection, replace_words, save_reflection
from portfolio.services.sharing import NotReady
from portfolio.views.opening import share_words
from portfolio.views.opening_checked import CheckedOpening
from portfolio.views.whose_year import OfOwnYear
from pqs_portal.lib.words_found import CheckedText


class OfOwnReflection(OfOwnYear):
    """The piece of one's own year."""

    target: Enrolment

    @cached_property
    def reflection(self) -> Reflection | None:
        return read.own_reflection(self.request.user, self.target)

    @cached_property
    def areas(self) -> list[Area]:
        return queries.areas_of(self.target)

    @property
    def page_url(self) -> str:
        return reverse("portfolio:reflection")

    def there(self) -> Reflection:
        """The row as it is saved now, where the address makes no sense without one."""
        row = read.own_reflection(self.request.user, self.target)
        if row is None:
            raise Http404
        return row


class ReflectionPage(OfOwnReflection, GuardedPage):  # type: ignore[misc]  # the middleware adds to the request
    """The piece to read, with what the mentor says beside each paragraph; before it is begun, the structures."""

    template_name = "portfolio/reflection.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            **kwargs,
            enrolment=self.target,
            reflection=self.reflection,
            limit=read.word_limit(self.target.organisation_id),
            note_count=len(read.notes_for(self.request.user, self.target)),
        )
        return context | (self.written(self.reflection) if self.reflection else {"structures": structures()})

    def written(self, row: Reflection) -> dict[str, Any]:
        user = self.request.user
        comments, mentor = read.comments_for(user, row), queries.current_mentor(self.target)
        reader = mentor.pk if mentor and row.shared_with_id == mentor.pk else None
        changed = reader is not None and changed_since(row)
        return {
            "rows": read.page_of(row.structure, row.parts, comments),
            "elsewhere": read.elsewhere(row.structure, row.parts, comments),
            "aside": kept_aside(row.structure, row.parts),
            "words": word_count(row.structure, row.parts),
            "areas": row.areas.order_by("number"),
            "versions": read.versions_for(user, row),
            "mentor": mentor,
            "is_own": True,
            "answerable": reader,
            "own_words": of_ones_own_reflection(user, comments, reader),
            "changed_since_shared": changed,
            "share_words": share_words(row, mentor, is_changed=changed),
            "unsaved": unsaved_in_reflection(user, row),
        }


def structures() -> list[dict[str, Any]]:
    """To choose from: each with its parts."""
    return [
        {"value": value, "label": label, "parts": [part.title for part in STRUCTURES[value]]}
        for value, label in Structure.choices
    ]


def changed_since(row: Reflection) -> bool:
    """Whether the mentor reads another text than the writer."""
    shared = row.shared_version
    if shared is None:
        return False
    now = [written.text for written in written_in(row.structure, row.parts)]
    then = [written.text for written in written_in(shared.structure, shared.parts)]
    return (row.title, row.structure, now) != (shared.title, shared.structure, then)


class ReflectionEdit(KeepsDraft, OfOwnReflection, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    """Part by part, with the notebook at hand. Another structure is a save like any other."""

    template_name = "portfolio/reflection_edit.html"
    form_class = ReflectionForm
    draft_form = REFLECTION

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.target.pk
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.reflection and self.reflection.is_done:
            return redirect(self.page_url)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if SHOW_PARTS in request.POST:
            form = self.get_form()
            form.show_parts()
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        row = self.reflection
        if row is None:
            asked = self.request.GET.get("structure", "")
            return {"revision": 0, "structure": asked if asked in STRUCTURES else Structure.WHAT}
        areas = [str(pk) for pk in row.areas.values_list("pk", flat=True)]
        return {"revision": row.revision, "structure": row.structure, "title": row.title, "areas": areas}

    def get_form_kwargs(self) -> dict[str, Any]:
        notes = read.notes_for(self.request.user, self.target)
        return super().get_form_kwargs() | {
            "areas": self.areas,
            "saved": self.reflection.parts if self.reflection else {},
            "notes": notes,
            "origins": origins_of(self.request.user, notes),
            "limit": read.word_limit(self.target.organisation_id),
            "cancel_url": self.page_url,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs, reflection=self.reflection)
        return context

    def form_valid(self, form: ReflectionForm) -> HttpResponse:
        before = self.reflection.structure if self.reflection else None
        try:
            row = save_reflection(
                enrolment=self.target,
                revision=form.cleaned_data["revision"] or 0,
                piece=form.piece,
                put=form.put,
                finish=form.is_finished,
                typed=self.typed,
                by=self.request.user,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleText as stale:
            return self.saved_elsewhere(form, stale.current)
        except (GuardRefused, NotReady) as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        readers = " Your mentor reads what you opened before." if row.is_shared else " Only you can read it."
        if row.is_done:
            messages.success(self.request, f"Saved, and it is done.{readers}")
            return redirect(self.page_url)
        messages.success(self.request, f"Saved as version {row.revision}.{readers}")
        goes_on = form.put or before not in (None, row.structure)
        return redirect(reverse("portfolio:reflection_edit") + form.place if goes_on else self.page_url)

    def saved_elsewhere(self, form: ReflectionForm, current: Reflection) -> HttpResponse:
        theirs = read.to_compare(current, list(current.areas.order_by("number")))
        return self.beside_saved(form, theirs, read_reflection, current.revision)


class ReflectionReopen(OfOwnReflection):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with suppress(InvalidTransition):  # it is being written already
            reopen_reflection(reflection=self.there(), by=self.request.user)
        return redirect("portfolio:reflection_edit")


class ReflectionShare(OfOwnReflection, CheckedOpening):  # type: ignore[misc]  # as in GuardedForm
    """Who may read it: a mentor also while it is being written, the portfolio once it is done."""

    template_name = "portfolio/reflection_share.html"
    mentor_hint = "They read what is saved now, and can say something about each paragraph."
    portfolio_hint = f"Once it is done. {CheckedOpening.portfolio_hint}"

    @property
    def enrolment(self) -> Enrolment:
        return self.target

    def text(self) -> Reflection:
        return self.there()

    def open(self, *, text: Reflection, revision: int, readers: Readers) -> Reflection:
        return open_reflection(reflection=text, revision=revision, readers=readers, by=self.request.user)

    def checked_texts(self, form: OpenForm) -> list[CheckedText]:
        row = self.checked_thing
        written = written_in(row.structure, row.parts)
        texts = [CheckedText(one.part.key, one.part.title, one.text) for one in written if one.text]
        return [*([CheckedText("title", "Name", row.title)] if row.title else []), *texts]

    def save_words(self, *, text: Reflection, revision: int, texts: Mapping[str, str]) -> Reflection:
        return replace_words(reflection=text, revision=revision, texts=texts, by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.there()
        return super().get_context_data(
            **kwargs,
            reflection=row,
            rows=read.page_of(row.structure, row.parts, ()),
            aside=kept_aside(row.structure, row.parts),
            areas=row.areas.order_by("number"),
            unsaved=unsaved_in_reflection(self.request.user, row, reopened_at=self.page_url),
        )
