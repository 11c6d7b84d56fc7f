"""Files leave only through here: visible, checked, as a download that a browser does not run."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from accounts.views.base import Guarded, GuardedPage
from portfolio.models import Attachment
from portfolio.permissions import Perm
from portfolio.services.attachments import remove_attachment


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


class AttachmentRemove(GuardedPage):
    permission_required = Perm.REMOVE_FILE
    template_name = "layouts/confirm.html"

    def load(self) -> Attachment:
        found: Attachment = self.visible(Attachment.objects.standing().select_related("evidence"))
        return found

    def page_of(self) -> str:
        evidence = self.target.evidence
        return evidence.get_absolute_url() if evidence else reverse("portfolio:evidence_list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            heading="Remove this file?",
            text=f"{self.target.name}\n\nNobody can open it any more, whoever the piece is shared with.",
            button="Remove it",
            warning=True,
            cancel_url=self.page_of(),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        remove_attachment(attachment=self.target, by=self.request.user)
        messages.success(request, "The file is removed.")
        return redirect(self.page_of())
