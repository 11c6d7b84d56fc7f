"""Rows and texts of the world: a plan that is open to the mentor, and one that nobody was opened."""

from django.utils import timezone

from portfolio.models import Objective, ObjectiveReview, Plan, PlanVersion
from tests.architecture.permissions.rows.later import source_id

PARTS = {
    "need": "need",
    "why": "why",
    "activity": "activity",
    "support": "support",
    "success": "success",
    "how_it_went": "went",
}


def build(side):
    people, now, area = side.people, timezone.now(), side.catalogue["area"]
    mentor, writer = people["mentor"], people["supervisor"]
    plan = side.own(Plan, enrolment=side.rows["enrolment"], revision=1)

    def objective(name, of=plan, **fields):
        row = side.own(Objective, plan=of, need=side.canary(name), **fields)
        row.areas.add(area)
        return row

    side.rows |= {
        "objective_shared": objective(
            "planlater", pk=source_id(side.mark, "objective"), status="under_way", position=1
        ),
        "objective_to_begin": objective("planbegin", position=2),
        "objective_met": objective("planmet", status="met", closed_at=now, closed_by=writer, position=3),
        "objective_away": objective("planaway", discarded_at=now, position=4),
    }

    def said(objective, words, reviews=()):
        return [
            {
                "id": str(objective.pk), "period": "first", "areas": [str(area.pk)], "source": "other",
                "source_id": None, "target_on": None, "status": "under_way", "evidence": [], **words,
                "reviews": [
                    {"id": str(review.pk), "by": writer.name, "on": "2026-01-01", "text": review.text}
                    for review in reviews
                ],
            }
        ]  # fmt: skip

    def version(number, objectives, of=plan, by=writer, **fields):
        return side.own(PlanVersion, plan=of, number=number, objectives=objectives, saved_by=by, **fields)

    def review(name, author, **fields):
        return side.own(
            ObjectiveReview, objective=side.rows["objective_shared"], author=author, text=side.canary(name), **fields
        )

    before = dict.fromkeys(PARTS, "") | {"need": side.canary("planbefore")}
    opened = {field: side.canary(f"planopen{part}") for field, part in PARTS.items()}
    side.rows["plan_version_1"] = version(1, said(side.rows["objective_shared"], before))
    reviews = [review("planopenreview", writer)]
    shared = version(2, said(side.rows["objective_shared"], opened, reviews), shared_with=mentor, in_portfolio=True)
    side.rows["plan_version_2"] = shared
    Plan.objects.filter(pk=plan.pk).update(
        audience="mentor",
        shared_with=mentor,
        shared_at=now,
        shared_version=shared,
        portfolio_version=shared,
        nobody_recognisable_at=now,
        revision=2,
    )
    review("planlaterreview", writer)
    review("planmentorreview", mentor, version=shared)
    review("planformerreview", people["former_mentor"], version=shared)

    other = side.own(Plan, enrolment=side.rows["other_enrolment"], revision=2)
    row = objective("planother", other)
    words = dict.fromkeys(PARTS, "") | {"need": side.canary("planother")}
    version(1, said(row, words), other, people["other_supervisor"])
    # Opened to their mentor once, and taken back.
    row = side.rows["objective_taken_back"] = objective("planclosed", other)
    taken_back = version(
        2, said(row, words | {"need": row.need}), other, people["other_supervisor"],
        shared_with=people["other_mentor"], taken_back_at=now,
    )  # fmt: skip
    side.own(
        ObjectiveReview, objective=row, author=people["other_mentor"], version=taken_back,
        text=side.canary("planclosedreview"),
    )  # fmt: skip
