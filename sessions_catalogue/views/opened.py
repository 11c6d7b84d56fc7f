"""Opening a note or a worksheet to one's mentor, and what a mentor reads of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from accounts.models import User
from accounts.views.base import GuardedForm, GuardedPage
from accounts.views.checks_words import ChecksWords, type_into
from accounts.views.drafts import number
from pathway.models import Enrolment
from pqs_portal.lib.words_found import CheckedText
from sessions_catalogue import queries_workspace
from sessions_catalogue.forms.workspace import OpenForm
from sessions_catalogue.models import Worksheet, WorkspaceEntry
from sessions_catalogue.permissions import Perm
from sessions_catalogue.services.words import replace_words
from sessions_catalogue.services.workspace import NotReady, StaleEntry, needs_tick, set_opened

PER_PAGE = 25
MOST_REVISION = 2**31 - 1
# Kinds of fields that hold words.
WORDY = frozenset({"text", "long"})


def who_reads(row: WorkspaceEntry | Worksheet, mentor: User | None) -> dict[str, str]:
    """For the writer: the words of the privacy line, and the status mark."""
    if row.shared_with is None:
        return {"kind": "private", "word": "Only you"}
    if mentor is None or row.shared_with_id != mentor.pk:
        return {"kind": "private", "word": "Only you", "note": f"{row.shared_with} is no longer your mentor."}
    found = {"kind": "shared", "word": f"With {mentor.get_short_name()}"}
    if row.is_changed_since_opened:
        found["note"] = f"{mentor.get_short_name()} reads it as it was when you opened it. What you changed is yours."
    return found


class OpenEntry(ChecksWords, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    """The text as the mentor will read it, what was found in it, and the tick that nobody can be recognised."""

    permission_required = Perm.KEEP_WORKSPACE
    template_name = "sessions_catalogue/workspace_open.html"
    form_class = OpenForm

    def load(self) -> WorkspaceEntry | Worksheet:
        found: WorkspaceEntry = self.visible(
            WorkspaceEntry.objects.select_related("session", "item", "enrolment__cohort", "shared_with")
        )
        return found

    @property
    def back_url(self) -> str:
        address: str = self.target.get_absolute_url()
        return address

    @cached_property
    def mentor(self) -> User | None:
        return queries_workspace.mentor_of(self.target.enrolment)

    @property
    def checked_thing(self) -> WorkspaceEntry | Worksheet:
        found: WorkspaceEntry | Worksheet = self.target
        return found

    def checked_texts(self, form: OpenForm) -> Sequence[CheckedText]:
        return [CheckedText("text", "Text", self.target.text)]

    def is_opening(self, form: OpenForm) -> bool:
        mentor = self.mentor
        return bool(form.cleaned_data.get("to_mentor") and mentor and needs_tick(self.target, mentor))

    def write_back(self, form: OpenForm, texts: Mapping[str, str]) -> HttpResponse | None:
        revision = number(form.data.get("revision", ""), MOST_REVISION)
        try:
            row = replace_words(row=self.target, revision=revision, texts=texts, by=self.request.user)
        except NotReady as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        except StaleEntry:
            return self.changed(form)
        type_into(form, {"revision": row.revision})
        return None

    def get_initial(self) -> dict[str, Any]:
        opened = self.mentor is not None and self.target.shared_with_id == self.mentor.pk
        return {"revision": self.target.revision, "to_mentor": opened, "is_material": self.target.is_material}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "mentor": self.mentor,
            "needs_tick": self.mentor is not None and needs_tick(self.target, self.mentor),
            "cancel_url": self.back_url,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reads = who_reads(self.target, self.mentor)
        context = {"row": self.target, "mentor": self.mentor, "reads": reads, "back_url": self.back_url}
        return super().get_context_data(**kwargs, **context, **self.shown())

    def shown(self) -> dict[str, Any]:
        return {"title": str(self.target.item or "Follow-up"), "text": self.target.text}

    def form_valid(self, form: OpenForm) -> HttpResponse:
        asked = {name: form.cleaned_data.get(name, False) for name in ("to_mentor", "is_material")}
        try:
            set_opened(
                entry_or_worksheet=self.target,
                nobody_recognisable=form.cleaned_data.get("nobody_recognisable", False),
                revision=form.cleaned_data["revision"],
                shown=form.cleaned_data["shown"],
                by=self.request.user,
                **asked,
            )
        except NotReady as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        except StaleEntry:
            return self.changed(form)
        reader = self.mentor.get_short_name() if self.mentor else ""
        messages.success(self.request, f"{reader} can read it." if asked["to_mentor"] else "Only you can read it.")
        return redirect(self.back_url)

    def changed(self, form: OpenForm) -> HttpResponse:
        """It was saved anew while this page was open: show the newer text, open nothing yet."""
        self.target = self.load()
        form.is_valid()
        type_into(form, {"revision": self.target.revision})
        form.add_error(None, "It was saved in another window meanwhile. Read it again below, then choose")
        return self.render_to_response(self.get_context_data(form=form), status=409)


class OpenWorksheet(OpenEntry):
    """Not for those about who somebody is: they have no such page."""

    def load(self) -> Worksheet:
        kept = Worksheet.objects.kept().select_related("template", "enrolment__cohort", "shared_with")
        found: Worksheet = self.visible(kept)
        if found.template.is_personal:
            raise Http404
        return found

    def checked_texts(self, form: OpenForm) -> Sequence[CheckedText]:
        sheet, answers = self.target.template, self.target.answers
        said = [field for field in sheet.fields if field["kind"] in WORDY and answers.get(field["key"])]
        return [
            CheckedText("about", "About", self.target.about),
            *(CheckedText(field["key"], field["label"], str(answers[field["key"]])) for field in said),
        ]

    def shown(self) -> dict[str, Any]:
        groups = queries_workspace.answer_groups(self.target.template, self.target.answers)
        return {"title": self.target.template.title, "about": self.target.about, "groups": groups}


class SessionNotes(GuardedPage):
    """What one person has opened to their mentor, each as it was when it was opened."""

    permission_required = Perm.READ_SESSION_NOTES
    template_name = "sessions_catalogue/session_notes.html"

    def load(self) -> Enrolment:
        mine = Enrolment.objects.mentored_by(self.request.user)
        found: Enrolment = self.visible(mine.select_related("supervisor", "cohort", "organisation"))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        entries = WorkspaceEntry.objects.visible_to(user).opened_to(user).filter(enrolment=self.target)
        ordered = entries.select_related("session", "item").order_by("session__number", "-shared_at")
        page = Paginator(ordered, PER_PAGE).get_page(self.request.GET.get("page"))
        sheets = (
            Worksheet.objects.visible_to(user).opened_to(user).filter(enrolment=self.target).select_related("template")
        )
        return super().get_context_data(
            **kwargs, enrolment=self.target, page=page, worksheets=sheets.order_by("-shared_at")
        )
