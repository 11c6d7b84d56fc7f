"""The end of a session: four things to keep, of which one is enough, on one screen."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from accounts.services.working_copies import UnseenCopy
from accounts.views.keeps_draft import KeepsNewDraft
from portfolio import queries
from portfolio.drafts.later import ACTION, NOTE
from portfolio.forms.later import ActionForm, KeepForm
from portfolio.models import Action, Note
from portfolio.services.actions import note_action
from portfolio.services.later import keep_note
from portfolio.views.own_session import OwnSession


@dataclass(frozen=True)
class Choice:
    """One of the four. ``label`` asks for the text, ``done`` is said once it is kept."""

    key: str
    title: str
    label: str
    hint: str
    done: str
    area_first: bool = False


CHOICES = {
    choice.key: choice
    for choice in (
        Choice(
            Note.For.SELF_ASSESSMENT,
            "Look again at my self-assessment",
            "What would you say about yourself in this area now?",
            "The same as before, or something else: a line on what has changed, and how you know.",
            "It waits for you beside your self-assessment.",
            area_first=True,
        ),
        Choice(
            Note.For.PLAN,
            "Add to my development plan",
            "What do you want to work on next?",
            "A line is enough. You can make it a proper aim later.",
            "It waits for your development plan.",
        ),
        Choice(
            Note.For.REFLECTION,
            "Keep something for my critical reflection",
            "What do you want to remember?",
            "While it is fresh. No names, no places, no case numbers.",
            "It waits for your critical reflection.",
        ),
        Choice(
            ACTION,
            "Note an action (Tool 29)",
            "What will you do?",
            "Something you can say afterwards that you did.",
            "It stands among your actions.",
        ),
    )
}


class LastFifteen(KeepsNewDraft, OwnSession):
    """``?choice=`` says which of the four is open; with it, the address carries the id of what will be kept."""

    template_name = "portfolio/last_fifteen.html"
    page = "last_fifteen"
    made_already = "You kept this already"

    @property
    def choice(self) -> Choice | None:
        return CHOICES.get(self.request.GET.get("choice", ""))

    @property
    def makes(self) -> type[Note] | type[Action]:  # type: ignore[override]  # which one, the address says
        return Action if self.choice and self.choice.key == ACTION else Note

    @property
    def draft_form(self) -> str:  # type: ignore[override]  # the same
        return ACTION if self.makes is Action else NOTE

    def made_url(self, made: Note | Action) -> str:
        return self.get_success_url()

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if self.choice is None:
            return self.render_to_response(self.get_context_data(form=None))
        return super().get(request, *args, **kwargs)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if self.choice is None:
            raise Http404
        return super().post(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id}

    def get_form_class(self) -> type[KeepForm]:
        return ActionForm if self.makes is Action else KeepForm

    def get_form_kwargs(self) -> dict[str, Any]:
        choice = self.choice or CHOICES[ACTION]
        return super().get_form_kwargs() | {
            "areas": self.areas,
            "fixed": queries.area_in_year(self.session, self.areas),
            "area_needed": choice.area_first,
            "label": choice.label,
            "hint": choice.hint,
            # Without the place on the page that the link led to: what is said next stands at the top.
            "action": self.request.get_full_path(),
            "cancel_url": self.get_success_url(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notes, actions = queries.kept_from(self.request.user, self.enrolment, self.session)
        return super().get_context_data(
            **kwargs,
            choice=self.choice,
            area=queries.area_in_year(self.session, self.areas),
            rows=[
                {
                    "choice": choice,
                    "is_open": choice == self.choice,
                    "id": uuid.uuid4(),
                    "kept": kept,
                    "kept_words": f"✓ {len(kept)} kept",
                }
                for choice, kept in self._by_choice(notes, actions)
            ],
            kept_count=len(notes) + len(actions),
        )

    def _by_choice(self, notes: list[Note], actions: list[Action]) -> list[tuple[Choice, list[Any]]]:
        kept: dict[str, list[Any]] = {key: [note for note in notes if note.belongs_to == key] for key in CHOICES}
        kept[ACTION] = list(actions)
        return [(choice, kept[key]) for key, choice in CHOICES.items()]

    def form_valid(self, form: KeepForm) -> HttpResponse:
        assert self.choice  # noqa: S101 -- post has asked
        said: dict[str, Any] = {
            "pk": self.draft_target,
            "enrolment": self.enrolment,
            "text": form.cleaned_data["text"],
            "session": self.session,
            "area": form.chosen_area,
            "by": self.request.user,
            "typed": self.typed,
        }
        try:
            if isinstance(form, ActionForm):
                note_action(due_on=form.cleaned_data["due_on"], **said)
            else:
                keep_note(belongs_to=self.choice.key, **said)
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        messages.success(self.request, f"Kept. {self.choice.done} Only you can read it.")
        return redirect(self.get_success_url())
