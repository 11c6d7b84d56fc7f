"""What the supervisor asks the next observation to look at, and the one that is booked as they may see it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.drafts import Place
from accounts.models import User
from accounts.services.rows import SavedMeanwhile
from accounts.services.working_copies import UnseenCopy
from accounts.views.base import GuardedForm, GuardedPage
from accounts.views.keeps_draft import KeepsDraft
from observations.drafts import FOCUS, focus_place, read_focus
from observations.forms import FocusForm
from observations.models import FocusWish, Observation
from observations.permissions import Perm
from observations.queries import areas_of, mentor_of, next_to_come, wish_about
from observations.services import AnotherMentor, ask_focus, take_back_focus
from observations.views.checks import ChecksWish
from observations.views.plan import asked_area
from pathway.models import Enrolment


class Focus(ChecksWish, KeepsDraft, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    draft_form = FOCUS
    permission_required = Perm.ASK_FOCUS
    template_name = "observations/focus.html"
    form_class = FocusForm

    def load(self) -> Any:
        return self.visible(Enrolment.objects.select_related("supervisor", "cohort"))

    @property
    def draft_target(self) -> uuid.UUID:
        return self.target.pk

    @cached_property
    def draft_place(self) -> Place:
        return focus_place(self.target, self.wish)

    @cached_property
    def mentor(self) -> User | None:
        return mentor_of(self.target)

    @cached_property
    def observation(self) -> Observation | None:
        return next_to_come(self.target)

    @cached_property
    def wish(self) -> FocusWish | None:
        return wish_about(self.target, self.mentor, self.observation)

    def get_initial(self) -> dict[str, Any]:
        """As the two have it now."""
        wish, booked = self.wish, self.observation
        chosen = booked.focus.all() if booked else wish.areas.all() if wish else ()
        return {
            "revision": wish.revision if wish else 0,
            "areas": [area.pk for area in chosen],
            "text": wish.text if wish else "",
        }

    def get_form(self, form_class: Any = None) -> FocusForm:
        """With the area that the address names, also on what was typed and left."""
        form: FocusForm = super().get_form(form_class)
        asked = None if form.is_bound else asked_area(self.request, self.target)
        if asked and str(asked.pk) not in map(str, form.initial["areas"]):
            form.initial["areas"] = [*form.initial["areas"], asked.pk]
        return form

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "areas": areas_of(self.target),
            "mentor": self.mentor,
            "asked_before": self.wish is not None and self.wish.asked_at is not None,
            "cancel_url": self.back_url,
        }

    @property
    def back_url(self) -> str:
        if self.observation:
            return reverse("observations:booked", args=[self.observation.pk])
        return reverse("observations:observation_list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            mentor=self.mentor, observation=self.observation, back_url=self.back_url, **kwargs
        )

    def form_valid(self, form: FocusForm) -> HttpResponse:
        data, by = form.cleaned_data, self.request.user
        begun: dict[str, Any] = {
            "enrolment": self.target,
            "revision": data["revision"] or 0,
            "typed": self.typed,
            "by": by,
        }
        try:
            if form.takes_back:
                take_back_focus(**begun)
            else:
                ask_focus(mentor_id=data["shown"], areas=data["areas"], text=data["text"], **begun)
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except SavedMeanwhile as stale:
            return self.saved_elsewhere(form, stale.current)
        except AnotherMentor:
            form.add_error(None, "Your mentor has changed. Look who it is now, then ask again")
            return self.form_invalid(form)
        messages.success(self.request, "Taken back" if form.takes_back else self.asked_words)
        return redirect(self.back_url)

    @property
    def asked_words(self) -> str:
        name = self.mentor.get_short_name() if self.mentor else "Your mentor"
        return f"Asked. {name} can read it now"

    def saved_elsewhere(self, form: FocusForm, current: FocusWish) -> HttpResponse:
        areas = [str(area.pk) for area in current.areas.all()]
        theirs = read_focus({"areas": areas, "text": [current.text]})
        return self.beside_saved(form, theirs, read_focus, current.revision)


class Booked(GuardedPage):
    """Before the release: kind, date, and what the two have agreed to look at; nothing of what is being written."""

    permission_required = Perm.ASK_FOCUS
    template_name = "observations/booked.html"

    def load(self) -> Observation:
        mine = Enrolment.objects.of_supervisor(self.request.user)
        rows = Observation.objects.dates_visible_to(self.request.user).filter(enrolment__in=mine)
        people = rows.with_current_mentor().select_related("observer", "enrolment__cohort")
        found: Observation | None = people.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.target.is_released:
            return redirect(self.target)
        if not self.target.observer_is_mentor:  # it will not take place
            return redirect("observations:observation_list")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        following = next_to_come(self.target.enrolment)
        return super().get_context_data(
            observation=self.target,
            focus=self.target.focus.all(),
            wish=self.target.asked_focus,
            may_ask=following == self.target,
            following=following,
            **kwargs,
        )
