"""Files come and leave only through here: one by one while a piece is written; visible, checked, as a download that a
browser does not run."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.views.base import Guarded, GuardedForm, GuardedPage
from portfolio.forms.replacing import ReplaceFileForm
from portfolio.models import Attachment, Evidence
from portfolio.permissions import Perm
from portfolio.services.attachments import drop_unclaimed, receive, remove_attachment
from portfolio.services.evidence import StaleVersion, replace_file
from portfolio.views.own_piece import OwnPiece
from pqs_portal.lib.uploads import CheckedFile, UploadRefused, check_upload
from pqs_portal.templatetags.portal import file_size

MOST_WAITING = 50
FOR_EVERYBODY = "Nobody can open it any more, whoever the piece is shared with."


class AttachmentNew(OwnPiece):
    """One file, sent by the form's page as soon as it is chosen; the form then names it. JSON out."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = request.FILES.get("attachments")
        if file is None:
            return self.refused("Choose a file")
        if Attachment.objects.visible_to(self.request.user).unclaimed().count() >= MOST_WAITING:
            return self.refused(f"{MOST_WAITING} files wait already. Save the piece, then add more")
        try:
            checked = check_upload(file, settings.UPLOAD_MAX_BYTES)
        except UploadRefused as refused:
            return self.refused(str(refused))
        row = receive(files=[checked], organisation_id=self.enrolment.organisation_id, by=self.request.user)[0]
        return JsonResponse({"id": str(row.pk), "name": row.name, "size": file_size(row.size)}, status=201)

    def refused(self, problem: str) -> JsonResponse:
        return JsonResponse({"problem": problem}, status=400)


class AttachmentDownload(Guarded):
    permission_required = Perm.READ_FILE

    def load(self) -> Attachment:
        found: Attachment = self.visible(Attachment.objects.ready().select_related("evidence"))
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            stored = self.target.file.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        answer = FileResponse(
            stored, as_attachment=True, filename=self.target.name, content_type=self.target.content_type
        )
        answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


def way_back(request: HttpRequest, evidence: Evidence) -> str:
    """To the check before sharing, with the choice made there, if one came from it; else to the piece."""
    chosen = request.GET.get("with")
    if chosen is None:
        return evidence.get_absolute_url()
    return f"{reverse('portfolio:evidence_share', args=[evidence.pk])}?{urlencode({'with': chosen})}"


class AttachmentRemove(GuardedPage):
    permission_required = Perm.REMOVE_FILE
    template_name = "portfolio/attachment_remove.html"

    def load(self) -> Attachment:
        found: Attachment = self.visible(Attachment.objects.standing().select_related("evidence"))
        return found

    @property
    def is_waiting(self) -> bool:
        return self.target.evidence is None

    def page_of(self) -> str:
        evidence = self.target.evidence
        return way_back(self.request, evidence) if evidence else reverse("portfolio:evidence_list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            file=None if self.is_waiting else self.target,
            heading="Remove this file?",
            text=self.target.name if self.is_waiting else f"{self.target.name}\n\n{FOR_EVERYBODY}",
            button="Remove it",
            warning=True,
            cancel_url=self.page_of(),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (self.is_waiting and drop_unclaimed(attachment=self.target)):
            remove_attachment(attachment=self.target, by=self.request.user)
        if request.headers.get("Accept") == "application/json":
            return HttpResponse(status=204)
        messages.success(request, "The file is removed.")
        return redirect(self.page_of())


class AttachmentReplace(GuardedForm):
    """Another file in the place of this one, on the way to sharing or not."""

    permission_required = Perm.REMOVE_FILE
    template_name = "portfolio/attachment_replace.html"
    form_class = ReplaceFileForm

    def load(self) -> Attachment:
        pieces = Evidence.objects.kept().visible_to(self.request.user)
        found: Attachment = self.visible(Attachment.objects.filter(evidence__in=pieces).select_related("evidence"))
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.target.removed_at:
            return self.off_already()
        page: HttpResponse = super().get(request, *args, **kwargs)
        return page

    def off_already(self, file: CheckedFile | None = None) -> HttpResponse:
        """Sent twice, or another window was faster. ``file`` is there now if it was the same one that time."""
        there = Attachment.objects.standing().visible_to(self.request.user).filter(evidence=self.target.evidence)
        if file and there.filter(sha256=file.sha256).exists():
            messages.success(self.request, f"“{file.name}” is in its place.")
        else:
            also = f" “{file.name}” was not added." if file else ""
            messages.warning(self.request, f"“{self.target.name}” was taken off already.{also}")
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return way_back(self.request, self.target.evidence)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "cancel_url": self.get_success_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, file=self.target, back_url=self.get_success_url())

    def form_valid(self, form: ReplaceFileForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            replace_file(attachment=self.target, file=file, by=self.request.user)
        except StaleVersion as stale:
            if stale.current.discarded_at:
                raise Http404 from None
            return self.off_already(file)
        messages.success(self.request, f"“{file.name}” is in its place.")
        return super().form_valid(form)
