"""One piece as its writer or a reader may see it, its earlier versions, and the talk about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import User
from accounts.views.base import GuardedForm, GuardedPage, new_id
from portfolio import queries
from portfolio.forms.sharing import CommentForm
from portfolio.models import Comment, Evidence, EvidenceVersion
from portfolio.permissions import Perm
from portfolio.services.comments import add_comment
from portfolio.services.evidence import NotYours
from portfolio.services.sharing import NotReady
from portfolio.views.parts import file_row, file_rows, privacy_of

MANY_AREAS = 3


def comment_form(evidence: Evidence, user: User, data: Any = None) -> CommentForm:
    action = reverse("portfolio:comment_new", args=[evidence.pk])
    is_reader = evidence.enrolment.supervisor_id != user.pk
    return CommentForm(data, action=action, is_main=is_reader, initial={"id": new_id(None)})


def page_of(evidence: Evidence, user: User, form: CommentForm) -> dict[str, Any]:
    """What the page shows to this reader; the writer's current state only to the writer."""
    view = queries.readable(user, evidence)
    is_owner = evidence.enrolment.supervisor_id == user.pk
    mentor = queries.current_mentor(evidence.enrolment) if is_owner else user
    versions = EvidenceVersion.objects.visible_to(user).filter(evidence=evidence).order_by("-number")
    return {
        "evidence": evidence,
        "piece": view,
        "is_owner": is_owner,
        "owner": evidence.enrolment.supervisor,
        "mentor": mentor,
        "with_mentor": evidence.is_shared and mentor is not None and evidence.shared_with_id == mentor.pk,
        "privacy": privacy_of(evidence, mentor, user),
        "changed_since_shared": is_owner and queries.differs_from_shared(evidence, view),
        "too_many_areas": is_owner and len(view.mappings) > MANY_AREAS,
        "files": file_rows(view, removable=is_owner),
        "comments": comment_rows(evidence, Comment.objects.visible_to(user).filter(evidence=evidence)),
        "versions": versions if is_owner else [],
        "form": form if evidence.is_shared and not evidence.discarded_at else None,
    }


def comment_rows(evidence: Evidence, comments: QuerySet[Comment]) -> list[dict[str, Any]]:
    """Who said what when, and about which text where that is no longer the shared one."""
    owner = evidence.enrolment.supervisor_id
    rows = []
    for comment in comments.select_related("author", "version").order_by("created_at"):
        role = "" if comment.author_id == owner else "mentor"
        if comment.version_id != evidence.shared_version_id:
            role = f"{role}, about an earlier version".removeprefix(", ")
        rows.append({"author": comment.author.name, "role": role, "at": comment.created_at, "body": comment.text})
    return rows


class EvidencePage(GuardedPage):
    permission_required = Perm.READ
    template_name = "portfolio/evidence.html"

    def load(self) -> Evidence:
        found: Evidence = self.visible(Evidence.objects.with_people().select_related("session"))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = page_of(self.target, self.request.user, comment_form(self.target, self.request.user))
        return super().get_context_data(**kwargs, **page)


class CommentNew(GuardedForm):
    permission_required = Perm.COMMENT
    template_name = "portfolio/evidence.html"

    def load(self) -> Evidence:
        found: Evidence = self.visible(Evidence.objects.kept().with_people().select_related("session"))
        return found

    def get_form(self, form_class: Any = None) -> CommentForm:
        posted = self.request.POST if self.request.method == "POST" else None
        return comment_form(self.target, self.request.user, posted)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.get_form()
        return super().get_context_data(form=None, **kwargs) | page_of(self.target, self.request.user, form)

    def form_valid(self, form: CommentForm) -> HttpResponse:
        try:
            add_comment(
                pk=form.cleaned_data["id"] or new_id(None),
                evidence=self.target,
                text=form.cleaned_data["text"],
                by=self.request.user,
            )
        except NotReady as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        except NotYours:
            raise Http404 from None
        messages.success(self.request, "Your comment is there for both of you.")
        return redirect(self.target.get_absolute_url() + "#comments")


class EvidenceVersionPage(GuardedPage):
    """An earlier version, for its writer alone."""

    permission_required = Perm.WRITE_EVIDENCE
    template_name = "portfolio/evidence_version.html"

    def load(self) -> EvidenceVersion:
        found: EvidenceVersion = self.visible(
            EvidenceVersion.objects.owned_by(self.request.user).select_related(
                "shared_with", "evidence__enrolment__cohort"
            ),
            evidence=self.kwargs["pk"],
            number=self.kwargs["number"],
        )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        view = queries.version_views([self.target])[0]
        files = [file_row(attachment, removable=False) for attachment in view.attachments]
        return super().get_context_data(
            **kwargs, version=self.target, piece=view, files=files, evidence=self.target.evidence
        )
