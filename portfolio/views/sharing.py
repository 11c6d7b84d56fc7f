"""Opening a piece, taking it back, asking for feedback."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import User
from accounts.views.base import Guarded, GuardedForm, GuardedPage
from accounts.views.checks_words import CheckedFile, ChecksWords, type_into, typed_text
from accounts.views.drafts import number
from portfolio import queries
from portfolio.drafts.evidence import unsaved_in_piece
from portfolio.forms.sharing import ShareForm
from portfolio.models import Evidence
from portfolio.permissions import Perm
from portfolio.services.evidence import StaleVersion
from portfolio.services.sharing import (
    NotReady,
    ask_feedback,
    open_all_to_mentor,
    share_evidence,
    withdraw_evidence,
)
from portfolio.services.words import replace_words
from portfolio.tasks import look_into_file
from portfolio.views.checked_files import checked_files
from portfolio.views.lists import OwnPage
from portfolio.views.opening import PDFS_GO
from portfolio.views.parts import file_rows
from pqs_portal.lib.forms import PersonShown
from pqs_portal.lib.words_found import CheckedText

MOST_VERSION = 2**31 - 1


def in_portfolio(evidence: Evidence) -> bool:
    return bool(evidence.audience == Evidence.Audience.PORTFOLIO)


def kept_piece(view: Guarded) -> Evidence:
    """The piece of the address, unless it is in the bin."""
    found: Evidence = view.visible(Evidence.objects.kept().with_people())
    return found


class EvidenceShare(ChecksWords, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    """The piece as others will read it, what was found in it, and the tick that nobody can be recognised."""

    permission_required = Perm.WRITE_EVIDENCE
    template_name = "portfolio/evidence_share.html"
    form_class = ShareForm

    def load(self) -> Evidence:
        return kept_piece(self)

    @cached_property
    def piece(self) -> queries.EvidenceView:
        return queries.own_views([self.target])[0]

    @cached_property
    def mentor(self) -> User | None:
        return queries.current_mentor(self.target.enrolment)

    @property
    def checked_thing(self) -> Evidence:
        found: Evidence = self.target
        return found

    def checked_texts(self, form: ShareForm) -> list[CheckedText]:
        return [
            CheckedText("title", "Title", self.piece.title),
            CheckedText("body", "Text", self.piece.body),
            *(typed_text(form, f"why_{area.number}", f"Why area {area.number}") for area, _ in self.piece.mappings),
        ]

    def checked_files(self) -> list[CheckedFile]:
        return checked_files(self.piece)

    def write_back(self, form: ShareForm, texts: Mapping[str, str]) -> HttpResponse | None:
        whole = {checked.name: checked.text for checked in self.checked_texts(form)} | dict(texts)
        try:
            saved = replace_words(
                evidence=self.target,
                version=number(form.data.get("version", ""), MOST_VERSION),
                title=whole["title"],
                body=whole["body"],
                rationales={area.pk: whole[f"why_{area.number}"] for area, _ in self.piece.mappings},
                by=self.request.user,
            )
        except NotReady as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        except StaleVersion:
            return self.changed(form)
        self.look_again()
        typed = {name: text for name, text in texts.items() if name in form.fields}
        type_into(form, {**typed, "version": saved.version})
        return None

    def leave_for(self, form: ShareForm, url: str) -> HttpResponse:
        """The reasons that were typed are saved for their writer; the choice of readers goes along and comes back."""
        saved = {f"why_{area.number}": rationale for area, rationale in self.piece.mappings}
        typed = {checked.name: checked.text for checked in self.checked_texts(form) if checked.name in saved}
        answer = self.write_back(form, {}) if typed != saved else None
        return answer or redirect(f"{url}?{urlencode({'with': form['audience'].value() or ''})}")

    def look_again(self) -> None:
        """What the page shows is read anew."""
        self.__dict__.pop("piece", None)
        self.target = self.load()

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.target.version, "audience": self.request.GET.get("with", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "mentor": self.mentor,
            "areas": [area for area, _ in self.piece.mappings],
            "rationales": {area.pk: rationale for area, rationale in self.piece.mappings},
            "cancel_url": self.piece.url,
            "mentor_hint": f"It leaves your portfolio. {PDFS_GO}" if in_portfolio(self.target) else "",
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for file in self.piece.attachments:
            if file.found is None:  # somebody waits for it; beat would come to it as well
                transaction.on_commit(partial(look_into_file.delay, str(file.pk)), robust=True)
        page: HttpResponse = super().get(request, *args, **kwargs)
        return page

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            evidence=self.target,
            piece=self.piece,
            mentor=self.mentor,
            unsaved=unsaved_in_piece(self.request.user, self.target),
            files=file_rows(self.piece, removable=False),
        )

    def form_valid(self, form: ShareForm) -> HttpResponse:
        try:
            share_evidence(
                evidence=self.target,
                audience=form.cleaned_data["audience"],
                version=form.cleaned_data["version"],
                nobody_recognisable=form.cleaned_data["nobody_recognisable"],
                rationales=form.rationales,
                by=self.request.user,
                shown=form.cleaned_data["shown"],
            )
        except NotReady as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        except StaleVersion:
            return self.changed(form)
        reader = self.mentor.get_short_name() if self.mentor else ""
        said = "It is in your portfolio." if in_portfolio(self.target) else f"{reader} can read it now."
        messages.success(self.request, said)
        return redirect(self.piece.url)

    def changed(self, form: ShareForm) -> HttpResponse:
        """It was saved anew while this page was open: show the newer text, share nothing yet."""
        self.look_again()
        form.is_valid()
        type_into(form, {"version": self.target.version})
        form.add_error(None, "It was saved in another window meanwhile. Read it again below, then share it")
        return self.render_to_response(self.get_context_data(form=form), status=409)


class Confirmed(GuardedPage):
    """Asked once more on GET, done on POST."""

    permission_required = Perm.WRITE_EVIDENCE
    template_name = "layouts/confirm.html"
    heading = text = button = done = ""
    warning = False

    def load(self) -> Evidence:
        return kept_piece(self)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            heading=self.heading,
            text=f"{self.text}\n\n{PDFS_GO}" if in_portfolio(self.target) else self.text,
            button=self.button,
            warning=self.warning,
            cancel_url=self.target.get_absolute_url(),
        )

    @abstractmethod
    def act(self) -> None:
        """The one service call behind the button."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.act()
        messages.success(request, self.done)
        return redirect(self.target)


class EvidenceWithdraw(Confirmed):
    heading = "Take it back, so that only you can read it?"
    text = (
        "Nobody else can open it from that moment; its comments are yours to read too."
        "\n\nWhat was read before was read: talk to your mentor if that matters."
    )
    button = "Take it back"
    done = "Only you can read it now."

    def act(self) -> None:
        withdraw_evidence(evidence=self.target, by=self.request.user)


class FeedbackAsk(Guarded):
    permission_required = Perm.WRITE_EVIDENCE

    def load(self) -> Evidence:
        return kept_piece(self)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            evidence = ask_feedback(evidence=self.target, by=self.request.user)
        except NotReady as reason:
            messages.warning(request, str(reason))
        else:
            messages.success(request, f"{evidence.shared_with} is told that you would like feedback.")
        return redirect(self.target)


class EvidenceOpenAll(OwnPage):
    """Open the portfolio, as it stands, to a new mentor."""

    template_name = "layouts/confirm.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mentor = queries.current_mentor(self.target)
        if mentor is None:
            raise Http404
        return super().get_context_data(
            **kwargs,
            heading=f"Open your portfolio to {mentor}?",
            text=f"{mentor} can then read what is in your portfolio, as it stands there, and comment on it."
            "\n\nPieces that only you can read stay yours.",
            button=f"Open it to {mentor.get_short_name()}",
            cancel_url=reverse("portfolio:evidence_list"),
            hidden=[("shown", mentor.pk)],
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shown = PersonShown(None).clean(request.POST.get("shown"))
        try:
            count = open_all_to_mentor(enrolment=self.target, by=self.request.user, shown=shown)
        except NotReady as reason:
            messages.warning(request, str(reason))
            return redirect("portfolio:evidence_open_all")
        messages.success(request, "Your portfolio is open to your mentor." if count else "There was nothing to open.")
        return redirect("portfolio:evidence_list")
