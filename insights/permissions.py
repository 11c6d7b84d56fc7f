"""Who may see pages that read across the apps. What is on them is still decided row by row."""

from __future__ import annotations

from enum import StrEnum

import rules

from accounts.permissions import is_ld_lead, is_organisation_admin


class Perm(StrEnum):
    SEE_BOARD = "insights.see_board"


rules.add_perm(Perm.SEE_BOARD, is_ld_lead | is_organisation_admin)
