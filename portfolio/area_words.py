"""Words that often mean that a text speaks to an area, and kinds that often do: by set of standards and area.

A star at the end stands for any ending. Our own lists, out of what the areas ask; a set without a list is suggested
from by the words of its areas' titles.
"""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.models import Evidence

Kind = Evidence.Kind

WORDS: Mapping[str, Mapping[int, tuple[str, ...]]] = {
    "pqs-adults": {
        1: (
            "values", "ethic*", "moral*", "identity", "privilege*", "discriminat*", "racis*", "equality", "inequalit*",
            "human rights", "belief*", "faith", "culture and identity", "religio*", "ally", "bias*", "anti-racist",
            "anti-oppressive", "dignity", "fairness", "partner agency", "partner agencies",
        ),
        2: (
            "influenc*", "organisation*", "whole service", "policy", "policies", "strateg*", "leadership", "leader*",
            "community", "communities", "role model*", "governance", "practice week", "senior manager*", "resources",
            "expectations of practice", "forum", "team culture",
        ),
        3: (
            "capabilit*", "capable", "confiden*", "asye", "newly qualified", "student*", "apprentice*", "pcf",
            "practice framework", "strengths-based", "strength-based", "asset-based", "career", "joint visit",
            "direct observation", "observed practice", "grow", "coach*", "mentor*", "skills", "delegat*",
        ),
        4: (
            "assur*", "audit*", "oversight", "quality", "own learning", "my learning", "cpd", "training", "research",
            "evidence-informed", "evidence-based", "up to date", "proportionate", "person-centred", "case file*",
            "sampl*", "prioriti*", "records", "recording", "safeguarding",
        ),
        5: (
            "analys*", "hypothes*", "assum*", "decision*", "judgement*", "critical*", "facts", "opinion*",
            "options", "chronolog*", "reasons", "reasoning", "weigh*", "uncertain*", "risk", "risks", "positive risk",
            "defensible", "explanation*", "curious", "curiosity", "discrepanc*", "evidence and theory",
        ),
        6: (
            "relationship*", "trust*", "agreement*", "emotion*", "feeling*", "stress*", "wellbeing", "well-being",
            "resilien*", "listen*", "warm*", "empath*", "safe space", "one-to-one", "1:1", "check in", "check-in",
            "group supervision", "peer supervision", "burnout", "burn-out", "tears", "cried", "contain*", "silence",
        ),
        7: (
            "power*", "authority", "law", "lawful*", "legal*", "care act", "mental capacity", "capacity assessment",
            "mental health act", "statutory", "duty", "duties", "section 42", "challenge*", "court", "best interests",
            "unwise", "advocate*", "transparen*", "accountab*", "directive", "multi-agency", "choice and control",
        ),
        8: (
            "performance", "appraisal*", "target*", "deadline*", "improve*", "capability procedure", "praise*",
            "recognis*", "feedback", "difficult conversation*", "expectation*", "underperform*", "standard of work",
            "lessons", "complaint*", "compliment*", "concern about", "sickness", "overdue",
        ),
    },
    "kss-children": {
        1: ("excellen*", "governance", "policy", "expectation*", "families", "quality", "audit*", "standard*"),
        2: ("asye", "newly qualified", "student*", "capabilit*", "coach*", "joint visit", "assess*", "learn*"),
        3: ("partner*", "multi-agency", "system*", "influenc*", "school*", "police", "health visitor*", "commission*"),
        4: ("power*", "authority", "court*", "lawful*", "legal*", "threshold*", "statutory", "section 47", "consent"),
        5: ("analys*", "hypothes*", "decision*", "judgement*", "assum*", "risk", "risks", "chronolog*", "reflect*"),
        6: ("purpose*", "plan", "plans", "goal*", "outcome*", "progress", "drift", "child protection", "direct work"),
        7: ("emotion*", "feeling*", "stress*", "relationship*", "resilien*", "wellbeing", "trust*", "empath*"),
        8: ("performance", "appraisal*", "feedback", "improve*", "praise*", "target*", "underperform*", "lessons"),
    },
}  # fmt: skip

OF_KIND: Mapping[str, Mapping[str, int]] = {
    "pqs-adults": {
        Kind.REFLECTION: 6, Kind.SITUATION: 5, Kind.FEEDBACK: 8, Kind.AUDIT: 4, Kind.AGREEMENT: 6, Kind.DEVELOPMENT: 3,
        Kind.CHANGE: 2, Kind.PARTNERSHIP: 1, Kind.WENT_WELL: 8, Kind.CPD: 4,
    },
    "kss-children": {
        Kind.REFLECTION: 7, Kind.SITUATION: 5, Kind.FEEDBACK: 8, Kind.AUDIT: 1, Kind.AGREEMENT: 7, Kind.DEVELOPMENT: 2,
        Kind.CHANGE: 3, Kind.PARTNERSHIP: 3, Kind.WENT_WELL: 8, Kind.CPD: 2,
    },
}  # fmt: skip
