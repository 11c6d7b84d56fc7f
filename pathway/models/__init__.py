from pathway.models.cohort import Cohort
from pathway.models.enrolment import Enrolment
from pathway.models.enrolment_change import EnrolmentChange
from pathway.models.mentor_record import MentorRecord
from pathway.models.milestone_record import MilestoneCompletion, MilestoneDate
from pathway.models.nomination import Nomination
from pathway.models.nudge import Nudge
from pathway.models.participation_need import ParticipationNeed
from pathway.models.people_import import PeopleImport, PeopleImportRow
from pathway.models.programme import Milestone, Programme
from pathway.models.readiness import ReadinessItem
from pathway.models.relations import LineManagement, Mentoring, PanelMember
from pathway.models.standard import Area, Standard, Statement, StatementSet

__all__ = [
    "Area",
    "Cohort",
    "Enrolment",
    "EnrolmentChange",
    "LineManagement",
    "MentorRecord",
    "Mentoring",
    "Milestone",
    "MilestoneCompletion",
    "MilestoneDate",
    "Nomination",
    "Nudge",
    "PanelMember",
    "ParticipationNeed",
    "PeopleImport",
    "PeopleImportRow",
    "Programme",
    "ReadinessItem",
    "Standard",
    "Statement",
    "StatementSet",
]
