"""Rows of the oracle by topic: each module has ``ROWS`` (address → who may), ``TEXTS`` (text → who reads it) and
``PUBLIC`` (addresses that need no sign-in → their kwargs). They import nothing of the project."""

from tests.architecture.permissions.rows import (
    attendance,
    board,
    calendar,
    catalogue,
    changes,
    checks,
    comfort,
    coverage,
    cpd,
    drafts,
    evidence_form,
    focus,
    imports,
    later,
    nominations,
    plan,
    reflection,
    schedule,
    self_assessment,
    taking_out,
    voices,
    workspace,
    writing_drafts,
)
from tests.architecture.permissions.rule import Rule

TOPICS = (
    attendance,
    board,
    calendar,
    catalogue,
    changes,
    checks,
    comfort,
    coverage,
    cpd,
    drafts,
    evidence_form,
    focus,
    imports,
    later,
    nominations,
    plan,
    reflection,
    schedule,
    self_assessment,
    taking_out,
    voices,
    workspace,
    writing_drafts,
)
ROWS: dict[str, Rule] = {key: rule for topic in TOPICS for key, rule in topic.ROWS.items()}
TEXTS: dict[str, str] = {name: readers for topic in TOPICS for name, readers in topic.TEXTS.items()}
PUBLIC: dict[str, dict[str, str]] = {name: kwargs for topic in TOPICS for name, kwargs in topic.PUBLIC.items()}
