"""Who may do what with a piece of evidence. Which pieces somebody may see at all is for ``visible_to``."""

from __future__ import annotations

from enum import StrEnum

import rules

from accounts.models import User
from accounts.permissions import is_ld_lead, is_organisation_admin
from pathway.permissions import is_mentor_of, is_supervisor_of
from portfolio.models import Attachment, Evidence, PeerInvitation, PortfolioExport


class Perm(StrEnum):
    WRITE_EVIDENCE = "portfolio.write_evidence"
    READ = "portfolio.read"
    COMMENT = "portfolio.comment"
    SEND_BACK = "portfolio.send_back"
    READ_MENTEE = "portfolio.read_mentee"
    READ_FILE = "portfolio.read_file"
    REMOVE_FILE = "portfolio.remove_file"
    EXPORT_OWN = "portfolio.export_own"
    EXPORT_FOR_PANEL = "portfolio.export_for_panel"
    FETCH_EXPORT = "portfolio.fetch_export"
    GIVE_VIEW = "portfolio.give_view"
    SET_SCALE = "portfolio.set_scale"
    ANSWER_PEER = "portfolio.answer_peer"
    SET_WORD_LIMIT = "portfolio.set_word_limit"


@rules.predicate
def is_named_reader(user: User, evidence: Evidence) -> bool:
    """It was opened to this person by name. Whether the pairing still runs, ``visible_to`` has asked."""
    return evidence.shared_with_id == user.pk


@rules.predicate
def is_uploader(user: User, attachment: Attachment) -> bool:
    return attachment.uploaded_by_id == user.pk


@rules.predicate
def reads_its_piece(user: User, attachment: Attachment) -> bool:
    return attachment.evidence is not None and attachment.evidence.shared_with_id == user.pk


@rules.predicate
def asked_for_it(user: User, export: PortfolioExport) -> bool:
    return export.requested_by_id == user.pk


@rules.predicate
def is_asked_peer(user: User, invitation: PeerInvitation) -> bool:
    """Asked to talk. Whether it still stands, ``visible_to`` has asked."""
    return invitation.peer_id == user.pk


rules.add_perm(Perm.WRITE_EVIDENCE, is_supervisor_of)
rules.add_perm(Perm.READ, is_supervisor_of | is_named_reader)
rules.add_perm(Perm.COMMENT, is_supervisor_of | is_named_reader)
rules.add_perm(Perm.SEND_BACK, ~is_supervisor_of & is_named_reader)
rules.add_perm(Perm.READ_MENTEE, is_mentor_of)
rules.add_perm(Perm.READ_FILE, is_uploader | reads_its_piece)
rules.add_perm(Perm.REMOVE_FILE, is_uploader)
rules.add_perm(Perm.EXPORT_OWN, is_supervisor_of)
rules.add_perm(Perm.EXPORT_FOR_PANEL, is_organisation_admin)
rules.add_perm(Perm.FETCH_EXPORT, asked_for_it)
rules.add_perm(Perm.GIVE_VIEW, is_mentor_of)
rules.add_perm(Perm.SET_SCALE, is_ld_lead | is_organisation_admin)
rules.add_perm(Perm.SET_WORD_LIMIT, is_ld_lead | is_organisation_admin)
rules.add_perm(Perm.ANSWER_PEER, is_asked_peer)
