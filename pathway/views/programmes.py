"""Programmes of steps: the supplied ones, and an organisation's own versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from accounts.permissions import Perm as AccountsPerm
from accounts.views.base import GuardedForm, GuardedPage, MakesOne, new_id
from pathway.forms.programme import MilestoneForm, ProgrammeForm
from pathway.models import Milestone, Programme
from pathway.permissions import Perm
from pathway.services import programmes
from pathway.services.rows import Refused


class ProgrammeList(GuardedPage):
    permission_required = AccountsPerm.SIGNED_IN
    template_name = "pathway/programme_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offered = Programme.objects.visible_to(self.request.user).offered_in(self.target.pk).with_use()
        return super().get_context_data(
            programmes=offered.select_related("standard").order_by("title", "organisation", "-version"),
            may_manage=self.request.user.has_perm(Perm.MANAGE_PROGRAMMES, self.target),
            **kwargs,
        )


class ProgrammePage(GuardedPage):
    permission_required = AccountsPerm.SIGNED_IN
    template_name = "pathway/programme.html"

    def load(self) -> Any:
        return self.visible(Programme.objects.with_use().select_related("standard"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.request.organisation
        is_ours = organisation is not None and self.target.organisation_id in (None, organisation.pk)
        return super().get_context_data(
            programme=self.target,
            milestones=Milestone.objects.visible_to(user).filter(programme=self.target),
            may_copy=is_ours and user.has_perm(Perm.MANAGE_PROGRAMMES, organisation),
            may_change=not self.target.is_frozen and user.has_perm(Perm.MANAGE_PROGRAMMES, self.target),
            **kwargs,
        )


class ProgrammeCopy(MakesOne, GuardedPage):
    """Ask, then make the organisation's own next version."""

    makes = Programme
    made_already = "You made this version already"
    permission_required = Perm.MANAGE_PROGRAMMES
    template_name = "layouts/confirm.html"

    def load(self) -> Any:
        """The permission is one in the current organisation, which is where the copy goes."""
        organisation = super().load()
        self.programme = self.visible(Programme.objects.all())
        if self.programme.organisation_id not in (None, organisation.pk):
            raise Http404
        return organisation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name = self.target.name
        text = f"{name} gets its own version of “{self.programme.title}” with all its steps, to change as you like.\n\n"
        text += "Cohorts that run already keep the version they have."
        own = self.programme.organisation_id is not None
        return super().get_context_data(
            heading="Make a new version" if own else "Copy to adapt",
            text=text,
            button="Make the new version" if own else "Make our own version",
            cancel_url=self.programme.get_absolute_url(),
            hidden=[("id", self.future_id)],
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        copy = programmes.copy_programme(
            pk=new_id(request.POST.get("id")), programme=self.programme, organisation=self.target, by=request.user
        )
        messages.success(request, f"You have your own version {copy.version}. Change its steps here")
        return redirect(copy)


class OwnProgrammeForm(GuardedForm):
    """A form about a version of one's own; one that a cohort runs on is offered as a new version instead."""

    permission_required = Perm.MANAGE_PROGRAMMES
    template_name = "pathway/programme_form.html"
    heading = ""
    programme: Programme

    def load(self) -> Any:
        self.programme = self.visible(Programme.objects.with_use())
        return self.programme

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as refused:
            messages.warning(request, str(refused))
            return redirect(self.programme)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        programmes.refuse_if_frozen(self.programme)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": self.programme.get_absolute_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=self.heading, programme=self.programme, **kwargs)

    def done(self, words: str) -> HttpResponseRedirect:
        messages.success(self.request, words)
        return HttpResponseRedirect(self.programme.get_absolute_url())


class ProgrammeEdit(OwnProgrammeForm):
    form_class = ProgrammeForm
    heading = "Title and length"

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.programme.title, "months": self.programme.months}

    def form_valid(self, form: ProgrammeForm) -> HttpResponse:
        programmes.change_programme(programme=self.programme, by=self.request.user, **form.cleaned_data)
        return self.done("Saved")


class MilestoneNew(MakesOne, OwnProgrammeForm):
    makes = Milestone
    made_already = "You added this step already"
    form_class = MilestoneForm
    heading = "Add a step"

    def get_initial(self) -> dict[str, Any]:
        chosen = {"waiting_on": Milestone.WaitingOn.SUPERVISOR, "level": Milestone.Level.PERSON, "minimum": 1}
        return {
            "id": self.future_id,
            "importance": Milestone.Importance.KEY_ACTIVITY,
            "start_month": 0,
            **chosen,
        }

    def made_url(self, made: Milestone) -> str:
        return made.programme.get_absolute_url()

    def form_valid(self, form: MilestoneForm) -> HttpResponse:
        programmes.add_milestone(
            pk=new_id(self.request.POST.get("id")),
            programme=self.programme,
            fields=form.step_fields(),
            by=self.request.user,
        )
        return self.done("Step added")


class MilestoneEdit(OwnProgrammeForm):
    form_class = MilestoneForm
    heading = "Change a step"
    milestone: Milestone

    def load(self) -> Any:
        programme = super().load()
        self.milestone = self.visible(Milestone.objects.all(), pk=self.kwargs["milestone_pk"], programme=programme)
        self.milestone.programme = programme
        return programme

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.milestone, name) for name in MilestoneForm.base_fields if name != "id"}

    def form_valid(self, form: MilestoneForm) -> HttpResponse:
        programmes.change_milestone(milestone=self.milestone, fields=form.step_fields(), by=self.request.user)
        return self.done("Saved")


class MilestoneRemove(MilestoneEdit):
    """Ask, then take the step out of this version."""

    template_name = "layouts/confirm.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super(GuardedForm, self).get_context_data(
            heading=f"Remove “{self.milestone.title}”?",
            text="The step leaves this version. Cohorts on other versions keep theirs.",
            button="Remove the step",
            warning=True,
            cancel_url=self.programme.get_absolute_url(),
            form=None,
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        programmes.remove_milestone(milestone=self.milestone, by=request.user)
        return self.done("Step removed")
