"""Addresses of pieces of evidence: writing, opening and talking about them."""

from django.urls import path

from portfolio.views import (
    areas_suggested,
    attachments,
    comments,
    discarding,
    evidence,
    evidence_form,
    lists,
    sharing,
    versions,
)

urlpatterns = [
    path("portfolio/", lists.EvidenceList.as_view(), name="evidence_list"),
    path("portfolio/bin/", lists.EvidenceBin.as_view(), name="evidence_bin"),
    path("portfolio/open/", sharing.EvidenceOpenAll.as_view(), name="evidence_open_all"),
    path("people/<uuid:pk>/evidence/", lists.MenteeEvidence.as_view(), name="mentee_evidence"),
    path("evidence/new/", evidence_form.EvidenceNew.as_view(), name="evidence_new"),
    path("evidence/<uuid:pk>/", evidence.EvidencePage.as_view(), name="evidence"),
    path("evidence/<uuid:pk>/changes/", versions.EvidenceChanges.as_view(), name="evidence_changes"),
    path("evidence/<uuid:pk>/versions/<int:number>/", versions.EvidenceVersionPage.as_view(), name="evidence_version"),
    path(
        "evidence/<uuid:pk>/versions/<int:number>/bring-back/",
        versions.VersionBringBack.as_view(),
        name="version_bring_back",
    ),
    path("evidence/<uuid:pk>/edit/", evidence_form.EvidenceEdit.as_view(), name="evidence_edit"),
    path("evidence/<uuid:pk>/areas/", areas_suggested.AreasSuggested.as_view(), name="areas_suggested"),
    path("evidence/<uuid:pk>/files/new/", attachments.AttachmentNew.as_view(), name="attachment_new"),
    path("evidence/<uuid:pk>/share/", sharing.EvidenceShare.as_view(), name="evidence_share"),
    path("evidence/<uuid:pk>/withdraw/", sharing.EvidenceWithdraw.as_view(), name="evidence_withdraw"),
    path("evidence/<uuid:pk>/feedback/", sharing.FeedbackAsk.as_view(), name="feedback_ask"),
    path("evidence/<uuid:pk>/discard/", discarding.EvidenceDiscard.as_view(), name="evidence_discard"),
    path("evidence/<uuid:pk>/restore/", discarding.EvidenceRestore.as_view(), name="evidence_restore"),
    path("evidence/<uuid:pk>/comments/new/", comments.CommentNew.as_view(), name="comment_new"),
    path("comments/<uuid:pk>/answer/", comments.CommentAnswer.as_view(), name="comment_answer"),
    path("files/<uuid:pk>/", attachments.AttachmentDownload.as_view(), name="attachment"),
    path("files/<uuid:pk>/remove/", attachments.AttachmentRemove.as_view(), name="attachment_remove"),
    path("files/<uuid:pk>/replace/", attachments.AttachmentReplace.as_view(), name="attachment_replace"),
]
