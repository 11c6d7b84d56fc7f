"""Two organisations with the same people and rows in each, every text a canary that names whom it belongs to."""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import AuditEvent, Membership, Organisation, Role, RoleGrant, User
from observations.models import Observation, ObservationVersion
from pathway.models import (
    Area,
    Cohort,
    Enrolment,
    LineManagement,
    Mentoring,
    Milestone,
    MilestoneCompletion,
    PanelMember,
    Programme,
    Standard,
)
from portfolio.models import Attachment, Comment, Evidence, EvidenceMapping, EvidenceVersion, PortfolioExport
from reminders.models import Delivery, Notification
from sessions_catalogue.models import (
    ResourceAddress,
    ScheduledSession,
    SessionPlan,
)
from tests.architecture.permissions import worlds
from tests.architecture.permissions.supplied import supplied

NOW = timezone.now()
TODAY = timezone.localdate()
BEGAN = TODAY - dt.timedelta(days=100)


class Side:
    """One organisation. ``people`` by persona, ``rows`` by the names that the oracle uses."""

    def __init__(self, mark, catalogue):
        self.mark, self.catalogue = mark, catalogue
        self.people, self.rows = {}, {}
        self.organisation = Organisation.objects.create(
            name=self.canary("organisation"),
            slug=mark.lower(),
            help_name=self.canary("helpname"),
            safeguarding_contact=self.canary("safeguarding"),
            data_protection_contact=self.canary("dataprotection"),
        )
        self.rows["organisation"] = self.organisation
        self._people()
        self._programme()
        self._cohort()
        self._evidence()
        self._observations()
        self._rest()
        for topic in worlds.TOPICS:
            topic.build(self)

    def canary(self, name):
        return f"canary{self.mark}{name}z"

    def person(self, persona, *roles, name=None, ends_on=None, status="active"):
        user = User.objects.create(email=f"{persona}@{self.mark.lower()}.example", name=name or self.canary(persona))
        membership = Membership.objects.create(
            organisation=self.organisation,
            user=user,
            status=status,
            invited_name=self.canary(f"typed{persona}"),
            invited_email=user.email,
            invitation_nonce="nonce",
            invited_at=NOW - dt.timedelta(hours=1),
            accepted_at=NOW if status == "active" else None,
            starts_on=BEGAN,
            ends_on=ends_on,
        )
        for role in roles:
            grant = RoleGrant.objects.create(membership=membership, role=role, starts_on=BEGAN)
            self.rows[f"grant_{persona}_{role}"] = grant
        self.people[persona] = user
        self.rows[f"membership_{persona}"] = membership
        return user

    def own(self, model, **fields):
        return model.objects.create(organisation=self.organisation, **fields)

    def _people(self):
        for persona in (
            "supervisor", "mentor", "former_mentor", "line_manager", "former_line_manager", "panel_member",
            "other_supervisor", "other_mentor", "outsider", "facilitator",
        ):  # fmt: skip
            self.person(persona)
        self.person("ld_lead", Role.LD_LEAD)
        self.person("admin", Role.ORGANISATION_ADMIN)
        self.person("senior_leader", Role.SENIOR_LEADER)
        self.person("suspended", Role.LD_LEAD, Role.ORGANISATION_ADMIN, ends_on=TODAY)
        self.person("former_admin")
        RoleGrant.objects.create(
            membership=self.rows["membership_former_admin"],
            role=Role.ORGANISATION_ADMIN,
            starts_on=BEGAN,
            ends_on=TODAY,
        )
        Authenticator.objects.create(user=self.people["former_mentor"], type=Authenticator.Type.TOTP, data={})
        Membership.objects.filter(pk=self.rows["membership_mentor"].pk).update(
            registration_body="hcpc", registration_number=self.canary("regno")
        )
        self.person("pending", Role.ORGANISATION_ADMIN, Role.LD_LEAD)
        strict = Organisation.objects.create(
            name=f"Strict {self.mark}", slug=f"strict-{self.mark.lower()}", second_factor_required=True
        )
        Membership.objects.create(
            organisation=strict,
            user=self.people["pending"],
            status="active",
            invited_name="x",
            invited_email="x@example.org",
            accepted_at=NOW,
            starts_on=BEGAN,
        )
        # Somebody with an account elsewhere, invited here by another name.
        self.person("invited", status="invited", name=self.canary("hiddenname"))
        self.people["invited"].is_active = True
        self.people["invited"].save()

    def _programme(self):
        standard = Standard.objects.create(
            series=f"own-{self.mark.lower()}",
            version=1,
            organisation=self.organisation,
            title=self.canary("standard"),
            short_title="S",
            audience="a",
            publisher="p",
        )
        self.rows["own_standard"] = standard
        self.rows["own_area"] = Area.objects.create(
            standard=standard, number=1, title=self.canary("area"), summary="s", basis="our_summary"
        )
        programme = Programme.objects.create(
            series="own",
            version=1,
            organisation=self.organisation,
            title=self.canary("programme"),
            standard=self.catalogue["standard_supplied"],
        )
        self.rows["programme"] = programme
        self.rows["own_milestone"] = Milestone.objects.create(
            programme=programme, position=1, key="own", kind="other", title=self.canary("milestone"), due_month=2
        )

    def _cohort(self):
        stamps = {"status": "published", "published_at": NOW, "published_by": self.people["ld_lead"]}
        common = {"programme": self.catalogue["programme_supplied"], "starts_on": BEGAN}
        cohort = self.own(Cohort, name=self.canary("cohort"), **common, **stamps)
        other = self.own(Cohort, name=self.canary("othercohort"), **common, **stamps)
        draft = self.own(Cohort, name=self.canary("draftcohort"), **common)
        people = self.people
        enrolment = self.own(Enrolment, cohort=cohort, supervisor=people["supervisor"], starts_on=BEGAN)
        beside = self.own(Enrolment, cohort=other, supervisor=people["other_supervisor"], starts_on=BEGAN)
        ahead = self.own(Enrolment, cohort=draft, supervisor=people["outsider"], starts_on=BEGAN)
        for persona, row, ends_on in (
            ("former_mentor", enrolment, TODAY), ("mentor", enrolment, None), ("other_mentor", beside, None)
        ):  # fmt: skip
            self.own(
                Mentoring,
                enrolment=row,
                mentor=people[persona],
                starts_on=BEGAN,
                ends_on=ends_on,
                is_registered=True,
                has_two_years=True,
                paired_by=people["ld_lead"],
                same_person_reason=self.canary("samereason") if persona == "mentor" else "",
            )
        for persona, ends_on in (("former_line_manager", TODAY), ("line_manager", None)):
            self.own(LineManagement, enrolment=enrolment, manager=people[persona], starts_on=BEGAN, ends_on=ends_on)
        panel = self.own(PanelMember, cohort=cohort, member=people["panel_member"])
        scheduled = self.own(
            ScheduledSession,
            cohort=cohort,
            session=self.catalogue["session"],
            starts_at=NOW + dt.timedelta(days=3),
            ends_at=NOW + dt.timedelta(days=3, hours=2),
            venue=self.canary("venue"),
            joining_link=f"https://example.org/{self.canary('joining')}",
        )
        self.own(SessionPlan, cohort=cohort, first_on=TODAY)
        step = self.own(
            MilestoneCompletion,
            milestone=self.catalogue["step"],
            cohort=cohort,
            enrolment=enrolment,
            note=self.canary("stepnote"),
            took_part=self.canary("steptook"),
            recorded_by=people["supervisor"],
            file_name=f"{self.canary('stepfile')}.txt",
            file_type="text/plain",
            file=ContentFile(self.canary("stepbytes").encode(), name="x"),
        )
        shared_step = self.own(
            MilestoneCompletion,
            milestone=self.catalogue["shared_done"],
            cohort=cohort,
            note=self.canary("sharednote"),
            recorded_by=people["ld_lead"],
            file_name=f"{self.canary('sharedfile')}.txt",
            file_type="text/plain",
            file=ContentFile(self.canary("sharedbytes").encode(), name="x"),
        )
        self.rows |= {
            "shared_completion": shared_step,
            "cohort": cohort, "draft_cohort": draft, "enrolment": enrolment, "other_enrolment": beside,
            "draft_enrolment": ahead,
            "panel": panel, "scheduled": scheduled, "completion": step,
        }  # fmt: skip

    def _piece(self, name, audience, reader="mentor", **fields):
        """A piece whose shared version says one thing, an earlier private one another, and the row a third."""
        supervisor, mentor = self.people["supervisor"], self.people[reader]
        shared = audience != "only_me"
        piece = self.own(
            Evidence,
            enrolment=self.rows["enrolment"],
            title=self.canary(f"{name}later"),
            body=self.canary(f"{name}laterbody"),
            tags=[] if name == "binned" else [self.canary(f"{name}tag")],
            version=3,
            **fields,
        )
        EvidenceMapping.objects.create(
            organisation=self.organisation,
            evidence=piece,
            area=self.catalogue["area"],
            rationale=self.canary(f"{name}laterwhy"),
        )
        texts = {1: f"{name}before", 2: name, 3: f"{name}later"}
        for number, text in texts.items():
            version = self.own(
                EvidenceVersion,
                evidence=piece,
                number=number,
                title=self.canary(text),
                body=self.canary(f"{text}body"),
                happened_on=TODAY,
                mappings=[{"area": str(self.catalogue["area"].pk), "rationale": self.canary(f"{text}why")}],
                audience=audience if number == 2 else "only_me",
                shared_with=mentor if shared and number == 2 else None,
                saved_by=supervisor,
            )
            if shared and number == 2:
                Evidence.objects.filter(pk=piece.pk).update(
                    audience=audience, shared_with=mentor, shared_version=version, nobody_recognisable_at=NOW
                )
        piece.refresh_from_db()
        self.rows[f"evidence_{name}"] = piece
        return piece

    def _file(self, name, piece, **fields):
        row = self.own(
            Attachment,
            evidence=piece,
            uploaded_by=self.people["supervisor"],
            name=f"{self.canary(name)}.txt",
            file=ContentFile(self.canary(f"{name}bytes").encode(), name="x"),
            content_type="text/plain",
            size=10,
            sha256="0" * 64,
            state="clean",
            **fields,
        )
        self.rows[f"file_{name}"] = row
        return row

    def _evidence(self):
        private = self._piece("private", "only_me")
        mentored = self._piece("mentored", "mentor")
        self._piece("portfolio", "portfolio")
        # Opened first to the former mentor, whose words the next one does not read.
        first = self.rows["evidence_portfolio"].versions.get(number=1)
        first.audience, first.shared_with = "portfolio", self.people["former_mentor"]
        first.save()
        self.own(
            Comment,
            evidence=first.evidence,
            version=first,
            author=self.people["former_mentor"],
            text=self.canary("earliercomment"),
        )
        formerly = self._piece("formerly", "portfolio", reader="former_mentor")
        binned = self._piece("binned", "only_me")
        Evidence.objects.filter(pk=binned.pk).update(discarded_at=NOW, discarded_by=self.people["supervisor"])
        self._file("privatefile", private)
        shared_file = self._file("mentoredfile", mentored)
        removed = self._file("removedfile", mentored, removed_at=NOW)
        self._file("laterfile", mentored)
        self._file("waitingfile", None)
        mentored.shared_version.attachments.add(shared_file, removed)
        former_file = self._file("formerlyfile", formerly)
        formerly.shared_version.attachments.add(former_file)
        self.own(
            Comment,
            evidence=formerly,
            version=formerly.shared_version,
            author=self.people["former_mentor"],
            text=self.canary("formerlycomment"),
        )
        self.rows["comment"] = self.own(
            Comment,
            evidence=mentored,
            version=mentored.shared_version,
            author=self.people["mentor"],
            text=self.canary("comment"),
        )

    def _observations(self):
        def row(name, observer="mentor", **fields):
            made = self.own(
                Observation,
                enrolment=self.rows["enrolment"],
                observer=self.people[observer],
                with_whom=self.canary(f"{name}whom"),
                context=self.canary(f"{name}context"),
                noticed=self.canary(f"{name}noticed"),
                strengths=self.canary(f"{name}strengths"),
                development_points=self.canary(f"{name}points"),
                asked_beforehand=True,
                observed_on=TODAY,
                version=1,
                **fields,
            )
            made.areas.add(self.catalogue["area"])
            version = self.own(
                ObservationVersion, observation=made, number=1, content={}, saved_by=self.people[observer]
            )
            self.rows[f"observation_{name}"] = made
            return made, version

        row("draft", status="draft")
        row("booked", status="planned", planned_at=NOW + dt.timedelta(days=2))
        row("formerdraft", observer="former_mentor", status="draft")
        for name, status, observer in (
            ("released", "released", "mentor"),
            ("reflected", "reflected", "mentor"),
            ("formerreleased", "released", "former_mentor"),
        ):
            made, version = row(name, observer, status="draft")
            stamps = {"released_at": NOW, "released_by": self.people[observer], "released_version": version}
            if status == "reflected":
                stamps |= {
                    "reflected_at": NOW,
                    "reflected_by": self.people["supervisor"],
                    "reflection": self.canary("reflection"),
                }
            Observation.objects.filter(pk=made.pk).update(status=status, **stamps)

    def _export(self, name, by, **fields):
        row = self.own(
            PortfolioExport,
            enrolment=self.rows["enrolment"],
            requested_by=by,
            status="done",
            progress=100,
            pages=1,
            finished_at=NOW,
            file=ContentFile(self.canary(f"{name}bytes").encode(), name="x.pdf"),
            **fields,
        )
        self.rows[name] = row

    def _rest(self):
        self._export("own_export", self.people["supervisor"])
        self._export("admin_export", self.people["admin"], reason=self.canary("exportreason"))
        self._export("former_export", self.people["former_admin"], reason=self.canary("formerreason"))
        self._export("failed_export", self.people["supervisor"])
        PortfolioExport.objects.filter(pk=self.rows["failed_export"].pk).update(status="failed", failure="It failed.")
        self.rows["notice"] = self.own(
            Notification,
            recipient=self.people["supervisor"],
            kind="k",
            key="k",
            local_date=TODAY,
            title=self.canary("notice"),
            url="/",
        )
        self.own(Delivery, recipient=self.people["supervisor"], due_at=NOW, message_id=self.mark)
        self.own(
            ResourceAddress,
            resource=self.catalogue["resource"],
            address=f"https://example.org/{self.canary('address')}",
        )
        for category in AuditEvent.Category.values:
            AuditEvent.objects.create(
                organisation=self.organisation,
                actor=self.people["ld_lead"],
                category=category,
                verb=self.canary(f"audit{category.replace('_', '')}"),
            )


def build():
    """(A, B, catalogue)"""
    catalogue = supplied()
    User.objects.create(email="stranger@example.org", name="Somebody who belongs nowhere here")
    return Side("A", catalogue), Side("B", catalogue), catalogue
