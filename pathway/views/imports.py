"""Bringing many people into a cohort: the list, what is wrong in it, the yes, how far it is, and the result."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify

from accounts.views.base import Guarded, GuardedForm, GuardedPage, MakesOne, new_id
from pathway.forms.people_import import PeopleImportForm, ShownRows
from pathway.models import Cohort, PeopleImport, PeopleImportRow
from pathway.people_lists import example
from pathway.permissions import Perm
from pathway.services import imports
from pathway.tasks import run_import

ROWS_ON_A_PAGE = 100
EARLIER_LISTS = 10
Status, Outcome = PeopleImport.Status, PeopleImportRow.Outcome


class PeopleImportNew(MakesOne, GuardedForm):
    makes = PeopleImport
    made_already = "You sent this list already"
    permission_required = Perm.MANAGE_COHORTS
    template_name = "pathway/people_import_new.html"
    form_class = PeopleImportForm
    target: Cohort

    def load(self) -> Cohort:
        found: Cohort = self.visible(Cohort.objects.select_related("organisation"))
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.target.status == Cohort.Status.CLOSED:
            messages.info(request, f"{self.target.name} is closed. Nobody joins it any more")
            return redirect("pathway:cohort_people", self.target.pk)
        page: HttpResponse = super().get(request, *args, **kwargs)
        return page

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": reverse("pathway:cohort_people", args=[self.target.pk])}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        earlier = PeopleImport.objects.visible_to(self.request.user).filter(cohort=self.target)
        lists = earlier.select_related("made_by").order_by("-created_at")[:EARLIER_LISTS]
        return super().get_context_data(cohort=self.target, earlier=lists, **kwargs)

    def form_valid(self, form: PeopleImportForm) -> HttpResponse:
        file = form.cleaned_data["table_file"]
        made = imports.check_list(
            pk=new_id(self.request.POST.get("id")),
            cohort=self.target,
            table=form.table,
            file_name=file.name if file else "",
            by=self.request.user,
        )
        return redirect(made)


class PeopleImportPage(GuardedPage):
    """What is wrong in the list before it is carried out, how far it is, and what became of it."""

    permission_required = Perm.MANAGE_COHORTS
    template_name = "pathway/people_import.html"
    target: PeopleImport

    def load(self) -> PeopleImport:
        found: PeopleImport = self.visible(PeopleImport.objects.select_related("cohort", "made_by"))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = PeopleImportRow.objects.visible_to(user).filter(people_import=self.target)
        asked = ShownRows(self.request.GET)
        show_all = asked.is_valid() and asked.cleaned_data["show"] == "all"
        troubled = rows.exclude(problems=[], remarks=[], why="")
        page = Paginator((rows if show_all else troubled).order_by("number"), ROWS_ON_A_PAGE)
        numbers = numbers_of(rows)
        return super().get_context_data(
            people_import=self.target,
            numbers=numbers,
            outcomes=[(word, numbers[value]) for value, word in Outcome.choices],
            overfull=self.overfull(numbers) if self.target.status == Status.CHECKED else "",
            start_label="Bring in 1 person" if numbers["good"] == 1 else f"Bring in {numbers['good']} people",
            show_all=show_all,
            page=page.get_page(self.request.GET.get("page")),
            **kwargs,
        )

    def overfull(self, numbers: dict[str, int]) -> str:
        """That the cohort would have more people than places, in words."""
        cohort = Cohort.objects.visible_to(self.request.user).with_room().get(pk=self.target.cohort_id)
        people: int = cohort.taken + numbers["good"]
        if cohort.places is None or people <= cohort.places:
            return ""
        places = "1 place" if cohort.places == 1 else f"{cohort.places} places"
        return f"{cohort.name} has {places} and would have {people} people. You can go on."


def numbers_of(rows: Any) -> dict[str, int]:
    """All of them, those to be carried out, those with problems, those done, and each outcome."""
    good, there = Q(problems=[]), Q(remarks=[imports.THERE])
    counted = {value: Count("pk", filter=Q(outcome=value)) for value in Outcome.values}
    found: dict[str, int] = rows.aggregate(
        all=Count("pk"),
        good=Count("pk", filter=good & ~there),
        there=Count("pk", filter=good & there),
        wrong=Count("pk", filter=~good),
        to_do=Count("pk", filter=good),
        done=Count("pk", filter=good & ~Q(outcome="")),
        **counted,
    )
    # A row with problems was left out, too.
    return found | {Outcome.REFUSED: found[Outcome.REFUSED] + found["wrong"]}


class PeopleImportStep(Guarded):
    permission_required = Perm.MANAGE_COHORTS
    http_method_names = ["post"]
    target: PeopleImport

    def load(self) -> PeopleImport:
        found: PeopleImport = self.visible(PeopleImport.objects.all())
        return found


class PeopleImportStart(PeopleImportStep):
    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if imports.start(people_import=self.target, by=request.user):
            # Only a wake-up: while the queue is away, beat finds the row.
            transaction.on_commit(partial(run_import.delay, str(self.target.pk)), robust=True)
        return redirect(self.target)


class PeopleImportDiscard(PeopleImportStep):
    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if imports.discard(people_import=self.target):
            messages.success(request, "The list is discarded. Nobody was brought in")
        return redirect("pathway:people_import_new", self.target.cohort_id)


class PeopleImportResult(PeopleImportPage):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = slugify(f"people {self.target.cohort.name} {self.target.created_at:%Y-%m-%d}")
        return csv_answer(imports.result(self.target), f"{name}.csv")


class PeopleImportExample(Guarded):
    """A file to fill in."""

    permission_required = Perm.MANAGE_COHORTS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return csv_answer(example(), "people-example.csv")


def csv_answer(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
