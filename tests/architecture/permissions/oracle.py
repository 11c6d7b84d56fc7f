"""Who may do what at each address: written by hand from the table in docs/dpia.md, §4.

Imports nothing of the project, so that a slip in the rules cannot be repeated here. What the programme adds stands
by topic in ``rows``.
"""

from typing import Any

from tests.architecture.permissions.personas import (
    AROUND_COHORT,
    BESIDE,
    IN_COHORT,
    LIVE,
    NOWHERE,
    PEOPLE,
    WITHOUT_ROLE,
    a,
    both,
)
from tests.architecture.permissions.posted import (
    BOOKED,
    LAY_OUT,
    MILESTONE,
    OBSERVED,
    ORGANISATION,
    SCHEDULED,
    SOON,
    companions,
    day,
    new,
    piece,
    sharing,
    step,
)
from tests.architecture.permissions.rows import PUBLIC as PUBLIC_BY_TOPIC
from tests.architecture.permissions.rows import ROWS
from tests.architecture.permissions.rule import FRESH, NEW, Rule, each, for_all, page, status, thing
from tests.architecture.permissions.texts import OBSERVATIONS, PIECES

__all__ = ["PUBLIC", "PUBLIC_STATUS", "RULES", "Rule", "status"]

ORGANISATION_PAGES = {
    "home": page(LIVE),
    # Open to everybody who can sign in.
    "accounts:account": page(f"{LIVE} {NOWHERE}", f"{LIVE} {NOWHERE}", data={"name": "My new name"}),
    "accounts:person_list": page("ld_lead admin"),
    "accounts:person_list ended": page("ld_lead admin", query="?show=ended"),
    "accounts:person_list invited": page("ld_lead admin", query="?show=invited"),
    "accounts:person_list sought": page("ld_lead admin", query="?q=canary"),
    "accounts:person_invite": page(
        "admin", "admin", query=NEW,
        data=lambda ids: {**new(), "name": "New", "email": "new@example.org", "roles": ["ld_lead"]},
    ),
    # An address that belongs to somebody elsewhere: the same answer.
    "accounts:person_invite known": page(
        "admin", "admin", query=NEW,
        data=lambda ids: {**new(), "name": "New", "email": "stranger@example.org"},
    ),
    "accounts:organisation": page("admin", "admin", data=ORGANISATION),
    "accounts:record_list": page("admin"),
    "accounts:record_list portfolio": page("admin", query="?category=portfolio"),
    "insights:pathway": page(LIVE),
    "insights:people": page(LIVE),
    "pathway:standard_list": page(LIVE),
    "pathway:programme_list": page(LIVE),
    "pathway:cohort_list": page("ld_lead admin"),
    "pathway:cohort_new": page(
        "ld_lead", "ld_lead", query=NEW,
        data=lambda ids: {**new(), "name": "New", "programme": ids["programme_supplied"].pk, **day("starts_on")},
    ),
    "sessions_catalogue:session_list": page(LIVE),
    "sessions_catalogue:tool_list": page(LIVE),
    "sessions_catalogue:resource_list": page(LIVE),
    "observations:observation_list": page(LIVE),
    "portfolio:export_list": page("admin"),
    "reminders:notification_list": page(LIVE),
    # Only the supervisors have an unread notice.
    "reminders:all_read": page("", LIVE, writes_nothing=both(LIVE) - both("supervisor")),
    # Pages about one's own year: who has none is told that there is nothing.
    "portfolio:evidence_list": page("supervisor other_supervisor", others=404),
    "portfolio:evidence_list filtered": page("supervisor other_supervisor", others=404, query="?show=only_me"),
    "portfolio:evidence_bin": page("supervisor other_supervisor", others=404),
    "portfolio:evidence_new": page(
        "supervisor other_supervisor", "supervisor other_supervisor", others=404, query=f"?session=4&{FRESH}",
        data=lambda ids: {**new(), **piece()(ids)},
    ),
    # The other supervisors have nothing to open, and those of B another mentor.
    "portfolio:evidence_open_all": page(
        "supervisor other_supervisor", "supervisor other_supervisor", others=404,
        data=lambda ids: {"shown": ids["user_mentor"].pk}, writes_nothing=both("other_supervisor") | {"supervisor_b"},
    ),
    "portfolio:own_export": page(
        "supervisor other_supervisor", "supervisor other_supervisor", others=404, query=NEW,
        data=lambda ids: new(),
    ),
}  # fmt: skip


def membership(persona: str) -> dict[str, str]:
    return {"pk": f"membership_{persona}"}


def person_step(persona: str, sees: str = "", **more: Any) -> Rule:
    """Something an admin does to a member; L&D leads see the person, and so does the person."""
    url = {**membership(persona), **more.pop("url", {})}
    return thing(url, "admin", "admin", f"ld_lead {sees}", **more)


PERSON_PAGES = {
    "accounts:organisation_switch": thing(
        {}, "", LIVE, data=lambda ids: {"organisation": ids["organisation"].pk},
        special=each(PEOPLE - both("pending"), 404, "get"),  # no page: what is chosen is posted
        writes_nothing=a(LIVE),  # only the session
    ),
    "accounts:person": thing(membership("mentor"), "ld_lead admin", sees="mentor"),
    "accounts:person invited": thing(membership("invited"), "ld_lead admin"),
    "accounts:person suspended": thing(membership("suspended"), "ld_lead admin"),
    "accounts:person admin": thing(membership("admin"), "ld_lead admin"),
    "accounts:role_give": person_step("mentor", "mentor", data={"role": "senior_leader", **day("starts_on")}),
    "accounts:role_end": person_step("ld_lead", url={"grant": "grant_ld_lead_ld_lead"}, data=day("ends_on")),
    "accounts:role_end pending": person_step(
        "pending", url={"grant": "grant_pending_organisation_admin"}, data=day("ends_on")
    ),
    "accounts:membership_end": person_step("mentor", "mentor", data=day("ends_on")),
    "accounts:membership_end invited": person_step("invited", data=day("ends_on")),
    "accounts:invitation_resend": person_step("invited"),
    "accounts:second_factor_reset": person_step("former_mentor", "former_mentor"),
}  # fmt: skip

OWN_PROGRAMME = {"pk": "programme"}
OWN_STEP = {"pk": "programme", "milestone_pk": "own_milestone"}
NOT_MANAGING = f"{WITHOUT_ROLE} senior_leader"
PROGRAMME_PAGES = {
    "pathway:standard": for_all(url={"series": "supplied"}),
    "pathway:standard own": thing({"series": "own-a"}, LIVE),
    "pathway:programme": for_all(url={"pk": "programme_supplied"}),
    "pathway:programme own": thing(OWN_PROGRAMME, LIVE),
    "pathway:programme_copy": page(
        "ld_lead admin", "ld_lead admin", url={"pk": "programme_supplied"}, query=NEW, data=lambda ids: new()
    ),
    "pathway:programme_copy own": thing(
        OWN_PROGRAMME, "ld_lead admin", "ld_lead admin", NOT_MANAGING, query=NEW, data=lambda ids: new(),
        special=each(both(NOWHERE), 403),  # there is no organisation that could have a copy
    ),
    "pathway:programme_edit": thing(
        OWN_PROGRAMME, "ld_lead admin", "ld_lead admin", NOT_MANAGING, data={"title": "T", "months": 10}
    ),
    # What is supplied is changed by nobody in the browser.
    "pathway:programme_edit supplied": Rule(sees=both(f"{LIVE} {NOWHERE}"), url={"pk": "programme_supplied"}),
    "pathway:milestone_new": thing(
        OWN_PROGRAMME, "ld_lead admin", "ld_lead admin", NOT_MANAGING, query=NEW,
        data=lambda ids: {**new(), **MILESTONE},
    ),
    "pathway:milestone_edit": thing(OWN_STEP, "ld_lead admin", "ld_lead admin", NOT_MANAGING, data=MILESTONE),
    "pathway:milestone_remove": thing(OWN_STEP, "ld_lead admin", "ld_lead admin", NOT_MANAGING),
}  # fmt: skip

COHORT = {"pk": "cohort"}
DRAFT_COHORT = {"pk": "draft_cohort"}
ENROLMENT = {"pk": "enrolment"}
OPEN_STEP = {"pk": "enrolment", "milestone_pk": "open_step"}
DONE_STEP = {"pk": "enrolment", "milestone_pk": "step"}
SHARED_STEP = {"pk": "cohort", "milestone_pk": "shared_step"}
COHORT_PAGES = {
    "insights:cohort": thing(COHORT, "ld_lead admin", sees=AROUND_COHORT),
    "insights:cohort draft": thing(DRAFT_COHORT, "ld_lead admin"),
    "insights:person": thing(ENROLMENT, f"{IN_COHORT} ld_lead admin"),
    "insights:person other": thing({"pk": "other_enrolment"}, "other_supervisor other_mentor ld_lead admin"),
    "insights:person draft": thing({"pk": "draft_enrolment"}, "ld_lead admin"),
    "pathway:cohort_edit": thing(
        COHORT, "ld_lead", "ld_lead", f"admin {AROUND_COHORT}",
        data=lambda ids: {"name": "N", "programme": ids["programme_supplied"].pk, **day("starts_on")},
    ),
    "pathway:cohort_edit draft": thing(
        DRAFT_COHORT, "ld_lead", "ld_lead", "admin",
        data=lambda ids: {"name": "N", "programme": ids["programme"].pk, **day("starts_on")},
    ),
    "pathway:cohort_publish": thing(DRAFT_COHORT, "ld_lead", "ld_lead", "admin"),
    "pathway:cohort_close": thing(COHORT, "ld_lead", "ld_lead", f"admin {AROUND_COHORT}"),
    "pathway:cohort_people": thing(
        COHORT, "ld_lead", "ld_lead", f"admin {AROUND_COHORT}", data=lambda ids: {"member": ids["user_outsider"].pk}
    ),
    "pathway:cohort_people draft": thing(
        DRAFT_COHORT, "ld_lead", "ld_lead", "admin", data=lambda ids: {"member": ids["user_outsider"].pk}
    ),
    "pathway:enrolment_new": thing(
        COHORT, "ld_lead", "ld_lead", f"admin {AROUND_COHORT}", query=NEW,
        data=lambda ids: {**new(), "supervisor": ids["user_outsider"].pk, **companions(ids)},
    ),
    "pathway:enrolment_edit": thing(ENROLMENT, "ld_lead", "ld_lead", f"admin {IN_COHORT}", data=companions),
    "pathway:panel_member_end": thing({"pk": "panel"}, "", "ld_lead", "admin panel_member"),
    "pathway:past_steps": thing(
        COHORT, "ld_lead", "ld_lead", f"admin {AROUND_COHORT}",
        data=lambda ids: {f"who-{ids['shared_step'].pk}": ["everybody"]},
    ),
    "pathway:organisation_step_done": thing(SHARED_STEP, "ld_lead", "ld_lead", f"admin {AROUND_COHORT}", data=step),
    "pathway:organisation_step_done recorded": thing(
        {"pk": "cohort", "milestone_pk": "shared_done"}, "ld_lead", "ld_lead", f"admin {AROUND_COHORT}", data=step,
        writes_nothing=a("ld_lead"),  # it is recorded
    ),
    "pathway:step_done": thing(OPEN_STEP, f"{IN_COHORT} ld_lead admin", "supervisor ld_lead", data=step),
    "pathway:step_done recorded": thing(
        DONE_STEP, f"{IN_COHORT} ld_lead admin", "supervisor ld_lead", data=step,
        writes_nothing=a("supervisor ld_lead"),  # it is recorded
    ),
    "pathway:step_done shared": thing(
        {"pk": "enrolment", "milestone_pk": "shared_done"}, f"{IN_COHORT} ld_lead admin",
        special=each(a(f"{IN_COHORT} ld_lead admin"), 403, "post"),  # not a step of one person
    ),
    "pathway:step_date": thing(
        OPEN_STEP, "supervisor mentor ld_lead", "supervisor mentor ld_lead", "line_manager admin",
        data=day("due_on", SOON),
    ),
    "pathway:step_undo": thing({"pk": "completion"}, "supervisor ld_lead", "supervisor ld_lead", f"{BESIDE} admin"),
    "pathway:step_undo shared": thing({"pk": "shared_completion"}, "ld_lead", "ld_lead", f"{NOT_MANAGING} admin"),
    "pathway:step_file": thing({"pk": "completion"}, "supervisor mentor", sees="line_manager ld_lead admin"),
    "pathway:step_file shared": thing({"pk": "shared_completion"}, "ld_lead", sees=f"{NOT_MANAGING} admin"),
    "sessions_catalogue:session": for_all(url={"number": 4}),
    "sessions_catalogue:resource_address": page(
        "ld_lead admin", "ld_lead admin", url={"pk": "resource"}, data={"address": "https://example.org/film"}
    ),
    "sessions_catalogue:cohort_sessions": thing(COHORT, f"{IN_COHORT} ld_lead admin", sees="panel_member"),
    "sessions_catalogue:cohort_sessions draft": thing(DRAFT_COHORT, "ld_lead admin"),
    "sessions_catalogue:cohort_sessions_lay_out": thing(
        COHORT, "ld_lead", "ld_lead", f"admin {AROUND_COHORT}", data=LAY_OUT
    ),
    "sessions_catalogue:scheduled_session_edit": thing(
        {"cohort_pk": "cohort", "pk": "scheduled"}, "ld_lead", "ld_lead", f"admin facilitator {IN_COHORT}",
        data=SCHEDULED,
    ),
}  # fmt: skip


def observation(name: str) -> dict[str, str]:
    return {"pk": f"observation_{name}"}


OBSERVATION_PAGES = {
    "observations:observation_new": thing(
        ENROLMENT, "mentor", "mentor", "supervisor line_manager ld_lead admin", query=NEW,
        data=lambda ids: {**new(), **BOOKED},
    ),
    "observations:observation_record": thing(
        ENROLMENT, "mentor", "mentor", "supervisor line_manager ld_lead admin", query=NEW,
        data=lambda ids: {**new(), **OBSERVED, "areas": [str(ids["area"].pk)]},
    ),
    **{
        f"observations:observation {name}": thing(observation(name), readers)
        for name, readers in OBSERVATIONS.items()
    },
    "observations:observation_plan": thing(observation("booked"), "mentor", "mentor", data=BOOKED),
    "observations:observation_plan released": thing(
        observation("released"), "mentor", "mentor", "supervisor", data=BOOKED,
        get_status=302, writes_nothing=a("mentor"),  # its date stays as it is
    ),
    "observations:observation_edit": thing(
        observation("draft"), "mentor", "mentor",
        data=lambda ids: {**OBSERVED, "version": 1, "areas": [str(ids["area"].pk)]},
    ),
    "observations:observation_edit former": thing(observation("formerdraft")),
    "observations:observation_release": thing(observation("draft"), "mentor", "mentor", data={"version": 1}),
    "observations:observation_release former": thing(observation("formerdraft"), data={"version": 1}),
    "observations:observation_reflect": thing(
        observation("released"), "supervisor", "supervisor", "mentor", get_status=302, data={"reflection": "I see."}
    ),
}  # fmt: skip


def evidence(name: str) -> dict[str, str]:
    return {"pk": f"evidence_{name}"}


EVIDENCE_PAGES = {
    "portfolio:mentee_evidence": thing(ENROLMENT, "mentor"),
    "portfolio:mentee_evidence other": thing({"pk": "other_enrolment"}, "other_mentor"),
    **{
        f"portfolio:evidence {name}": thing(evidence(name), f"supervisor {readers}")
        for name, readers in PIECES.items()
    },
    # Earlier versions are the writer's alone, also of what is shared.
    **{
        f"portfolio:evidence_version {name} {number}": thing({**evidence(name), "number": number}, "supervisor")
        for name in PIECES
        for number in (1, 2)
    },
    "portfolio:evidence_edit": thing(
        evidence("private"), "supervisor", "supervisor", data=piece(version=3)
    ),
    "portfolio:evidence_edit mentored": thing(
        evidence("mentored"), "supervisor", "supervisor", "mentor", data=piece(version=3)
    ),
    "portfolio:evidence_edit binned": thing(evidence("binned")),
    "portfolio:evidence_share": thing(
        evidence("private"), "supervisor", "supervisor",
        data=sharing("mentor"),
    ),
    "portfolio:evidence_share mentored": thing(
        evidence("mentored"), "supervisor", "supervisor", "mentor",
        data=sharing("portfolio"),
    ),
    "portfolio:evidence_withdraw": thing(evidence("mentored"), "supervisor", "supervisor", "mentor"),
    "portfolio:feedback_ask": thing(evidence("mentored"), "", "supervisor", "mentor"),
    "portfolio:evidence_discard": thing(evidence("mentored"), "supervisor", "supervisor", "mentor"),
    "portfolio:evidence_discard private": thing(evidence("private"), "supervisor", "supervisor"),
    "portfolio:evidence_restore": thing(evidence("binned"), "", "supervisor"),
    "portfolio:comment_new": thing(
        evidence("mentored"), "supervisor mentor", "supervisor mentor", data=lambda ids: {**new(), "text": "Well done"}
    ),
    "portfolio:comment_new formerly": thing(
        evidence("formerly"), "supervisor", "supervisor", data=lambda ids: {**new(), "text": "Well done"}
    ),
    **{
        f"portfolio:attachment {name}": thing({"pk": f"file_{name}"}, readers)
        for name, readers in {
            "privatefile": "supervisor", "mentoredfile": "supervisor mentor", "laterfile": "supervisor",
            "removedfile": "", "waitingfile": "supervisor", "formerlyfile": "supervisor",
        }.items()
    },
    "portfolio:attachment_remove": thing({"pk": "file_mentoredfile"}, "supervisor", "supervisor", "mentor"),
    "portfolio:attachment_remove private": thing({"pk": "file_privatefile"}, "supervisor", "supervisor"),
    "portfolio:export_new": thing(
        ENROLMENT, "admin", "admin", f"{IN_COHORT} ld_lead", query=NEW,
        data=lambda ids: {**new(), "reason": "For the panel"},
    ),
    # Who asked for it; the other is told on a page of their own.
    "portfolio:export own": thing({"pk": "own_export"}, "supervisor"),
    "portfolio:export admin": thing({"pk": "admin_export"}, "admin"),
    "portfolio:export former": thing({"pk": "former_export"}),
    "portfolio:export_again": thing({"pk": "failed_export"}, "", "supervisor", data=lambda ids: new()),
    "portfolio:export_again admin": thing({"pk": "admin_export"}, "", "admin", data=lambda ids: new()),
    "portfolio:export_download own": thing({"pk": "own_export"}, "supervisor"),
    "portfolio:export_download admin": thing({"pk": "admin_export"}, "admin"),
    "portfolio:export_download former": thing({"pk": "former_export"}),
    "portfolio:export_download failed": thing({"pk": "failed_export"}),
    "reminders:notification_open": thing({"pk": "notice"}, "", "supervisor"),
}  # fmt: skip

# Keys are "name" or "name variation".
RULES: dict[str, Rule] = {
    **ORGANISATION_PAGES, **PERSON_PAGES, **PROGRAMME_PAGES, **COHORT_PAGES, **OBSERVATION_PAGES, **EVIDENCE_PAGES,
    **ROWS,
}  # fmt: skip

# --- addresses that need no sign-in ------------------------------------------------------------------------
PUBLIC: dict[str, dict[str, str]] = {
    "accessibility": {}, "privacy": {}, "cookies": {}, "help": {}, "healthz": {}, "readyz": {},
    "accounts:invitation": {"token": "made-up"},
    **PUBLIC_BY_TOPIC,
}  # fmt: skip
PUBLIC_STATUS = {
    "accounts:invitation": 410, "sessions_catalogue:calendar_feed": 404,
    **{f"sessions_catalogue:guest_{page}": 410 for page in ("delivery", "register", "run_sheet")},
}  # fmt: skip

CLOSED = ({}, 404, 404)
# Name → what stands in the address, anonymous status, signed-in status (signed in within the last minutes).
ALLAUTH: dict[str, tuple[dict[str, str], int, int]] = {
    # Nobody signs up, changes an address, or signs in by code or passkey.
    "closed_signup": CLOSED, "closed_email": CLOSED, "closed_confirm_email": CLOSED, "closed_login_code": CLOSED,
    "closed_webauthn": ({"rest": "keys/"}, 404, 404),
    "account_signup": CLOSED, "account_email": CLOSED, "account_email_verification_sent": CLOSED,
    "account_confirm_email": ({"key": "made-up"}, 404, 404), "account_confirm_login_code": CLOSED,
    "account_login": ({}, 200, 302),
    "account_logout": ({}, 302, 200),
    "account_inactive": ({}, 200, 200),
    "account_reauthenticate": ({}, 302, 200),
    "account_change_password": ({}, 302, 200),
    "account_set_password": ({}, 302, 302),
    "account_reset_password": ({}, 200, 200),
    "account_reset_password_done": ({}, 200, 200),
    "account_reset_password_from_key": ({"uidb36": "a", "key": "made-up"}, 200, 200),
    "account_reset_password_from_key_done": ({}, 200, 200),
    "mfa_index": ({}, 302, 200),
    "mfa_authenticate": ({}, 302, 302),
    "mfa_reauthenticate": ({}, 302, 302),
    "mfa_activate_totp": ({}, 302, 200),
    "mfa_deactivate_totp": ({}, 302, 404),
    "mfa_view_recovery_codes": ({}, 302, 404),
    "mfa_generate_recovery_codes": ({}, 302, 200),
    "mfa_download_recovery_codes": ({}, 302, 404),
    "usersessions_list": ({}, 302, 200),
}  # fmt: skip

DEVELOPMENT = {"gallery", "mail_list", "mail"}
