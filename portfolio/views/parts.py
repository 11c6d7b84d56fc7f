"""What several pages of evidence say in the same words."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.models import User
from portfolio.models import Attachment, Evidence
from portfolio.queries import EvidenceView

Audience = Evidence.Audience


def privacy_of(evidence: Evidence, mentor: User | None, viewer: User) -> dict[str, str]:
    """Parameters of the privacy line: who can read the piece at this moment."""
    owner = evidence.enrolment.supervisor
    if viewer.pk != owner.pk:
        return {"audience": evidence.audience, "owner": owner.name}
    name = mentor.name if mentor else ""
    line = {"audience": str(evidence.audience), "mentor": name}
    if not evidence.is_shared or (mentor and evidence.shared_with_id == mentor.pk):
        return line
    if evidence.audience == Audience.MENTOR:
        former = evidence.shared_with.name if evidence.shared_with else ""
        return line | {"audience": Audience.ONLY_ME, "text": f"Only you: {former} is no longer your mentor"}
    unopened = f". {name}, your mentor, can read it once you open it to them" if name else ""
    return line | {
        "text": "In your portfolio: you, your organisation’s admin when exporting, the panel once you submit" + unopened
    }


def status_of(evidence: Evidence, mentor: User | None) -> dict[str, str]:
    """Parameters of the status mark in the writer's own lists."""
    if evidence.audience == Audience.PORTFOLIO:
        return {"word": "In your portfolio", "kind": "portfolio"}
    if evidence.audience == Audience.MENTOR and mentor and evidence.shared_with_id == mentor.pk:
        return {"word": f"With {mentor.get_short_name()}", "kind": "shared"}
    return {"word": "Only you", "kind": "private"}


def file_rows(view: EvidenceView, *, removable: bool, replaceable: bool = False) -> list[dict[str, Any]]:
    """Parameters of the list of files."""
    return [file_row(attachment, removable=removable, replaceable=replaceable) for attachment in view.attachments]


def file_row(attachment: Attachment, *, removable: bool, replaceable: bool = False) -> dict[str, Any]:
    return {
        "name": attachment.name,
        "size": attachment.size,
        "state": attachment.state,
        "url": attachment.get_absolute_url(),
        "replace_url": reverse("portfolio:attachment_replace", args=[attachment.pk]) if replaceable else "",
        "remove_url": reverse("portfolio:attachment_remove", args=[attachment.pk]) if removable else "",
    }
