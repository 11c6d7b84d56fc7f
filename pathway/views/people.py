"""Who is in a cohort: supervisors with mentor and line manager, and the panel."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from accounts.views.base import Guarded, GuardedForm, MakesOne, new_id
from pathway.forms.cohort import PanelMemberForm
from pathway.forms.enrolment import EnrolmentForm
from pathway.forms.nomination import room_in_words
from pathway.models import Cohort, Enrolment, MentorRecord, Milestone, Nomination, PanelMember, ParticipationNeed
from pathway.pairing import Proposal, proposals
from pathway.permissions import Perm
from pathway.services import cohorts, nominations, people
from pathway.services.rows import Refused


class WithMembers(GuardedForm):
    """Offers the organisation's people; those who have not accepted yet are only named."""

    cohort: Cohort

    def members(self) -> QuerySet[User]:
        visible = User.objects.visible_to(self.request.user)
        found: QuerySet[User] = visible.members_of(self.cohort.organisation_id, on=timezone.localdate())
        return found.order_by("name", "email")

    def invited(self) -> QuerySet[Membership]:
        found = Membership.objects.visible_to(self.request.user).filter(organisation=self.cohort.organisation_id)
        # Whoever has a place joins by themselves on accepting.
        placed = Nomination.objects.visible_to(self.request.user).filter(status=Nomination.Status.PLACED)
        unplaced = found.waiting(timezone.localdate()).exclude(pk__in=placed.values("membership"))
        return unplaced.order_by("invited_name")

    def people_url(self) -> str:
        return reverse("pathway:cohort_people", args=[self.cohort.pk])


class CohortPeople(WithMembers):
    """The people of a cohort; the form adds a panel member."""

    permission_required = Perm.MANAGE_COHORTS
    form_class = PanelMemberForm
    template_name = "pathway/cohort_people.html"

    def load(self) -> Any:
        self.cohort = self.visible(Cohort.objects.with_room().select_related("programme"))
        return self.cohort

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"people": self.members()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        needs = Prefetch("participation_need", ParticipationNeed.objects.visible_to(user))
        people = Enrolment.objects.visible_to(user).filter(cohort=self.cohort)
        enrolments = people.with_people().prefetch_related(needs)
        panel = PanelMember.objects.visible_to(user).filter(cohort=self.cohort).current().select_related("member")
        placed = Nomination.objects.visible_to(user).filter(cohort=self.cohort, status=Nomination.Status.PLACED)
        return super().get_context_data(
            cohort=self.cohort,
            enrolments=enrolments.order_by("ended_on", "supervisor__name"),
            panel=panel.order_by("member__name"),
            invited=self.invited(),
            placed=placed.count(),
            room=room_in_words(self.cohort),
            shared=Milestone.objects.visible_to(user).shared_by(self.cohort),
            is_under_way=self.cohort.starts_on < today,
            **kwargs,
        )

    def form_valid(self, form: PanelMemberForm) -> HttpResponse:
        row = cohorts.add_panel_member(cohort=self.cohort, member=form.cleaned_data["member"], by=self.request.user)
        messages.success(self.request, f"{row.member.name} is on the panel")
        return redirect(self.people_url())


class PanelMemberEnd(Guarded):
    permission_required = Perm.MANAGE_COHORTS
    http_method_names = ["post"]

    def load(self) -> Any:
        return self.visible(PanelMember.objects.select_related("member"))

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        cohorts.end_panel_member(panel_member=self.target, on=timezone.localdate(), by=request.user)
        messages.success(request, f"{self.target.member.name} is no longer on the panel")
        return redirect("pathway:cohort_people", self.target.cohort_id)


class EnrolmentFormPage(WithMembers):
    permission_required = Perm.MANAGE_COHORTS
    form_class = EnrolmentForm
    template_name = "pathway/enrolment_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"people": self.members(), "mentors": self.mentors(), "cancel_url": self.people_url()}
        return super().get_form_kwargs() | more

    def mentors(self) -> list[Proposal]:
        """Everybody on the list of mentors, the best first."""
        records = MentorRecord.objects.visible_to(self.request.user).filter(organisation=self.cohort.organisation_id)
        return proposals(list(records.with_load()), on=timezone.localdate(), **self.for_whom())

    def for_whom(self) -> dict[str, Any]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cohort=self.cohort, invited=self.invited(), **kwargs)

    def save(self, form: EnrolmentForm) -> str:
        """Carry it out; returns what to say. Raises Refused."""
        raise NotImplementedError

    def form_valid(self, form: EnrolmentForm) -> HttpResponse:
        try:
            messages.success(self.request, self.save(form))
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        return redirect(self.people_url())


class EnrolmentNew(MakesOne, EnrolmentFormPage):
    makes = Enrolment

    def load(self) -> Any:
        self.cohort = self.visible(Cohort.objects.all())
        return self.cohort

    def get_initial(self) -> dict[str, Any]:
        return {
            "id": self.future_id,
            "kind": Enrolment.Kind.PATHWAY,
            "starts_on": self.cohort.starts_on,
        }

    def made_url(self, made: Enrolment) -> str:
        return reverse("pathway:enrolment_edit", args=[made.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        made = new_id(self.request.POST.get("id"))
        inside = Enrolment.objects.visible_to(self.request.user).filter(cohort=self.cohort).exclude(pk=made)
        candidates = self.members().exclude(pk__in=inside.values("supervisor"))
        return super().get_form_kwargs() | {"candidates": candidates}

    def save(self, form: EnrolmentForm) -> str:
        enrolment = nominations.enrol_by_hand(
            pk=new_id(self.request.POST.get("id")),
            cohort=self.cohort,
            supervisor=form.cleaned_data["supervisor"],
            companions=form.companions(),
            on=timezone.localdate(),
            by=self.request.user,
            **form.taking_part(),
        )
        return f"{enrolment.supervisor.name} is in the cohort"


class EnrolmentEdit(EnrolmentFormPage):
    def load(self) -> Any:
        enrolment = self.visible(Enrolment.objects.with_people())
        self.cohort = enrolment.cohort
        return enrolment

    def get_initial(self) -> dict[str, Any]:
        pairing = self.target.current_mentoring
        return {
            "kind": self.target.kind if self.target.kind == Enrolment.Kind.PATHWAY else self.target.taking_part_as,
            "starts_on": self.target.starts_on,
            "days_off": self.target.days_off,
            "person": self.target.supervisor,
            "mentor": pairing and pairing.mentor,
            "same_person_reason": pairing.same_person_reason if pairing else "",
            "line_manager": self.target.current_line_manager,
        }

    def for_whom(self) -> dict[str, Any]:
        manager = self.target.current_line_manager
        return {"person": self.target.supervisor.get_short_name(), "line_manager_id": manager and manager.pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(enrolment=self.target, **kwargs)

    def save(self, form: EnrolmentForm) -> str:
        people.change_enrolment(
            enrolment=self.target,
            companions=form.companions(),
            on=timezone.localdate(),
            by=self.request.user,
            **form.taking_part(),
        )
        return f"{self.target.supervisor.name}: saved"
