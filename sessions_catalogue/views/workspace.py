"""The workspace of one session: what to do and to answer, each with a note of one's own."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.drafts import together, version_of
from accounts.models import User, WorkingCopy
from accounts.services.working_copies import UnseenCopy
from accounts.views.base import Guarded, GuardedForm, GuardedPage
from accounts.views.keeps_draft import KeepsDraft, draft_on, go_on_with
from accounts.views.saved_meanwhile import saved_meanwhile
from pathway.models import Enrolment
from sessions_catalogue import queries, queries_workspace
from sessions_catalogue.drafts import ENTRY, entry_place, read_entry
from sessions_catalogue.forms.workspace import EntryForm
from sessions_catalogue.models import BlockItem, ProgrammeSession, SessionBlock, WorksheetTemplate, WorkspaceEntry
from sessions_catalogue.models.workspace import workspace_url
from sessions_catalogue.permissions import Perm
from sessions_catalogue.services.workspace import StaleEntry, save_entry
from sessions_catalogue.views.opened import who_reads

# Each has pages of its own.
ELSEWHERE = frozenset({BlockItem.Kind.EVIDENCE_CHOICE, BlockItem.Kind.FOLLOW_UP})


@dataclass
class Line:
    """One item of the session as its page shows it. ``form`` is missing where nothing is noted here."""

    item: BlockItem
    label: str
    address: str
    describe: bool
    entry: WorkspaceEntry | None = None
    form: EntryForm | None = None
    reads: dict[str, str] = field(default_factory=dict)
    worksheets: list[WorksheetTemplate] = field(default_factory=list)


class OfSession(Guarded):
    """Something about one's own year and one session; 404 for those who have no year here."""

    permission_required = Perm.KEEP_WORKSPACE
    session: ProgrammeSession

    def find_session(self) -> ProgrammeSession:
        found: ProgrammeSession
        if "number" in self.kwargs:
            found = self.visible(ProgrammeSession.objects.supplied().whole(), number=self.kwargs["number"])
        else:
            own = {"pk": self.kwargs["pk"], "organisation__isnull": False}
            found = self.visible(ProgrammeSession.objects.whole().select_related("organisation"), **own)
        return found

    def load(self) -> Enrolment:
        self.session = self.find_session()
        organisation = self.session.organisation or self.request.organisation
        enrolment = queries_workspace.own_enrolment(self.request.user, organisation) if organisation else None
        if enrolment is None:
            raise Http404
        return enrolment

    @cached_property
    def mentor(self) -> User | None:
        return queries_workspace.mentor_of(self.target)

    @cached_property
    def entries(self) -> list[WorkspaceEntry]:
        return list(queries_workspace.own_entries(self.request.user, self.target, self.session))

    @cached_property
    def worksheets(self) -> list[WorksheetTemplate]:
        return list(queries_workspace.worksheets_of_session(self.request.user, self.session))

    def here(self) -> dict[uuid.UUID | None, WorkspaceEntry]:
        """The entries of this year and this version of the session, by item; the follow-up has none."""
        return {
            entry.item_id: entry
            for entry in self.entries
            if entry.enrolment_id == self.target.pk and entry.session_id == self.session.pk
        }

    def blocks(self, refused: EntryForm | None = None) -> list[dict[str, Any]]:
        addresses = queries.addresses_of(self.request.user, self.target.organisation)
        entries = self.here()
        described: set[uuid.UUID] = set()
        found = []
        for block in self.session.blocks.all():
            lines = []
            for item in block.items.all():
                line = Line(
                    item,
                    label="" if item.kind in ELSEWHERE else item.get_kind_display(),
                    address=addresses.get(item.resource.pk, item.resource.address) if item.resource else "",
                    describe=item.tool_id not in described,
                )
                described |= {item.tool_id} if item.tool_id else set()
                if item.kind not in ELSEWHERE:
                    self.fill(line, entries.get(item.pk), refused)
                lines.append(line)
            found.append({"block": block, "lines": lines})
        return found

    def fill(self, line: Line, entry: WorkspaceEntry | None, refused: EntryForm | None) -> None:
        """The note beside the item and the form for it: the one that was refused, if it is this item's."""
        line.entry = entry
        line.reads = who_reads(entry, self.mentor) if entry else {}
        line.form = refused if refused and refused.item == line.item else self.form_for(line.item, entry)
        if line.item.tool_id:
            line.worksheets = [sheet for sheet in self.worksheets if sheet.tool_id == line.item.tool_id]

    @cached_property
    def copies(self) -> dict[uuid.UUID, WorkingCopy]:
        mine = WorkingCopy.objects.visible_to(self.request.user)
        copies = mine.filter(form=ENTRY, organisation=self.target.organisation_id)
        return {copy.target_id: copy for copy in copies}

    def form_for(self, item: BlockItem, entry: WorkspaceEntry | None) -> EntryForm:
        form = EntryForm(item=item, initial=initial_of(entry))
        place = entry_place(self.target, self.session, item, version_of(entry) if entry else 0)
        target = together(self.target.pk, item.pk)
        form.draft = draft_on(place, form=ENTRY, target_id=target, user=self.request.user, asked=place.url)
        go_on_with(form, self.copies.get(target))
        return form

    def context(self, refused: EntryForm | None = None) -> dict[str, Any]:
        entries = self.here()
        blocks = self.blocks(refused)
        shown = {line.item.pk for row in blocks for line in row["lines"] if line.form}
        here = {entry.pk for pk, entry in entries.items() if pk is None or pk in shown}
        follow_up = entries.get(None)
        return {
            "session": self.session,
            "enrolment": self.target,
            "mentor": self.mentor,
            "blocks": blocks,
            "kinds": SessionBlock.Kind,
            "follow_up": follow_up,
            "follow_up_reads": who_reads(follow_up, self.mentor) if follow_up else {},
            "elsewhere": [entry for entry in self.entries if entry.pk not in here],
            "worksheets": self.worksheets,
            "print_url": workspace_url(self.session, "workspace_print"),
            "print_back_url": workspace_url(self.session),
            "form": refused,
        }


class WorkspacePage(OfSession, GuardedPage):  # type: ignore[misc]  # as in GuardedPage
    template_name = "sessions_catalogue/workspace.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, **self.context())


class WorkspacePrint(WorkspacePage):
    template_name = "sessions_catalogue/workspace_print.html"


class WorkspaceItem(KeepsDraft, OfSession, GuardedForm):  # type: ignore[misc]  # the same
    """Where the form of one item is sent. Asked for as a page, it leads to the item's place in the workspace."""

    draft_form = ENTRY
    template_name = "sessions_catalogue/workspace.html"
    form_class = EntryForm

    def find_session(self) -> ProgrammeSession:
        found: ProgrammeSession = self.visible(
            ProgrammeSession.objects.whole().select_related("organisation"), blocks__items=self.kwargs["pk"]
        )
        return found

    @cached_property
    def item(self) -> BlockItem:
        for block in self.session.blocks.all():
            for item in block.items.all():
                if item.pk == self.kwargs["pk"] and item.kind not in ELSEWHERE:
                    found: BlockItem = item
                    return found
        raise Http404

    @property
    def place(self) -> str:
        return f"{workspace_url(self.session)}#item-{self.item.pk}"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.place)

    @cached_property
    def draft_target(self) -> uuid.UUID:
        return together(self.target.pk, self.item.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        initial = initial_of(self.here().get(self.item.pk))
        return super().get_form_kwargs() | {"item": self.item, "initial": initial}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**kwargs, **self.context(refused=kwargs["form"])}

    def form_valid(self, form: EntryForm) -> HttpResponse:
        entry = self.here().get(self.item.pk)
        try:
            save_entry(
                enrolment=self.target,
                session=self.session,
                item=self.item,
                text=form.cleaned_data["text"],
                ticked_on=ticked_on(form, entry),
                revision=form.cleaned_data["revision"],
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleEntry as stale:
            return self.saved_meanwhile(stale.current)
        return redirect(self.place)

    def saved_meanwhile(self, current: WorkspaceEntry) -> HttpResponse:
        return saved_meanwhile(self.request, saved=initial_of(current), read=read_entry, revision=current.revision)


def initial_of(entry: WorkspaceEntry | None) -> dict[str, Any]:
    if entry is None:
        return {"revision": 0}
    return {"revision": entry.revision, "text": entry.text, "done": entry.ticked_on is not None}


def ticked_on(form: EntryForm, entry: WorkspaceEntry | None) -> dt.date | None:
    """The day of the tick stays when only the text is changed."""
    if not form.cleaned_data.get("done"):
        return None
    return entry.ticked_on if entry and entry.ticked_on else timezone.localdate()
