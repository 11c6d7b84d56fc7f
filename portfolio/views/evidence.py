"""One piece as its writer or a reader may see it, with its versions and the talk about it."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import reverse

from accounts.drafts import Place
from accounts.models import User
from accounts.views.base import GuardedForm, new_id
from accounts.views.keeps_draft import KeepsDraft
from portfolio import queries
from portfolio.drafts.comments import COMMENT, comment_place
from portfolio.drafts.evidence import unsaved_in_piece
from portfolio.forms.comments import CommentForm
from portfolio.models import Evidence, EvidenceVersion
from portfolio.permissions import Perm
from portfolio.queries.own_words import of_ones_own_piece
from portfolio.queries.threads import Thread, changes_url, threads
from portfolio.queries.versions import history, last_other, says_the_same
from portfolio.services.comments import stands_in
from portfolio.views.parts import file_rows, privacy_of

MANY_AREAS = 3


class PiecePage(KeepsDraft, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    """The piece, and below it the form for a comment wherever somebody would read it."""

    permission_required = Perm.READ
    template_name = "portfolio/evidence.html"
    form_class = CommentForm
    draft_form = COMMENT

    def load(self) -> Evidence:
        found: Evidence = self.visible(Evidence.objects.for_its_page())
        return found

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.target.pk
        return found

    @property
    def draft_place(self) -> Place | None:
        return comment_place(self.target)

    @property
    def is_owner(self) -> bool:
        found: bool = self.target.enrolment.supervisor_id == self.request.user.pk
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        action = reverse("portfolio:comment_new", args=[self.target.pk])
        more = {"action": action, "is_main": not self.is_owner, "initial": {"id": new_id(None)}}
        return {**super().get_form_kwargs(), **more}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        passage = form.initial.get("passage", "")
        if passage and not self.is_owner and not stands_in(self.target.shared_version, passage):
            form.initial["passage"] = ""  # it was begun about words that were taken back since
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or (self.get_form() if self.draft_place else None)
        return super().get_context_data(form=form, **kwargs, **page_of(self.target, self.request.user))


class EvidencePage(PiecePage):
    http_method_names = ["get", "head", "options"]


def page_of(evidence: Evidence, user: User) -> dict[str, Any]:
    """What the page shows to this reader; the writer's current state only to the writer."""
    view = queries.readable(user, evidence)
    is_owner = evidence.enrolment.supervisor_id == user.pk
    mentor = queries.current_mentor(evidence.enrolment) if is_owner else user
    versions = history(user, evidence)
    shared = next((version for version in versions if version.pk == evidence.shared_version_id), None)
    now = as_it_stands(evidence, versions) if is_owner else shared
    talk = threads(user, evidence, versions, now)
    return {
        "evidence": evidence,
        "piece": view,
        "is_owner": is_owner,
        "owner": evidence.enrolment.supervisor,
        "mentor": mentor,
        "with_mentor": evidence.is_shared and mentor is not None and evidence.shared_with_id == mentor.pk,
        "privacy": privacy_of(evidence, mentor, user),
        "unsaved": unsaved_in_piece(user, evidence) if is_owner else [],
        "changed_since_shared": is_owner and shared and now and not says_the_same(shared, now),
        "too_many_areas": is_owner and len(view.mappings) > MANY_AREAS,
        "files": file_rows(view, removable=is_owner, replaceable=is_owner and evidence.discarded_at is None),
        "threads": talk,
        "own_words": of_ones_own_piece(user, evidence, talk, versions) if is_owner else None,
        "since": {} if is_owner or not shared else since_last_time(user, evidence, versions, shared, talk),
        "versions": versions if is_owner else [],
        "own_changes_url": changes_url(evidence, shared, now) if is_owner and shared and now else "",
    }


def as_it_stands(evidence: Evidence, versions: list[EvidenceVersion]) -> EvidenceVersion | None:
    """The version that says what the row says: the newest, unless an older text was opened to somebody since."""
    mine = (version for version in versions if (version.title, version.body) == (evidence.title, evidence.body))
    return next(mine, versions[0] if versions else None)


def since_last_time(
    user: User, evidence: Evidence, versions: list[EvidenceVersion], shared: EvidenceVersion, talk: list[Thread]
) -> dict[str, str]:
    """For a reader: where the difference to what they know is shown, in which words."""
    spoken_on = [
        thread.version
        for thread in talk
        if thread.version and any(said.author_id == user.pk for said in (thread.comment, *thread.answers))
    ]
    last = max(spoken_on, key=lambda version: version.number, default=None)
    if last and not says_the_same(last, shared):
        return {"url": changes_url(evidence, last, shared), "words": "What has changed since you last commented"}
    other = last_other(versions, shared)
    if other and (last is None or last.number < other.number):
        return {"url": changes_url(evidence, other, shared), "words": "What has changed since the version you read"}
    return {}
