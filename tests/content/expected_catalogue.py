"""What the supplied catalogue must hold, typed by hand from the domain fact sheet.

This table is the check on the fixtures, so it is never generated from them. Words in `says`
are the facts a text of ours has to carry, in lower case; the wording around them is free.
"""

from typing import NamedTuple


class Said(NamedTuple):
    """One item without a resource or tool: its kind and the facts its text must carry."""

    kind: str
    says: tuple[str, ...]


class UsesResource(NamedTuple):
    block: str
    kind: str
    title: str
    extract: str
    says: tuple[str, ...] = ()


class UsesTool(NamedTuple):
    block: str
    kind: str
    number: int
    title: str
    says: tuple[str, ...] = ()


class ExpectedSession(NamedTuple):
    number: int
    title: str
    area: int | None
    day: int
    aims: tuple[tuple[str, ...], ...]
    preparation: tuple[Said, ...]
    introduction: tuple[str, ...]
    reflection: tuple[str, ...]
    resources: tuple[UsesResource, ...]
    tools: tuple[UsesTool, ...]
    follow_up: tuple[str, ...]
    middle_label: str = ""
    evidence_label: str = ""


PREPARATION = "preparation"
INTRODUCTION = "introduction"
EXPERIENCE = "experience"
MIDDLE = "reflection_analysis_planning"
EVIDENCE = "evidence"
FOLLOW_UP = "follow_up"

# Every session has these six blocks, in this order, with these minutes: 90 together.
BLOCKS = (
    (PREPARATION, None),
    (INTRODUCTION, 15),
    (EXPERIENCE, 30),
    (MIDDLE, 30),
    (EVIDENCE, 15),
    (FOLLOW_UP, None),
)
SESSION_MINUTES = 90

# The last fifteen minutes offer the same four things in all twelve sessions.
EVIDENCE_CHOICES = ("self-assessment", "development plan", "critical reflection", "tool 29")

STANDARDS_DOCUMENT = "Post-qualifying Standards for Social Work Practice Supervisors in Adult Social Care"
SUPERVISORS_BRIEFING = "Leading with Compassion: Supervisors' Briefing"


def reads_the_standard(number: int) -> UsesResource:
    return UsesResource(PREPARATION, "reading", STANDARDS_DOCUMENT, f"PQ {number}", ("read",))


OWN_PRACTICE = (Said("task", ("practice",)),)

SESSIONS = (
    ExpectedSession(
        number=1,
        title="Understanding the Post Qualifying Standards for Practice Supervisors (PQS)",
        area=None,
        day=1,
        aims=(("pqs",), ("supervisors' pathway",)),
        preparation=(Said("task", ("supervision", "helped you most", "least")),),
        introduction=("practice supervisor",),
        reflection=("adults", "carers", "pqs"),
        resources=(
            UsesResource(
                PREPARATION,
                "reading",
                "Post-qualifying standards for social work supervisors pathway",
                "",
            ),
            UsesResource(EXPERIENCE, "film", "Importance of the PQS (Lyn Romeo)", ""),
            UsesResource(EXPERIENCE, "film", "How the PQS fits with other standards", ""),
            UsesResource(EXPERIENCE, "reading", "Leaders' Briefing", "", ("key messages", "vision")),
            UsesResource(MIDDLE, "exploration", "Supervisors' Pathway graphic", ""),
        ),
        tools=(UsesTool(MIDDLE, "discussion", 31, "Reflective supervision Audit tool", ("strong",)),),
        follow_up=("appraisal", "goals", "own supervisor", "pqs"),
    ),
    ExpectedSession(
        number=2,
        title="Reflective supervision",
        area=None,
        day=1,
        aims=(("reflective supervision",), ("reflection", "deeper")),
        preparation=(Said("task", ("management", "critical reflection")),),
        introduction=("reflection", "adults", "carers"),
        reflection=("time", "reflection"),
        resources=(
            UsesResource(PREPARATION, "film", "What is Reflective Supervision?", ""),
            UsesResource(EXPERIENCE, "video", "Video 5", "", ("reflective supervision",)),
            UsesResource(MIDDLE, "exploration", "4x4x4 Model of Supervision", ""),
        ),
        tools=(UsesTool(MIDDLE, "discussion", 11, "Levels of Reflection", ("deeper", "role")),),
        follow_up=("situation", "critical reflection", "next supervision"),
    ),
    ExpectedSession(
        number=3,
        title="Challenges and enablers to supervision",
        area=None,
        day=1,
        aims=(("supervision", "helps"), ("organisation", "support")),
        preparation=(Said("task", ("supervision", "own", "organisation")),),
        introduction=("supervisor", "become"),
        reflection=("culture", "supervision", "practice"),
        resources=(
            UsesResource(PREPARATION, "film", "Challenges and enablers to reflective supervision", ""),
            UsesResource(
                EXPERIENCE,
                "reading",
                SUPERVISORS_BRIEFING,
                "page 15",
                ("summary", "compassion"),
            ),
            UsesResource(EXPERIENCE, "video", "Video 2", "", ("compassion",)),
            UsesResource(
                MIDDLE,
                "exploration",
                "Dimensions of Organisational Resilience",
                "",
                ("social work organisational resilience diagnostic change project",),
            ),
        ),
        tools=(UsesTool(MIDDLE, "discussion", 44, "Organisational culture", ("culture",)),),
        follow_up=("suggestions", "management meeting"),
        evidence_label="Individual",
    ),
    ExpectedSession(
        number=4,
        title="Ethics and values",
        area=1,
        day=1,
        aims=(("ethics", "values"), ("identity", "supervision")),
        preparation=OWN_PRACTICE,
        introduction=("ethical principles",),
        reflection=("identity", "belief", "ethics", "values"),
        resources=(
            reads_the_standard(1),
            UsesResource(EXPERIENCE, "film", "PQS 1 Ethics and Values", ""),
        ),
        tools=(
            UsesTool(EXPERIENCE, "tool", 3, "Privilege exercise", ("privilege", "discrimination")),
            UsesTool(MIDDLE, "exploration", 1, "Social GRRRAAAACCEEESSSS", ("social graces",)),
            UsesTool(
                MIDDLE,
                "discussion",
                1,
                "Social GRRRAAAACCEEESSSS",
                ("visible", "invisible", "voiced", "unvoiced", "identity"),
            ),
            UsesTool(FOLLOW_UP, "follow_up", 1, "Social GRRRAAAACCEEESSSS"),
        ),
        follow_up=("tool 1", "supervise"),
    ),
    ExpectedSession(
        number=5,
        title="Relationship-based practice supervision",
        area=6,
        day=2,
        aims=(("supervisory relationship", "important"), ("model", "empathetic")),
        preparation=OWN_PRACTICE,
        introduction=("good relationship",),
        reflection=("person-centred", "each person"),
        resources=(
            reads_the_standard(6),
            UsesResource(EXPERIENCE, "film", "PQS 6 Relationship-based practice supervision", ""),
        ),
        tools=(
            UsesTool(EXPERIENCE, "tool", 36, "Supervision relationship", ("build",)),
            UsesTool(
                MIDDLE,
                "exploration",
                39,
                "Building a good relationship",
                ("adults and carers want", "supervisees want", "internal working model"),
            ),
            UsesTool(
                MIDDLE,
                "discussion",
                39,
                "Building a good relationship",
                ("experiences of supervision",),
            ),
            UsesTool(FOLLOW_UP, "follow_up", 40, ""),
        ),
        follow_up=("supervision agreement", "each supervisee", "tool 40"),
    ),
    ExpectedSession(
        number=6,
        title="Effective use of power and authority as a Practice Supervisor",
        area=7,
        day=2,
        aims=(("power", "authority"), ("support", "direction", "authority")),
        preparation=OWN_PRACTICE,
        introduction=("authority", "supervisor"),
        reflection=("law", "theory", "evidence", "supervision"),
        resources=(
            reads_the_standard(7),
            UsesResource(EXPERIENCE, "webinar", "Leading with Compassion", "extracts"),
            UsesResource(
                EXPERIENCE,
                "reading",
                SUPERVISORS_BRIEFING,
                "page 7",
                ("compassionate practice", "commitment", "compassionate social work"),
            ),
        ),
        tools=(
            UsesTool(MIDDLE, "exploration", 5, "", ("level", "anti-oppressive practice")),
            UsesTool(MIDDLE, "discussion", 41, "Supportive Directive", ("support", "direction")),
        ),
        follow_up=("research", "service area"),
    ),
    ExpectedSession(
        number=7,
        title="Developing confident and capable practitioners",
        area=3,
        day=2,
        aims=(("continuing professional development",), ("confidence", "capability")),
        preparation=OWN_PRACTICE,
        introduction=("supervisees", "show", "capability"),
        reflection=("supervision", "strengths-based"),
        resources=(
            reads_the_standard(3),
            UsesResource(
                EXPERIENCE,
                "reading",
                "Strengths-based approach: Practice Framework and Practice Handbook",
                "pages 60 to 62",
                ("supervision principles",),
            ),
            UsesResource(EXPERIENCE, "video", "Video 6", "", ("strengths-based", "supervisee")),
        ),
        tools=(
            UsesTool(MIDDLE, "exploration", 27, "Appreciative Inquiry", ("ears model",)),
            UsesTool(MIDDLE, "discussion", 27, "Appreciative Inquiry", ("good practice",)),
        ),
        follow_up=("share good practice", "supervisees"),
        evidence_label="Individual",
    ),
    ExpectedSession(
        number=8,
        title="Coaching",
        area=None,
        day=2,
        aims=(("coaching", "supervision"), ("coaching approach",)),
        preparation=OWN_PRACTICE,
        introduction=("coached", "life", "capable"),
        reflection=("unsure", "insight"),
        resources=(
            UsesResource(PREPARATION, "webinar", "Coaching in adult social care", "extracts"),
            UsesResource(EXPERIENCE, "video", "Video 1", "", ("coaching approach",)),
        ),
        tools=(
            UsesTool(MIDDLE, "exploration", 28, "Coaching Model GROW", ("grow model",)),
            UsesTool(MIDDLE, "discussion", 28, "Coaching Model GROW", ("questions", "insight")),
        ),
        follow_up=("questions", "supervision"),
        middle_label="Whole group or individual study",
    ),
    ExpectedSession(
        number=9,
        title="Promoting and supporting critical analysis and decision-making",
        area=5,
        day=3,
        aims=(("professional judgement",), ("tools",)),
        preparation=OWN_PRACTICE,
        introduction=("judgements", "supervisees", "lives"),
        reflection=("supervisees", "working out"),
        resources=(
            reads_the_standard(5),
            UsesResource(
                EXPERIENCE,
                "film",
                "Analysis and Critical Thinking in Assessment: Thinking processes in practice",
                "",
                ("analysis", "nothing about me, without me"),
            ),
        ),
        tools=(
            UsesTool(MIDDLE, "exploration", 9, "", ("group reflection", "systemic reflective space")),
            UsesTool(MIDDLE, "exploration", 11, "Discrepancy matrix", ("discrepancy matrix",)),
            UsesTool(MIDDLE, "discussion", 11, "Discrepancy matrix", ("situation", "known")),
        ),
        follow_up=("tool 9", "tool 11", "supervision"),
    ),
    ExpectedSession(
        number=10,
        title="Performance management and improvement",
        area=8,
        day=3,
        aims=(("continuous feedback",), ("improving their practice",)),
        preparation=OWN_PRACTICE,
        introduction=("supervisees", "how well"),
        reflection=("expectations", "clear", "challenge", "support"),
        resources=(
            reads_the_standard(8),
            UsesResource(
                EXPERIENCE,
                "film",
                "Developing effective Leaders: The difference between leaders and managers",
                "extracts",
            ),
            UsesResource(EXPERIENCE, "video", "Video 3", "", ("preparing", "feedback")),
        ),
        tools=(
            UsesTool(
                MIDDLE,
                "exploration",
                24,
                "Giving feedback",
                ("principles", "approach", "feedback"),
            ),
            UsesTool(MIDDLE, "discussion", 23, "Bridging interview", ("feedback", "writing")),
        ),
        follow_up=("conversation", "own supervisor", "mentor"),
    ),
    ExpectedSession(
        number=11,
        title="Assuring good practice and development",
        area=4,
        day=3,
        aims=(("oversee practice",), ("prioritise", "cases")),
        preparation=OWN_PRACTICE,
        introduction=("team", "works with"),
        reflection=("adults and carers", "person-centred"),
        resources=(
            reads_the_standard(4),
            UsesResource(EXPERIENCE, "video", "Video 4", "", ("supervisee", "develop")),
        ),
        tools=(
            UsesTool(MIDDLE, "exploration", 46, "", ("workload",)),
            UsesTool(MIDDLE, "discussion", 47, "Case prioritisation", ("proportion", "supervisees")),
        ),
        follow_up=("other supervisors", "review", "organisation", "oversight"),
    ),
    ExpectedSession(
        number=12,
        title=("Influencing and governing practice excellence within the organisation and community"),
        area=2,
        day=3,
        aims=(("influence",), ("good practice",)),
        preparation=OWN_PRACTICE,
        introduction=("leader",),
        reflection=("good practice", "easier"),
        resources=(
            reads_the_standard(2),
            UsesResource(
                EXPERIENCE,
                "reading",
                SUPERVISORS_BRIEFING,
                "page 5",
                ("principles of strong leadership",),
            ),
            UsesResource(
                EXPERIENCE,
                "film",
                "Developing effective Leaders: Communication, compassion, relationships and resilience",
                "extracts",
                ("diverse voices", "influence"),
            ),
        ),
        tools=(
            UsesTool(MIDDLE, "exploration", 34, "Fit with other activities", ("areas of supervision",)),
            UsesTool(MIDDLE, "discussion", 34, "Fit with other activities", ("good practice",)),
        ),
        follow_up=("appraisals", "practice leader"),
    ),
)

# 25 tools under 24 numbers: 11 twice, and five that the sources describe but do not name.
TOOLS = (
    (1, "Social GRRRAAAACCEEESSSS"),
    (2, "Identity exercise"),
    (3, "Privilege exercise"),
    (5, ""),
    (7, "My strengths in relationship-based practice supervision"),
    (9, ""),
    (11, "Discrepancy matrix"),
    (11, "Levels of Reflection"),
    (23, "Bridging interview"),
    (24, "Giving feedback"),
    (26, "Supervision observation"),
    (27, "Appreciative Inquiry"),
    (28, "Coaching Model GROW"),
    (29, ""),
    (31, "Reflective supervision Audit tool"),
    (33, "Supervision audit"),
    (34, "Fit with other activities"),
    (36, "Supervision relationship"),
    (37, "Person-centred approaches (important to me and for me)"),
    (39, "Building a good relationship"),
    (40, ""),
    (41, "Supportive Directive"),
    (44, "Organisational culture"),
    (46, ""),
    (47, "Case prioritisation"),
)

# Resources that no session uses, but that the sources name for mentors and leaders.
RESOURCES_OUTSIDE_SESSIONS = (
    ("document", "Implementation Pathway"),
    ("document", "PQS guidance document, February 2021"),
    ("document", "Portfolio template"),
    ("web_page", "About the Supervisor Development Programme"),
    ("document", "Building a positive supervision culture"),
    ("briefing", "Meeting the supervisory needs of practice supervisors"),
    ("document", "Preparing to observe a supervision session and give feedback"),
    ("document", "Template to guide you when observing supervision"),
    ("document", "Observing practice remotely"),
    ("document", "Reviewing your supervisory relationship with a practice supervisor"),
    (
        "reading",
        (
            "The Purpose and Duration of Supervision, and the Training and Discipline of Supervisors: "
            "What Social Workers Say They Need to Provide Effective Services"
        ),
    ),
    ("reading", "Social Work Supervision: Contexts and Concepts"),
    (
        "reading",
        (
            "From supervision to organisational learning: A typology to integrate supervision, "
            "mentorship, consultation and coaching"
        ),
    ),
)

# Addresses that the sources really give; every other one is for an organisation to fill in.
ADDRESSES = {
    STANDARDS_DOCUMENT: (
        "https://www.gov.uk/government/publications/"
        "adult-social-work-post-qualifying-standards-knowledge-and-skills-statement"
    ),
    "PQS guidance document, February 2021": (
        "https://www.skillsforcare.org.uk/Documents/Learning-and-development/social-work/PQS/"
        "PQS-guidance-document-February-2021.pdf"
    ),
    "About the Supervisor Development Programme": ("https://adultsdp.researchinpractice.org.uk/about/"),
}

# The areas in their official order, with the numbered statements found and how many are ours.
ADULT_AREAS = (
    (1, "Values and ethics", (), 8),
    (
        2,
        "Influencing and governing practice excellence within the organisation and community",
        (),
        8,
    ),
    (3, "Developing confident and capable social workers", ("3.1", "3.2", "3.3"), 1),
    (4, "Assuring good social work practice and development", ("4.1", "4.2", "4.3"), 3),
    (
        5,
        "Promoting and supporting critical analysis and decision-making",
        ("5.1", "5.2", "5.3", "5.4"),
        2,
    ),
    (6, "Relationship-based practice supervision", ("6.1", "6.2", "6.3", "6.4"), 3),
    (
        7,
        "Effective use of power and authority as a practice supervisor",
        ("7.1", "7.2", "7.3", "7.4", "7.5"),
        3,
    ),
    (8, "Performance management and improvement", (), 7),
)

# Where we found the text itself; the rest of the children's statements is our summary.
CHILDREN_AREAS = (
    (1, "Promote and govern excellent practice", False),
    (2, "Developing excellent practitioners", False),
    (3, "Shaping and influencing the practice system", False),
    (4, "Effective use of power and authority", True),
    (5, "Confident analysis and decision-making", False),
    (6, "Purposeful and effective social work", False),
    (7, "Emotionally intelligent practice supervision", True),
    (8, "Performance management and improvement", False),
)


class ExpectedMilestone(NamedTuple):
    position: int
    kind: str
    level: str
    start_month: int
    due_month: int
    minimum: int


MONTHS = 12

# Row 1 is due before the year (month 0). Row 9 is three supervisees, a colleague and a person
# who draws on care. Row 11 is the total of two direct observations.
MILESTONES = (
    ExpectedMilestone(1, "organisation_preparation", "organisation", 0, 0, 1),
    ExpectedMilestone(2, "nomination", "cohort", 0, 0, 1),
    ExpectedMilestone(3, "mentor_match", "pairing", 0, 1, 1),
    ExpectedMilestone(4, "first_session", "person", 0, 1, 1),
    ExpectedMilestone(5, "self_assessment", "person", 0, 1, 1),
    ExpectedMilestone(6, "agreement", "person", 1, 1, 1),
    ExpectedMilestone(7, "formative_observation", "person", 1, 3, 1),
    ExpectedMilestone(8, "direct_observation", "person", 3, 6, 1),
    ExpectedMilestone(9, "feedback", "person", 3, 9, 5),
    ExpectedMilestone(10, "interim_review", "person", 6, 6, 1),
    ExpectedMilestone(11, "direct_observation", "person", 6, 10, 2),
    ExpectedMilestone(12, "critical_reflection", "person", 10, 11, 1),
    ExpectedMilestone(13, "self_assessment_final", "person", 11, 11, 1),
    ExpectedMilestone(14, "final_report", "person", 11, 12, 1),
    ExpectedMilestone(15, "panel", "person", 12, 12, 1),
    ExpectedMilestone(16, "outcome", "person", 12, 12, 1),
)
