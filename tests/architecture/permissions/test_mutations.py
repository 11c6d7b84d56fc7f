"""The proof proved: without a queryset's ``visible_to``, the matrix goes red."""

import pytest
from django.apps import apps

from accounts import querysets as accounts
from accounts.models import SaidFine, User
from observations import querysets as observations
from observations.models import FocusWish, ObservationVersion
from pathway import querysets as pathway
from pathway.models import (
    Area,
    EnrolmentChange,
    LineManagement,
    Mentoring,
    Milestone,
    Nudge,
    ParticipationNeed,
    PeopleImportRow,
    StatementSet,
)
from portfolio.models import (
    AreaRating,
    AreaWord,
    AssessmentScale,
    EvidenceMapping,
    ObjectiveReview,
    Plan,
    PlanVersion,
    ReflectionComment,
    SelfAssessmentVersion,
    WordLimit,
)
from portfolio.querysets import assessment as assessment_querysets
from portfolio.querysets import cpd as cpd_querysets
from portfolio.querysets import evidence as portfolio
from portfolio.querysets import exports as exports_querysets
from portfolio.querysets import later as later_querysets
from portfolio.querysets import opened as opened_querysets
from portfolio.querysets import plan as plan_querysets
from portfolio.querysets import reflection as reflection_querysets
from reminders import querysets as reminders
from reminders.models import Delivery
from sessions_catalogue import querysets as sessions_catalogue
from sessions_catalogue.models import (
    Attendance,
    BlockItem,
    CalendarFeed,
    PulseTally,
    PulseTurn,
    ResourceAddress,
    WorkspaceEntry,
)
from tests.architecture.permissions.calls import verdict

pytestmark = pytest.mark.django_db

# Queryset → rows of the oracle, and who would get an answer they may not have.
SEEN_ON_PAGES = {
    accounts.AuditEventQuerySet: [("accounts:record_list", "admin_a")],
    accounts.MembershipQuerySet: [("accounts:person", "admin_b"), ("accounts:role_give", "outsider_a")],
    accounts.WorkingCopyQuerySet: [("portfolio:evidence_new begun", "other_supervisor_a")],
    accounts.OrganisationQuerySet: [("accounts:organisation_switch", "mentor_b")],
    pathway.CohortQuerySet: [("insights:cohort", "ld_lead_b"), ("pathway:cohort_edit", "outsider_a")],
    pathway.EnrolmentQuerySet: [("insights:person", "admin_b"), ("insights:person", "former_mentor_a")],
    pathway.MilestoneCompletionQuerySet: [("pathway:step_undo", "supervisor_b"), ("pathway:step_file", "outsider_a")],
    pathway.MentorRecordQuerySet: [("pathway:mentor_edit", "ld_lead_b"), ("pathway:mentor_retire", "outsider_a")],
    pathway.ReadinessItemQuerySet: [("pathway:readiness_edit", "admin_b"), ("pathway:readiness_tick", "mentor_a")],
    pathway.PanelMemberQuerySet: [("pathway:panel_member_end", "ld_lead_b")],
    pathway.SuppliedQuerySet: [("pathway:standard own", "mentor_b"), ("pathway:programme own", "mentor_b")],
    sessions_catalogue.OfCohortQuerySet: [
        ("sessions_catalogue:scheduled_session_edit", "ld_lead_b"),
        ("sessions_catalogue:delivery missed", "facilitator_a"),
    ],
    sessions_catalogue.FacilitationQuerySet: [("sessions_catalogue:facilitation_end", "ld_lead_b")],
    sessions_catalogue.SessionPlanQuerySet: [("sessions_catalogue:session_plan", "ld_lead_b")],
    sessions_catalogue.CalendarPeriodQuerySet: [("sessions_catalogue:period_remove", "admin_b")],
    sessions_catalogue.PlaceQuerySet: [("sessions_catalogue:place_give_up", "outsider_a")],
    sessions_catalogue.SuggestionQuerySet: [
        ("sessions_catalogue:suggestion", "ld_lead_b"),
        ("sessions_catalogue:suggestion unnamed", "admin_a"),
    ],
    observations.ObservationQuerySet: [
        ("observations:observation draft", "supervisor_a"),
        ("observations:observation released", "mentor_b"),
    ],
    portfolio.EvidenceQuerySet: [("portfolio:evidence private", "mentor_a"), ("portfolio:mentee_evidence", "mentor_a")],
    portfolio.AttachmentQuerySet: [("portfolio:attachment privatefile", "mentor_a")],
    portfolio.CommentQuerySet: [("portfolio:evidence portfolio", "mentor_a")],
    portfolio.EvidenceVersionQuerySet: [("portfolio:evidence_changes", "mentor_a")],
    exports_querysets.PortfolioExportQuerySet: [("portfolio:export own", "admin_a")],
    pathway.NominationQuerySet: [("pathway:nomination_place", "ld_lead_b"), ("pathway:nomination_time", "outsider_a")],
    pathway.PeopleImportQuerySet: [("pathway:people_import", "ld_lead_b")],
    sessions_catalogue.WorksheetQuerySet: [
        ("sessions_catalogue:worksheet private", "mentor_a"),
        ("sessions_catalogue:worksheet opened", "other_mentor_a"),
    ],
    later_querysets.OwnNotesQuerySet: [("portfolio:note_edit", "mentor_a"), ("portfolio:action", "ld_lead_a")],
    assessment_querysets.SelfAssessmentQuerySet: [("portfolio:mentee_self_assessment waiting", "mentor_a")],
    assessment_querysets.MentorViewQuerySet: [("portfolio:self_assessment draft", "supervisor_a")],
    plan_querysets.ObjectiveQuerySet: [("portfolio:objective", "mentor_a"), ("portfolio:objective_edit", "ld_lead_a")],
    cpd_querysets.CpdRecordQuerySet: [("portfolio:cpd_record", "mentor_a"), ("portfolio:cpd_edit", "admin_a")],
    cpd_querysets.PeerInvitationQuerySet: [
        ("portfolio:peer_invitation", "mentor_a"),
        ("portfolio:peer_invitation withdrawn", "facilitator_a"),
    ],
    reminders.NotificationQuerySet: [
        ("reminders:notification_list", "mentor_a"),
        ("reminders:notification_open", "mentor_a"),
    ],
}
# Read by no page, or only below a row that has been asked for by itself: (model, how its row belongs to A, reader).
BEHIND_ANOTHER_WALL = {
    # Asked for by its writer and the thing together, and of use to nobody else.
    accounts.SaidFineQuerySet: [(SaidFine, "organisation", "mentor_a"), (SaidFine, "organisation", "admin_a")],
    accounts.UserQuerySet: [(User, "memberships__organisation", "admin_b"), (User, "pk", "outsider_a")],
    pathway.PartOfEnrolmentQuerySet: [
        (Mentoring, "organisation", "ld_lead_b"),
        (LineManagement, "organisation", "outsider_a"),
    ],
    pathway.EnrolmentChangeQuerySet: [
        (EnrolmentChange, "organisation", "mentor_a"),
        (EnrolmentChange, "organisation", "ld_lead_b"),
    ],
    pathway.ParticipationNeedQuerySet: [
        (ParticipationNeed, "organisation", "mentor_a"),
        (ParticipationNeed, "organisation", "ld_lead_b"),
    ],
    pathway.StatementSetQuerySet: [(StatementSet, "organisation", "admin_b")],
    pathway.PartOfStandardQuerySet: [(Area, "standard__organisation", "admin_b")],
    pathway.MilestoneQuerySet: [(Milestone, "programme__organisation", "admin_b")],
    sessions_catalogue.AttendanceQuerySet: [
        (Attendance, "organisation", "admin_b"),
        (Attendance, "organisation", "facilitator_a"),
    ],
    sessions_catalogue.ResourceAddressQuerySet: [(ResourceAddress, "organisation", "admin_b")],
    sessions_catalogue.PulseTallyQuerySet: [
        (PulseTally, "organisation", "admin_a"),
        (PulseTally, "organisation", "ld_lead_b"),
    ],
    sessions_catalogue.PulseTurnQuerySet: [
        (PulseTurn, "organisation", "ld_lead_a"),
        (PulseTurn, "organisation", "mentor_b"),
    ],
    # Their rows stand on pages of a cohort or an import that is asked for by itself, or beside what is supplied.
    pathway.NudgeQuerySet: [(Nudge, "organisation", "admin_a"), (Nudge, "organisation", "ld_lead_b")],
    pathway.PeopleImportRowQuerySet: [(PeopleImportRow, "organisation", "ld_lead_b")],
    sessions_catalogue.BlockItemQuerySet: [(BlockItem, "block__session__organisation", "supervisor_b")],
    sessions_catalogue.CalendarFeedQuerySet: [(CalendarFeed, "user__memberships__organisation", "admin_a")],
    sessions_catalogue.WorkspaceQuerySet: [
        (WorkspaceEntry, "organisation", "line_manager_a"),
        (WorkspaceEntry, "organisation", "mentor_b"),
    ],
    observations.ObservationVersionQuerySet: [
        (ObservationVersion, "organisation", "mentor_b"),
        (ObservationVersion, "organisation", "former_mentor_a"),
    ],
    observations.FocusWishQuerySet: [
        (FocusWish, "organisation", "former_mentor_a"),
        (FocusWish, "organisation", "ld_lead_a"),
        (FocusWish, "organisation", "mentor_b"),
    ],
    portfolio.OfEvidenceQuerySet: [(EvidenceMapping, "organisation", "line_manager_a")],
    portfolio.AreaWordQuerySet: [
        (AreaWord, "organisation", "former_mentor_a"),
        (AreaWord, "organisation", "ld_lead_a"),
        (AreaWord, "organisation", "mentor_b"),
    ],
    assessment_querysets.OfSelfAssessmentQuerySet: [
        (AreaRating, "organisation", "mentor_a"),
        (AreaRating, "organisation", "supervisor_b"),
    ],
    assessment_querysets.SelfAssessmentVersionQuerySet: [
        (SelfAssessmentVersion, "organisation", "former_mentor_a"),
        (SelfAssessmentVersion, "organisation", "ld_lead_a"),
    ],
    # Their rows stand on pages of a year that is asked for by itself.
    reflection_querysets.ReflectionCommentQuerySet: [
        (ReflectionComment, "organisation", "former_mentor_a"),
        (ReflectionComment, "organisation", "ld_lead_a"),
    ],
    reflection_querysets.WordLimitQuerySet: [(WordLimit, "organisation", "admin_b")],
    opened_querysets.OpenedQuerySet: [(Plan, "organisation", "former_mentor_a"), (Plan, "organisation", "admin_a")],
    opened_querysets.OpenedVersionQuerySet: [
        (PlanVersion, "organisation", "former_mentor_a"),
        (PlanVersion, "organisation", "ld_lead_a"),
    ],
    plan_querysets.ObjectiveReviewQuerySet: [
        (ObjectiveReview, "organisation", "former_mentor_a"),
        (ObjectiveReview, "organisation", "ld_lead_a"),
    ],
    assessment_querysets.AssessmentScaleQuerySet: [(AssessmentScale, "organisation", "admin_b")],
    reminders.DeliveryQuerySet: [(Delivery, "organisation", "admin_a")],
}
# Supplied to everybody: there is no wall to take away.
FOR_ALL = {sessions_catalogue.WorksheetTemplateQuerySet}


def _everything(rows, user):
    return rows


def _wrong(world, pairs):
    return [
        words for key, person in pairs for method in ("get", "post") for words in verdict(world, key, person, method)
    ]


def _found(world, model, lookup, person):
    """Rows of A that the person would be shown."""
    persona, _, mark = person.rpartition("_")
    reader = User.objects.get(pk={"a": world.a, "b": world.b}[mark].people[persona].pk)
    whose = world.a.people["mentor"].pk if lookup == "pk" else world.a.organisation
    return model.objects.visible_to(reader).filter(**{lookup: whose}).exists()


def test_every_queryset_is_listed():
    found = {
        next(base for base in type(model._default_manager.all()).__mro__ if "visible_to" in vars(base))
        for model in apps.get_models()
        if hasattr(model._default_manager.all(), "visible_to")
    }
    assert found == set(SEEN_ON_PAGES) | set(BEHIND_ANOTHER_WALL) | FOR_ALL


@pytest.mark.parametrize("queryset", SEEN_ON_PAGES, ids=lambda queryset: queryset.__name__)
def test_removing_visible_to_turns_it_red(world, monkeypatch, queryset):
    for pair in SEEN_ON_PAGES[queryset]:
        assert _wrong(world, [pair]) == []
        with monkeypatch.context() as patch:
            patch.setattr(queryset, "visible_to", _everything)
            assert _wrong(world, [pair]) != []


@pytest.mark.parametrize("queryset", BEHIND_ANOTHER_WALL, ids=lambda queryset: queryset.__name__)
def test_the_walls_behind_hold_by_themselves(world, monkeypatch, queryset):
    for model, lookup, person in BEHIND_ANOTHER_WALL[queryset]:
        assert not _found(world, model, lookup, person)
        with monkeypatch.context() as patch:
            patch.setattr(queryset, "visible_to", _everything)
            assert _found(world, model, lookup, person)
